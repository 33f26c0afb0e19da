"""Proposals: for who runs them, and for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from huying.access.actor import Actor, system
from huying.cases.queries.lists.answering import cases_from
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.deliberation.models import Household, Proposal, Step, StepPhoto
from huying.deliberation.policy import may_run, must_see, visible
from huying.deliberation.queries.counting import ballots_of, tally_of, turnout_of
from huying.deliberation.queries.kinds import rule_of_proposal
from huying.deliberation.rules.kinds import Choice, Origin, Phase, phase_of
from huying.deliberation.rules.majority import Rule, Tally
from huying.kernel.errors import NotFound
from huying.places.queries import area_words

PAGE: Final = 50
BALLOTS: Final = 200


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One proposal of a list."""

    id: int
    district: int
    title: str
    area: str
    area_name: str
    kind: str
    phase: Phase
    made_at: datetime
    closes_at: datetime | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the work; ``photos`` are their numbers, ``late`` when it is not done and its day is over."""

    id: int
    title: str
    due_on: date | None
    done_at: datetime | None
    note: str
    photos: Sequence[int]
    late: bool


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household that may vote; ``voted`` says that it did, not what."""

    number: int
    name: str
    area: Decimal
    voted: bool


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal's page. ``tally`` and ``ballots`` are there once it is counted, and for nobody before.

    ``ballots`` are at most ``BALLOTS`` of them; ``every_ballot`` has all. ``given``: the cases that say in the office's
    own words what is to be done; the titles of all others are what callers said.
    """

    line: ProposalLine
    text: str
    origin: Origin
    meeting: tuple[int, str] | None
    case_id: int | None
    kind_id: int
    rule: Rule
    basis: str
    discussions: Sequence[tuple[int, str, datetime, str]]
    turnout: tuple[int, int]
    tally: Tally | None
    quorate: bool | None
    ballots: Sequence[tuple[Choice, str]]
    decision: str
    steps: Sequence[StepLine]
    cases: Sequence[CaseLine]
    given: frozenset[int]
    opened_at: datetime | None
    closed_at: datetime | None
    done_at: datetime | None
    withdrawn_why: str
    made_by: str
    may_run: bool

    @property
    def phase(self) -> Phase:
        return self.line.phase

    @property
    def all_done(self) -> bool:
        return bool(self.steps) and all(step.done_at is not None for step in self.steps)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which proposals: in a phase, within an area, with words in the title."""

    phase: Phase | None = None
    area: str = ""
    words: str = ""


def proposals_for(
    actor: Actor, wanted: Asked, now: datetime, before: int | None = None, limit: int = PAGE
) -> list[ProposalLine]:
    """Proposals the actor may see, newest first, below an id."""
    rows = Proposal.objects.filter(visible(actor), district=actor.district)
    return _lines(_narrowed(rows, wanted, now), now, before, limit)


def proposal_for(actor: Actor, proposal_id: int, now: datetime) -> ProposalView:
    """One proposal. Raises NotFound for one that is not theirs to see."""
    row = _row(Proposal.objects.filter(district=actor.district, id=proposal_id))
    must_see(actor, row.area)
    return _view(row, now, run=may_run(actor, row.area))


def households_for(actor: Actor, proposal_id: int, after: int = 0, limit: int = 200) -> list[HouseholdRow]:
    """The households of a proposal, by number. Raises NotFound."""
    row = _row(Proposal.objects.filter(district=actor.district, id=proposal_id))
    must_see(actor, row.area)
    found = Household.objects.filter(district=row.district, proposal=row, number__gt=after)
    return [
        HouseholdRow(one.number, one.name, one.area, one.voted) for one in found.order_by("number")[:limit]
    ]


def open_proposals(now: datetime, before: int | None = None, limit: int = 20) -> list[ProposalLine]:
    """What everybody may read, of every district, newest first."""
    rows = Proposal.objects.filter(opened_at__isnull=False)
    return _lines(rows, now, before, limit)


def open_proposal(proposal_id: int, now: datetime, since: str = "") -> ProposalView:
    """One that everybody may read, its ballots from the beginning of a digest on. Raises NotFound for a draft."""
    return _view(_open(proposal_id), now, run=False, since=since)


