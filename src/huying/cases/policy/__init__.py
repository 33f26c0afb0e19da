"""Who may see and do what with a case, and under which conditions. The only such place."""

from huying.cases.policy.asked import Asked
from huying.cases.policy.guards import check_guards, passes
from huying.cases.policy.hearing import Audience, audience_of
from huying.cases.policy.moves import CaseRef, Move, part_of
from huying.cases.policy.scope import may, only_body, sees, visible_to

__all__ = [
    "Asked",
    "Audience",
    "CaseRef",
    "Move",
    "audience_of",
    "check_guards",
    "may",
    "only_body",
    "part_of",
    "passes",
    "sees",
    "visible_to",
]
