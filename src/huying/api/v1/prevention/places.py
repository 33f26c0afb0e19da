"""Where a page goes on that is ordered by a moment, then a number."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from huying.api.conduct import Turn
from huying.api.conduct.pages import WRONG_PLACE
from huying.kernel.errors import Invalid


def before_of(turn: Turn) -> tuple[datetime, int] | None:
    """The place in a cursor; None for the first page. Raises Invalid."""
    if not turn.after:
        return None
    moment, _, number = turn.after.rpartition("_")
    try:
        at, place = datetime.fromisoformat(moment), int(number)
    except ValueError:
        raise Invalid(fields={"after": WRONG_PLACE}) from None
    if at.utcoffset() is None or not 0 < place < 2**63:
        raise Invalid(fields={"after": WRONG_PLACE})
    return at, place


def after_of(rows: Sequence[Any], turn: Turn, at: Callable[[Any], datetime]) -> str:
    """The cursor behind a full page."""
    if len(rows) < turn.limit:
        return ""
    return f"{at(rows[-1]).isoformat()}_{rows[-1].id}"
