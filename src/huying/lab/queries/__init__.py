"""The past as the laboratory reads it, and the runs that somebody asked for."""

from huying.lab.queries.past import Past, past_of
from huying.lab.queries.runs import KIND, RunInfo, run_for, runs_for

__all__ = ["KIND", "Past", "RunInfo", "past_of", "run_for", "runs_for"]
