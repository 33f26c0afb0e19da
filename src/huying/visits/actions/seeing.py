"""Looking at visits: lists name people, masked, so who looked is written down; the card opens to who is sent there."""

from datetime import datetime

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.residents.actions import Whole, see_at_visit, see_whole_at_visit
from huying.residents.queries import Card
from huying.visits.queries.lists import Sought, VisitLine, missed_for, visits_for
from huying.visits.queries.ones import may_do, visit_row


def see_visits(
    by: Actor, sought: Sought, now: datetime, limit: int = 200, kind: ViewingKind = ViewingKind.VIEW
) -> list[VisitLine]:
    """The visits of a day, with the viewing written down where any stands there. Raises Denied."""
    found = visits_for(by, sought, now, limit=limit)
    _note(by, found, f"走访名单 {sought.day or ''}".strip(), kind, now)
    return found


def see_missed(
    by: Actor, area: str, now: datetime, after: int = 0, limit: int = 50, kind: ViewingKind = ViewingKind.VIEW
) -> list[VisitLine]:
    """Missed ones above id ``after``, with the viewing written down where any stands there. Raises Denied."""
    found = missed_for(by, area, now, after, limit)
    _note(by, found, "逾期走访名单", kind, now)
    return found


def see_person(by: Actor, visit_id: int, now: datetime) -> Card:
    """The person of a visit that is not made yet, masked; written down with the visit. Raises NotFound, Denied."""
    row = visit_row(by, visit_id)
    if not may_do(by, row) or row.done_at is not None:
        raise NotFound
    return see_at_visit(by, row.person_id, row.id, now)


def see_whole_person(by: Actor, visit_id: int, now: datetime) -> Whole:
    """Name, telephone and whom to call of who is to be visited; written down. Raises NotFound, Denied."""
    row = visit_row(by, visit_id)
    if not may_do(by, row) or row.done_at is not None:
        raise NotFound
    return see_whole_at_visit(by, row.person_id, row.id, now)


def _note(by: Actor, found: list[VisitLine], what: str, kind: ViewingKind, now: datetime) -> None:
    if found:
        record_viewings(by, [NewViewing(kind, f"{what}：{len(found)} 户")], now)
