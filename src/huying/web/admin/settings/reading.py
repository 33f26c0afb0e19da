"""What a form of the settings says, read or refused."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.http import QueryDict

from huying.cases.clocks import RungAction, RungRule
from huying.cases.lifecycle import ClockKind
from huying.kernel.errors import Invalid

YEARS: Final = range(2020, 2101)
_MOST_DIGITS: Final = 9


def clock_of(said: QueryDict) -> ClockKind:
    """The kind of clock a form speaks of. Raises Invalid."""
    kind = said.get("kind", "")
    if kind not in set(ClockKind):
        raise Invalid
    return ClockKind(kind)


def rungs_of(said: QueryDict) -> list[RungRule]:
    """The rungs that were filled in, numbered. Raises Invalid."""
    pairs = zip(said.getlist("action"), said.getlist("share"), strict=False)
    return [
        RungRule(number, RungAction(action), number_of(share) / 100)
        for number, (action, share) in enumerate(((a, s) for a, s in pairs if s.strip()), 1)
        if action in set(RungAction)
    ]


def sessions_of(said: QueryDict) -> list[tuple[str, str]]:
    """Sessions as pairs of texts, a line each."""
    lines = [
        line.strip().replace("—", "-").replace("–", "-") for line in said.get("sessions", "").splitlines()
    ]
    pairs = [line.partition("-") for line in lines if line]
    return [(start.strip(), end.strip()) for start, _dash, end in pairs]


def number_of(text: str) -> Decimal:
    """A finite number, with or without a per cent sign. Raises Invalid."""
    try:
        number = Decimal(text.strip().removesuffix("%"))
    except InvalidOperation as error:
        raise Invalid("请填数字。") from error
    # A few letters such as 1e9999999 name a number whose digits would take hours to write out.
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise Invalid("请填数字。")
    return number


def whole_of(text: str) -> int:
    """A whole number. Raises Invalid."""
    number = number_of(text)
    if number != int(number):
        raise Invalid("请填整数。")
    return int(number)


def day_of(text: str) -> date:
    """A day of the years that a calendar is kept for. Raises Invalid."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("请选日期。") from error
    if day.year not in YEARS:
        raise Invalid("请选日期。")
    return day


def day_or_none(text: str) -> date | None:
    """A day, None for nothing. Raises Invalid."""
    return day_of(text) if text.strip() else None
