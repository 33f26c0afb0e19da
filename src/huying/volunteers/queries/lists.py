"""The three lists: resources, needs with what could meet them, projects with what was reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.volunteers.models import Listing, Progress, Project
from huying.volunteers.policy import UNITS, about, may_at
from huying.volunteers.queries.people import must_read, names_of
from huying.volunteers.rules.kinds import Matter, ProjectState, Sheet
from huying.volunteers.rules.matching import Entry, matches
from huying.volunteers.rules.units import state_of


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One entry. ``project_id``: what takes it up, of a need."""

    id: int
    sheet: Sheet
    matter: Matter
    title: str
    words: str
    area: str
    unit_id: int | None
    unit_name: str
    since: date | None
    until: date | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    project_id: int | None
    editable: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A resource that could meet a need; ``score`` from 0 to 1."""

    row: ListingRow
    score: float


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project; ``last``: the newest of what was reported."""

    id: int
    title: str
    area: str
    need_id: int
    need_title: str
    resource_id: int | None
    resource_title: str
    unit_id: int
    unit_name: str
    who: str
    promise: str
    due_on: date
    state: ProjectState
    made_at: datetime
    made_by: str
    done_at: datetime | None
    result: str
    stopped_at: datetime | None
    stopped_why: str
    last: str
    editable: bool


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One thing reported."""

    id: int
    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which entries or projects. ``state`` of entries: "" on the list, free (a need nobody took up), ended; of projects:
    "" all, or a state."""

    sheet: str = ""
    matter: str = ""
    area: str = ""
    unit_id: int | None = None
    words: str = ""
    state: str = ""


def listings_for(
    actor: Actor, wanted: ListFilter, *, before: int | None = None, limit: int = 50
) -> list[ListingRow]:
    """Entries the actor sees, the newest first; three statements. Raises Denied."""
    must_read(actor)
    rows = Listing.objects.filter(about(actor) & _asked(actor.district, wanted))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _listing_rows(actor, rows.order_by("-id")[:limit])


def listing_for(actor: Actor, listing_id: int) -> ListingRow:
    """One entry. Raises NotFound, Denied."""
    must_read(actor)
    found = _listing_rows(actor, Listing.objects.filter(about(actor), id=listing_id))
    if not found:
        raise NotFound
    return found[0]


def suggestions_for(actor: Actor, need: ListingRow, today: date) -> list[Suggestion]:
    """The resources that could meet a need, the best first, among those of its street and of the whole district."""
    street = need.area[:9]
    near = Q(area__gte=street, area__lt=f"{street}:") | Q(area=str(actor.district))
    rows = list(
        Listing.objects.filter(near, district=actor.district, sheet=Sheet.RESOURCE.value, ended_at=None)[
            :2000
        ]
    )
    known = {row.id: row for row in rows}
    asked = Entry(need.id, need.area, need.matter, f"{need.title}{need.words}", need.since, need.until)
    found = matches(asked, [_entry(row) for row in rows], today)
    shown = {row.id: row for row in _listing_rows(actor, [known[one.id] for one in found])}
    return [Suggestion(shown[one.id], one.score) for one in found]


def projects_for(
    actor: Actor, wanted: ListFilter, today: date, *, before: int | None = None, limit: int = 50
) -> list[ProjectRow]:
    """Projects the actor sees, the newest first; four statements. Raises Denied."""
    must_read(actor)
    rows = Project.objects.filter(about(actor) & _asked_projects(wanted, today))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _project_rows(actor, list(rows.order_by("-id")[:limit]), today)


def project_for(actor: Actor, project_id: int, today: date) -> tuple[ProjectRow, list[ProgressRow]]:
    """One with what was reported, the newest first. Raises NotFound, Denied."""
    must_read(actor)
    rows = list(Project.objects.filter(about(actor), id=project_id))
    if not rows:
        raise NotFound
    said = Progress.objects.filter(district=actor.district, project_id=project_id).order_by("-id")[:200]
    (found,) = _project_rows(actor, rows, today)
    return found, [ProgressRow(one.id, one.at, one.by, one.words) for one in said]


