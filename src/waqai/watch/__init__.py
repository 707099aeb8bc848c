"""Watching feeds: when to ask whom, what is new, and what is still to be read after an interruption."""

from waqai.watch.ledger import Polled
from waqai.watch.plan import Plan
from waqai.watch.state import State
from waqai.watch.watcher import Desk, Watcher

__all__ = ["Desk", "Plan", "Polled", "State", "Watcher"]
