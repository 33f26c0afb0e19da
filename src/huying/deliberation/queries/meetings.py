"""Meetings, and where each thing said at them stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from huying.access.actor import Actor, system
from huying.cases.lifecycle import CLOSED_STATES
from huying.cases.queries.lists.answering import answering_cases
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.deliberation.models import Meeting, MeetingAppeal
from huying.deliberation.policy import may_run, must_see, visible
from huying.kernel.errors import NotFound
from huying.people.queries import bodies
from huying.places.queries import area_words

PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meetings: of a kind, within an area, with words in the title; ``open`` still has appeals to follow."""

    kind: str = ""
    area: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One meeting of a list; ``taken`` is how many appeals, ``over`` whether it takes no more."""

    id: int
    title: str
    kind: str
    area: str
    area_name: str
    venue: str
    host: str
    held_at: datetime
    taken: int
    over: bool


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One thing said there: its number, what it is, which body claimed it, and every case that answers it now."""

    number: int
    receipt: str
    title: str
    claimed: str
    claimed_by: str
    cases: Sequence[CaseLine]

    @property
    def closed(self) -> bool:
        return bool(self.cases) and all(line.state in CLOSED_STATES for line in self.cases)


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting's page. ``bodies`` are those present, as (id, name); ``open_to``: the cases the reader may open."""

    line: MeetingLine
    kind_id: int
    agenda: str
    attendance: str
    minutes: str
    bodies: Sequence[tuple[int, str]]
    appeals: Sequence[TakenLine]
    proposals: Sequence[tuple[int, str]]
    made_by: str
    ended_at: datetime | None
    ended_by: str
    may_run: bool
    open_to: frozenset[int]

    @property
    def closed(self) -> int:
        """How many of the appeals are closed."""
        return sum(one.closed for one in self.appeals)

    @property
    def all_closed(self) -> bool:
        return bool(self.appeals) and self.closed == len(self.appeals)


def meetings_for(
    actor: Actor, wanted: Wanted, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> list[MeetingLine]:
    """Meetings the actor may see, the latest first, below (moment, id). Two queries whatever their number."""
    rows = _rows(actor, wanted)
    if before is not None:
        rows = rows.filter(held_at__lte=before[0]).exclude(held_at=before[0], id__gte=before[1])
    return [_line(row) for row in rows.order_by("-held_at", "-id")[:limit]]


def meeting_for(actor: Actor, meeting_id: int, now: datetime) -> MeetingView:
    """One meeting. Raises NotFound for one that is not theirs to see."""
    rows = Meeting.objects.filter(district=actor.district, id=meeting_id)
    row = rows.select_related("kind").annotate(taken=Count("appeals")).first()
    if row is None:
        raise NotFound
    must_see(actor, row.area)
    names = {body.id: body.name for body in bodies(actor.district, now)}
    appeals = _taken(row, names, now)
    numbers = [case.id for one in appeals for case in one.cases]
    return MeetingView(
        line=_line(row), kind_id=row.kind_id, agenda=row.agenda, attendance=row.attendance, minutes=row.minutes,
        bodies=[(number, names.get(number, "")) for number in row.bodies], appeals=appeals,
        proposals=[(one.pk, one.title) for one in row.proposals.order_by("id")], made_by=row.made_by,
        ended_at=row.ended_at, ended_by=row.ended_by, may_run=may_run(actor, row.area),
        open_to=frozenset(line.id for line in lines_of(actor, numbers, now)) if numbers else frozenset(),
    )  # fmt: skip


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Meeting]:
    rows = Meeting.objects.filter(visible(actor), district=actor.district)
    if wanted.kind:
        rows = rows.filter(kind__code=wanted.kind)
    if wanted.area:
        rows = rows.filter(area__startswith=wanted.area)
    if wanted.words:
        rows = rows.filter(title__icontains=wanted.words)
    return rows.select_related("kind").annotate(taken=Count("appeals"))


def _line(row: Meeting) -> MeetingLine:
    return MeetingLine(
        row.pk, row.title, row.kind.name, row.area, area_words(row.district, row.area), row.venue, row.host,
        row.held_at, getattr(row, "taken", 0), row.ended_at is not None,
    )  # fmt: skip


def _taken(meeting: Meeting, names: Mapping[int, str], now: datetime) -> list[TakenLine]:
    """Read as the platform: whoever may see the meeting may know how each thing said there stands."""
    rows = list(MeetingAppeal.objects.filter(meeting=meeting).order_by("number"))
    now_with = answering_cases(meeting.district, [row.appeal_id for row in rows])
    numbers = sorted({case_id for cases in now_with.values() for case_id in cases})
    lines = {line.id: line for line in lines_of(system(meeting.district), numbers, now)} if numbers else {}
    return [
        _taken_line(row, [lines[case] for case in now_with.get(row.appeal_id, ()) if case in lines], names)
        for row in rows
    ]


def _taken_line(row: MeetingAppeal, cases: Sequence[CaseLine], names: Mapping[int, str]) -> TakenLine:
    title = cases[0].title if cases else ""
    return TakenLine(row.number, row.receipt, title, names.get(row.body_id or 0, ""), row.claimed_by, cases)
