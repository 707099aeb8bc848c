"""How many documents are coded: in this process, in several, or on a cluster."""

from waqai.engines.job import Coder, MakeWork, Outcome, Work, coder_name, make_work, worker
from waqai.engines.local import Pool, code_many

__all__ = ["Coder", "MakeWork", "Outcome", "Pool", "Work", "code_many", "coder_name", "make_work", "worker"]
