"""Tasks to look at something: those that wait in one's own grid, and those of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.cases.queries.described import described
from huying.kernel.errors import NotFound
from huying.kernel.numbers import case_number
from huying.patrol.models import Check
from huying.patrol.policy import READ, WALK, may_in, must_read, must_walk, within
from huying.patrol.rules.kinds import CheckAnswer, CheckKind


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """One task. ``title`` and the place are the case's; of who called nothing is told."""

    id: int
    kind: CheckKind
    case_id: int
    number: str
    title: str
    place_text: str
    area: str
    words: str
    due_at: datetime
    version: int
    asked_at: datetime
    asked_by: str
    withdrawn_at: datetime | None
    answer: CheckAnswer | None
    note: str
    seen_at: datetime | None
    answered_at: datetime | None
    answered_by: str
    lon: float | None
    lat: float | None

    @property
    def open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None


def my_checks(actor: Actor, limit: int = 200) -> Sequence[CheckInfo]:
    """What waits in the area of one's own posts, the most urgent first. Raises Denied."""
    must_walk(actor)
    rows = Check.objects.filter(within(actor, WALK), answered_at=None, withdrawn_at=None)
    return _infos(actor.district, list(rows.order_by("due_at", "id")[:limit]))


def my_check(actor: Actor, check_id: int) -> CheckInfo:
    """One task in the area of one's own posts, however it stands. Raises Denied, NotFound."""
    must_walk(actor)
    row = Check.objects.filter(district=actor.district, id=check_id).first()
    if row is None or not may_in(actor, WALK, row.area):
        raise NotFound
    return _infos(actor.district, [row])[0]


def checks_for(
    actor: Actor, *, open_only: bool = False, before: int | None = None, limit: int = 50
) -> Sequence[CheckInfo]:
    """Tasks in the actor's areas, the newest first. Raises Denied."""
    must_read(actor)
    rows = Check.objects.filter(within(actor, READ))
    if open_only:
        rows = rows.filter(answered_at=None, withdrawn_at=None)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _infos(actor.district, list(rows.order_by("-id")[:limit]))


def check_for(actor: Actor, check_id: int) -> CheckInfo:
    """One task in the actor's areas. Raises Denied, NotFound."""
    must_read(actor)
    row = Check.objects.filter(within(actor, READ), id=check_id).first()
    if row is None:
        raise NotFound
    return _infos(actor.district, [row])[0]


def checks_of(actor: Actor, case_id: int) -> Sequence[CheckInfo]:
    """The tasks of a case that lie where the actor sees or does them, the newest first."""
    rows = Check.objects.filter(within(actor, READ) | within(actor, WALK), case_id=case_id).order_by("-id")
    return _infos(actor.district, list(rows))


def _infos(district: int, rows: Sequence[Check]) -> list[CheckInfo]:
    cases = described(district, [row.case_id for row in rows])
    return [
        CheckInfo(
            id=row.id, kind=CheckKind(row.kind), case_id=row.case_id, number=case_number(district, row.case_id),
            title=cases[row.case_id].title, place_text=cases[row.case_id].place_text, area=row.area, words=row.words,
            due_at=row.due_at, version=row.version, asked_at=row.asked_at, asked_by=row.asked_by,
            withdrawn_at=row.withdrawn_at, answer=CheckAnswer(row.answer) if row.answer else None, note=row.note,
            seen_at=row.seen_at, answered_at=row.answered_at, answered_by=row.answered_by,
            lon=cases[row.case_id].lon, lat=cases[row.case_id].lat,
        )
        for row in rows
    ]  # fmt: skip
