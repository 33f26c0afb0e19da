"""Until when an article holds. Days are the district's own; the last day still counts."""

from datetime import date, timedelta
from typing import Final

from huying.kernel.terms import Term

# A month leaves the owner time to ask whether the rule still stands.
ENDING_DAYS: Final = 30


class Standing(Term):
    """Whether an article may be offered on a day."""

    IN_FORCE = "in_force", "有效"
    ENDING = "ending", "快到期"
    COMING = "coming", "未到启用日"
    OVER = "over", "已过期"
    WITHDRAWN = "withdrawn", "已停用"


def standing(valid_from: date, valid_until: date | None, day: date, *, withdrawn: bool) -> Standing:
    """How an article stands on ``day``; ``valid_until`` is its last day, None has no end."""
    if withdrawn:
        return Standing.WITHDRAWN
    if day < valid_from:
        return Standing.COMING
    if valid_until is None:
        return Standing.IN_FORCE
    if day > valid_until:
        return Standing.OVER
    return Standing.ENDING if valid_until - day < timedelta(days=ENDING_DAYS) else Standing.IN_FORCE


def offered(standing_now: Standing) -> bool:
    """Whether a seat or a resident is shown it."""
    return standing_now in {Standing.IN_FORCE, Standing.ENDING}