def _listing_rows(actor: Actor, found: Iterable[Listing]) -> list[ListingRow]:
    rows = list(found)
    names = names_of(actor.district, {row.unit_id for row in rows if row.unit_id})
    taken = dict(
        Project.objects.filter(
            district=actor.district, need_id__in=[row.id for row in rows], stopped_at=None
        ).values_list("need_id", "id")
    )
    return [
        ListingRow(
            row.id, Sheet(row.sheet), Matter(row.matter), row.title, row.words, row.area, row.unit_id,
            names.get(row.unit_id or 0, ""), row.since, row.until, row.made_at, row.made_by, row.ended_at,
            taken.get(row.id), may_at(actor, UNITS, row.area),
        )
        for row in rows
    ]  # fmt: skip


def _project_rows(actor: Actor, rows: list[Project], today: date) -> list[ProjectRow]:
    names = names_of(actor.district, {row.unit_id for row in rows})
    titles = _titles(
        actor.district, {row.need_id for row in rows} | {row.resource_id for row in rows if row.resource_id}
    )
    last = _last(actor.district, [row.id for row in rows])
    return [
        ProjectRow(
            row.id, row.title, row.area, row.need_id, titles.get(row.need_id, ""), row.resource_id,
            titles.get(row.resource_id or 0, ""), row.unit_id, names.get(row.unit_id, ""), row.who, row.promise,
            row.due_on, state_of(row.due_on, today, done=row.done_at is not None, stopped=row.stopped_at is not None),
            row.made_at, row.made_by, row.done_at, row.result, row.stopped_at, row.stopped_why, last.get(row.id, ""),
            may_at(actor, UNITS, row.area),
        )
        for row in rows
    ]  # fmt: skip


def _titles(district: int, listings: Iterable[int]) -> Mapping[int, str]:
    rows = Listing.objects.filter(district=district, id__in=list(listings))
    return dict(rows.values_list("id", "title"))


def _last(district: int, projects: list[int]) -> Mapping[int, str]:
    rows = Progress.objects.filter(district=district, project_id__in=projects).order_by("project_id", "id")
    return dict(rows.values_list("project_id", "words"))


def _entry(row: Listing) -> Entry:
    return Entry(row.id, row.area, Matter(row.matter), f"{row.title}{row.words}", row.since, row.until)


def _asked(district: int, wanted: ListFilter) -> Q:
    asked = Q(ended_at__isnull=wanted.state != "ended") & _narrowed(wanted)
    if wanted.sheet:
        asked &= Q(sheet=wanted.sheet)
    if wanted.matter:
        asked &= Q(matter=wanted.matter)
    if wanted.state == "free":
        taken = Project.objects.filter(district=district, stopped_at=None).values("need_id")
        asked &= Q(sheet=Sheet.NEED.value) & ~Q(id__in=taken)
    return asked


def _asked_projects(wanted: ListFilter, today: date) -> Q:
    running = Q(done_at=None, stopped_at=None)
    states = {
        ProjectState.RUNNING.value: running & Q(due_on__gte=today),
        ProjectState.LATE.value: running & Q(due_on__lt=today),
        ProjectState.DONE.value: Q(done_at__isnull=False),
        ProjectState.STOPPED.value: Q(stopped_at__isnull=False),
    }
    return states.get(wanted.state, Q()) & _narrowed(wanted)


def _narrowed(wanted: ListFilter) -> Q:
    asked = Q(title__icontains=wanted.words) if wanted.words else Q()
    if wanted.area:
        asked &= Q(area__gte=wanted.area, area__lt=f"{wanted.area}:")
    return asked & Q(unit_id=wanted.unit_id) if wanted.unit_id is not None else asked
