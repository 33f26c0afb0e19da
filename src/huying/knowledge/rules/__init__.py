"""What holds in the knowledge base: who is offered what and until when, what fits a question, what is missing."""

from huying.knowledge.rules.holding import ENDING_DAYS, Standing, standing
from huying.knowledge.rules.kinds import GapKind, UseChannel

__all__ = ["ENDING_DAYS", "GapKind", "Standing", "UseChannel", "standing"]
