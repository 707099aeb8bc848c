"""How many documents are coded: in this process, or in several."""

from waqai.engines.job import Coder, MakeWork, Work, worker
from waqai.engines.local import Outcome, code_many

__all__ = ["Coder", "MakeWork", "Outcome", "Work", "code_many", "worker"]