def every_ballot(proposal_id: int) -> Sequence[tuple[Choice, str]]:
    """(choice, digest) of all that were counted. Raises NotFound before the count."""
    row = _open(proposal_id)
    if row.closed_at is None:
        raise NotFound
    return ballots_of(row)


def step_photo(proposal_id: int, photo_id: int) -> str:
    """Where in the store a photo of the work lies. Raises NotFound."""
    found = StepPhoto.objects.filter(id=photo_id, step__proposal_id=proposal_id).values_list(
        "path", flat=True
    )
    path = found.first()
    if path is None:
        raise NotFound
    return path


def _open(proposal_id: int) -> Proposal:
    return _row(Proposal.objects.filter(id=proposal_id, opened_at__isnull=False))


def _row(rows: QuerySet[Proposal]) -> Proposal:
    row = rows.select_related("kind", "meeting").first()
    if row is None:
        raise NotFound
    return row


def _narrowed(rows: QuerySet[Proposal], wanted: Asked, now: datetime) -> QuerySet[Proposal]:
    if wanted.area:
        rows = rows.filter(area__startswith=wanted.area)
    if wanted.words:
        rows = rows.filter(title__icontains=wanted.words)
    return rows.filter(_in_phase(wanted.phase, now)) if wanted.phase is not None else rows


def _in_phase(phase: Phase, now: datetime) -> Q:
    standing = Q(withdrawn_at=None)
    counted = standing & Q(closed_at__isnull=False)
    opened = standing & Q(opened_at__isnull=False, closed_at=None)
    return {
        Phase.WITHDRAWN: Q(withdrawn_at__isnull=False),
        Phase.DONE: counted & Q(done_at__isnull=False),
        Phase.PASSED: counted & Q(passed=True, done_at=None),
        Phase.FAILED: counted & Q(passed=False, done_at=None),
        Phase.DRAFTED: standing & Q(opened_at=None),
        Phase.VOTING: opened & Q(closes_at__gt=now),
        Phase.COUNTING: opened & Q(closes_at__lte=now),
    }[phase]


def _lines(rows: QuerySet[Proposal], now: datetime, before: int | None, limit: int) -> list[ProposalLine]:
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_line(row, now) for row in rows.select_related("kind").order_by("-id")[:limit]]


def _line(row: Proposal, now: datetime) -> ProposalLine:
    phase = phase_of(
        now, opened_at=row.opened_at, closes_at=row.closes_at, closed_at=row.closed_at, passed=row.passed,
        done_at=row.done_at, withdrawn_at=row.withdrawn_at,
    )  # fmt: skip
    return ProposalLine(
        row.pk, row.district, row.title, row.area, area_words(row.district, row.area), row.kind.name, phase,
        row.made_at, row.closes_at, row.passed,
    )  # fmt: skip


def _view(row: Proposal, now: datetime, *, run: bool, since: str = "") -> ProposalView:
    counted = row.closed_at is not None
    said = row.discussions.select_related("meeting").order_by("meeting__held_at")
    cases = list(row.cases.order_by("id").values_list("case_id", flat=True))
    return ProposalView(
        line=_line(row, now), text=row.text, origin=Origin(row.origin),
        meeting=(row.meeting.pk, row.meeting.title) if row.meeting else None, case_id=row.case_id,
        kind_id=row.kind_id, rule=rule_of_proposal(row), basis=row.basis or row.kind.basis,
        discussions=[(one.meeting_id, one.meeting.title, one.meeting.held_at, one.words) for one in said],
        turnout=turnout_of(row), tally=tally_of(row) if counted else None, quorate=row.quorate,
        ballots=ballots_of(row, since, BALLOTS) if counted else (), decision=row.decision,
        steps=[_step(step, now) for step in row.steps.prefetch_related("photos").order_by("id")],
        cases=lines_of(system(row.district), cases, now) if cases else [],
        given=cases_from(row.district, cases, f"proposal:{row.pk}") if cases else frozenset(), opened_at=row.opened_at,
        closed_at=row.closed_at, done_at=row.done_at, withdrawn_why=row.withdrawn_why, made_by=row.made_by, may_run=run,
    )  # fmt: skip


def _step(row: Step, now: datetime) -> StepLine:
    late = row.done_at is None and row.due_on is not None and row.due_on < localdate(now)
    return StepLine(
        row.pk, row.title, row.due_on, row.done_at, row.note, [photo.pk for photo in row.photos.all()], late
    )
