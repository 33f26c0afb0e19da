"""What operations ask of a request beside its schema."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Final

from django.utils import timezone
from ninja import Field
from pydantic import AwareDatetime

from huying.api.conduct import Turn
from huying.api.conduct.pages import WRONG_PLACE
from huying.api.v1.interface import AskedRequest
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number

_MOST: Final = 2**63
#: A day within the years that calendars are kept for: one beyond them cannot be reckoned with.
SomeDay = Annotated[date, Field(ge=date(2020, 1, 1), le=date(2100, 12, 31))]
#: A moment within the same years, in whatever zone it was told.
SomeMoment = Annotated[
    AwareDatetime, Field(ge=datetime(2020, 1, 1, tzinfo=UTC), le=datetime(2100, 12, 31, tzinfo=UTC))
]
#: By the wall clock.
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["08:30"])]


def known(number: int) -> int:
    """A number in an address that can be one. Raises NotFound."""
    if not 0 < number < _MOST:
        raise NotFound
    return number


def before(turn: Turn) -> int | None:
    """Below which number a page begins that goes on where the last one ended. Raises Invalid."""
    if not turn.after:
        return None
    if not (turn.after.isascii() and turn.after.isdigit() and 0 < int(turn.after[:20]) < _MOST):
        raise Invalid(fields={"after": WRONG_PLACE})
    return int(turn.after)


def last_of(rows: Sequence[Any], turn: Turn) -> str:
    """Where the next page begins: after the last row of a full page."""
    return str(rows[-1].id) if len(rows) >= turn.limit else ""


def own_case(request: AskedRequest, number: str) -> tuple[int, int]:
    """District and id of a case number of the key's own district. Raises NotFound for every other."""
    try:
        district, case_id = parse_case_number(number)
    except Invalid as wrong:
        raise NotFound from wrong
    if district != request.actor.district:
        raise NotFound
    return district, case_id


def today(request: AskedRequest) -> date:
    """The day of the request in the district's zone."""
    return timezone.localdate(request.now)
