"""Which requests a client asks for: the query rules of GeoReport v2 and its usual extensions. Plain rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from huying.api.open311.wire.asking import Params
from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_case_number
from huying.kernel.terms import Term

SPAN: Final = timedelta(days=90)
MOST: Final = 1000
RADIUS: Final = 1000.0
RADIUS_MOST: Final = 50_000.0
_PAGES_MOST: Final = 1000
_STATUSES: Final = frozenset({"open", "closed"})


class Amiss(Term):
    """What can be wrong with a question for requests."""

    SPAN = "span", "start_date 到 end_date 最多 90 天。"
    BACKWARDS = "backwards", "结束早于开始。"
    STATUS = "status", "status 只有 open 和 closed。"
    HALF_POINT = "half_point", "lat 和 long 要一起给出。"
    POINT = "point", "lat 应在 -90 到 90 之间，long 应在 -180 到 180 之间。"
    RADIUS = "radius", "radius 应大于 0，不超过 50000 米。"


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when something is asked for; None where it is not bounded."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when, both included."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Near:
    """Around which place: degrees (WGS-84) and metres."""

    lon: float
    lat: float
    metres: float


def requested(params: Params, now: datetime, zone: tzinfo) -> Window:
    """By when it was requested: the last 90 days, or the 90 days that one date begins or ends.

    Who asks by the date of the last update is not bound to the last 90 days. Raises Invalid naming the date.
    """
    since, until = _ends(params, "start_date", "end_date", zone)
    if since is None and until is None:
        updated = params.text("updated_after") or params.text("updated_before")
        return Window(None, None) if updated else Window(now - SPAN, None)
    span = _span(since, until, now)
    return Window(span.since, span.until)


def updated(params: Params, zone: tzinfo) -> Window:
    """By when it was last updated. Raises Invalid naming the date."""
    since, until = _ends(params, "updated_after", "updated_before", zone)
    if since is not None and until is not None and until < since:
        raise Invalid(fields={"updated_before": Amiss.BACKWARDS.zh})
    return Window(since, until)


def happened(params: Params, now: datetime, zone: tzinfo) -> Span:
    """For updates: by when they happened, the last 90 days where no date is given. Raises Invalid."""
    return _span(*_ends(params, "start_date", "end_date", zone), now)


def _ends(params: Params, first: str, last: str, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    """From when to when; a day without an hour is meant whole."""
    return params.instant(first, zone), params.instant(last, zone, last=True)


def _span(since: datetime | None, until: datetime | None, now: datetime) -> Span:
    end = until or (since + SPAN if since is not None else now)
    begin = since or end - SPAN
    if end < begin:
        raise Invalid(fields={"end_date": Amiss.BACKWARDS.zh})
    # Clients count 90 days of theirs, and the last one whole.
    if end - begin > SPAN + timedelta(days=1):
        raise Invalid(fields={"end_date": Amiss.SPAN.zh})
    return Span(begin, end)


def is_open(params: Params) -> bool | None:
    """One of the two states, or None for both. Raises Invalid."""
    wanted = {status.lower() for status in params.listed("status")}
    if not wanted <= _STATUSES:
        raise Invalid(fields={"status": Amiss.STATUS.zh})
    return None if len(wanted) != 1 else "open" in wanted


def near(params: Params) -> Near | None:
    """Around which place. Raises Invalid."""
    lat, lon, metres = params.number("lat"), params.number("long"), params.number("radius")
    if lat is None and lon is None:
        return None
    if lat is None or lon is None:
        raise Invalid(fields={"lat" if lat is None else "long": Amiss.HALF_POINT.zh})
    if abs(lat) > 90 or abs(lon) > 180:
        raise Invalid(fields={"lat": Amiss.POINT.zh})
    if metres is not None and not 0 < metres <= RADIUS_MOST:
        raise Invalid(fields={"radius": Amiss.RADIUS.zh})
    return Near(lon, lat, metres or RADIUS)


def page(params: Params) -> tuple[int, int]:
    """(offset, limit): a thousand, or the page asked for. Raises Invalid."""
    size = params.count("page_size", MOST) or MOST
    number = params.count("page", _PAGES_MOST) or 1
    return (number - 1) * size, size


def ids(params: Params, district: int) -> Sequence[int] | None:
    """The cases named; None where none was. What cannot be a number of ours names none."""
    named = params.listed("service_request_id")
    return [each for name in named if (each := case_id(name, district)) is not None] if named else None


def case_id(name: str, district: int) -> int | None:
    """The case of a service_request_id; None for what is none of this district."""
    try:
        place, number = parse_case_number(name[:40])
    except Invalid:
        return None
    return number if place == district else None
