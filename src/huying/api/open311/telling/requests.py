"""Service requests: a list, or one."""

from huying.api.open311.door import Asked
from huying.api.open311.telling import window
from huying.api.open311.telling.window import Near, case_id, ids, is_open, page, requested, updated
from huying.api.open311.wire.formats import Rows
from huying.cases.queries.outside.asked import Wanted
from huying.cases.queries.outside.requests import EXTENSIONS, FIELDS, requests
from huying.catalogue.queries.questions import names_ever
from huying.geo.measure import distance
from huying.kernel.errors import NotFound
from huying.kernel.saying import said
from huying.places.queries import Level, areas


def listed(ask: Asked) -> Rows:
    """Those that fit, newest first. Raises Invalid naming the parameter, NotFound for a service that never was."""
    return _rows(ask, wanted_of(ask))


def wanted_of(ask: Asked) -> Wanted:
    """What the parameters ask for; numbers of requests override all others."""
    params = ask.params
    offset, limit = page(params)
    named = ids(params, ask.district)
    if named is not None:
        return Wanted(ids=named, offset=offset, limit=limit)
    codes, known = params.listed("service_code"), names_ever(ask.district)
    for code in codes:
        if code not in known:
            raise NotFound(said("没有 service_code %(code)s。", code=code[:40]))
    made, moved, around = requested(params, ask.now, ask.zone), updated(params, ask.zone), window.near(params)
    exact = ask.reader.actor is not None
    return Wanted(
        items=codes, is_open=is_open(params), since=made.since, until=made.until, touched_since=moved.since,
        touched_until=moved.until, offset=offset, limit=limit,
        near=(around.lon, around.lat, around.metres) if around and exact else None,
        areas=within(ask.district, around) if around and not exact else None,
    )  # fmt: skip


def one(ask: Asked, number: str) -> Rows:
    """One request, as a list of one. Raises NotFound, also for one that is not this reader's to know of."""
    case = case_id(number, ask.district)
    found = _rows(ask, Wanted(ids=[case])) if case is not None else None
    if found is None or not found.rows:
        raise NotFound(said("没有 service_request_id %(id)s。", id=number[:40]))
    return found


def _rows(ask: Asked, wanted: Wanted) -> Rows:
    more = ask.params.yes("extensions")
    rows = requests(ask.reader, wanted, extensions=more)
    return Rows("service_requests", "request", (*FIELDS, EXTENSIONS) if more else FIELDS, rows)


def within(district: int, near: Near) -> list[str]:
    """The communities whose middle lies there: who may not know where a matter is cannot find out by asking."""
    return [
        row.code
        for row in areas(district, Level.COMMUNITY)
        if row.lon is not None
        and row.lat is not None
        and distance(near.lon, near.lat, row.lon, row.lat) <= near.metres
    ]
