"""The only readers of recurrences and projects, within the area of one's posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Min, Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.cases.queries.lists.repeats import Spot, came_to_spots
from huying.catalogue.queries import item
from huying.kernel.errors import NotFound
from huying.loop.supervise.queries import whole_scope_for
from huying.people.queries import unit_names
from huying.places.queries import area_path, area_words
from huying.places.queries import district as district_row
from huying.prevent.recurring.models import Project, Recurrence, Searched
from huying.prevent.recurring.rules.effect import Counts, Effect, Spans, effect_of, spans_of
from huying.prevent.recurring.rules.states import ProjectState

MOST: Final = 500
_BESIDE: Final = 300
# District, street, community: a title says where, not in which grid.
_COMMUNITY: Final = 3


@dataclass(frozen=True, slots=True)
class RecurrenceLine:
    """One recurrence; ``project`` and ``state`` of its newest project, None without one.

    ``title`` is made of the place and the item: no caller's words are shown to whoever may not open the case.
    """

    id: int
    title: str
    item: str
    area: str
    area_name: str
    lon: float
    lat: float
    count: int
    again: int
    first_at: datetime
    last_at: datetime
    project: int | None
    state: ProjectState | None


@dataclass(frozen=True, slots=True)
class RecurrenceWhole:
    """One recurrence with the cases the reader may open; ``unseen`` others are in it."""

    line: RecurrenceLine
    cases: Sequence[CaseLine]
    unseen: int


@dataclass(frozen=True, slots=True)
class ProjectWhole:
    """A project with its recurrence's cases and what came of it; ``effect`` None until a week after its end."""

    project: Project
    body_name: str
    state: ProjectState
    cases: Sequence[CaseLine]
    unseen: int
    spans: Spans | None
    effect: Effect | None
    beside: int


def recurrences_for(actor: Actor, area: str = "") -> list[RecurrenceLine]:
    """The worst first; two queries. Raises Denied, NotFound."""
    scope = whole_scope_for(actor, area, Permission.INSIGHT_READ)
    found = Recurrence.objects.filter(_within(scope.area), district=scope.district)
    rows = list(found.order_by("-again", "-last_at", "id")[:MOST])
    projects = _projects(actor.district, [row.id for row in rows])
    return [_line(row, projects.get(row.id)) for row in rows]


def recurrence_for(actor: Actor, number: int, now: datetime) -> RecurrenceWhole:
    """One of them. Raises Denied, NotFound."""
    scope = whole_scope_for(actor, "", Permission.INSIGHT_READ)
    row = Recurrence.objects.filter(_within(scope.area), district=scope.district, id=number).first()
    if row is None:
        raise NotFound
    cases = lines_of(actor, row.cases[::-1], now)
    return RecurrenceWhole(
        _line(row, _projects(actor.district, [row.id]).get(row.id)), cases, len(row.cases) - len(cases)
    )


def projects_for(actor: Actor) -> list[tuple[Project, str]]:
    """The projects, newest first, with the names of their units. Raises Denied."""
    scope = whole_scope_for(actor, "", Permission.INSIGHT_READ)
    names = unit_names(actor.district)
    rows = Project.objects.filter(_within(scope.area), district=scope.district).order_by("-made_at", "-id")[
        :MOST
    ]
    return [(row, names.get(row.body_id, "")) for row in rows]


def project_for(actor: Actor, number: int, now: datetime) -> ProjectWhole:
    """One project. Raises Denied, NotFound."""
    scope = whole_scope_for(actor, "", Permission.INSIGHT_READ)
    row = Project.objects.filter(_within(scope.area), district=scope.district, id=number).first()
    if row is None:
        raise NotFound
    recurrence = Recurrence.objects.filter(district=row.district, id=row.recurrence_id).first()
    ids = recurrence.cases[::-1] if recurrence else []
    cases = lines_of(actor, ids, now)
    spans, effect, beside = _measured(row, now)
    return ProjectWhole(
        row, unit_names(row.district).get(row.body_id, ""), ProjectState(row.state), cases, len(ids) - len(cases), spans,
        effect, beside,
    )  # fmt: skip


def searched_at(district: int) -> datetime | None:
    """When a district was last searched for what comes again; None before the first time."""
    return Searched.objects.filter(district=district).values_list("at", flat=True).first()


def may_run(actor: Actor, area: str) -> bool:
    """Whether the actor may begin or change a project here."""
    return any(area.startswith(grant.area) for grant in actor.grants_for(Permission.PROJECT_RUN))


def _measured(project: Project, now: datetime) -> tuple[Spans | None, Effect | None, int]:
    """What came of it: the same item at places that come again and have no project is the baseline."""
    if project.finished_on is None:
        return None, None, 0
    zone = ZoneInfo(district_row(project.district).zone)
    first = Recurrence.objects.filter(district=project.district).aggregate(at=Min("first_at"))["at"] or now
    spans = spans_of(project.finished_on, now.astimezone(zone).date(), first.astimezone(zone).date())
    if spans is None:
        return None, None, 0
    taken = Project.objects.filter(district=project.district).values("recurrence_id")
    others = Recurrence.objects.filter(district=project.district, item=project.item).exclude(id__in=taken)
    beside = {spot for row in others[:_BESIDE] for spot in _spots(row.item, row.spots)}
    own = set(_spots(project.item, project.spots))
    beside -= own
    counts = []
    for span in (spans.before, spans.after):
        since, until = (datetime.combine(day, datetime.min.time(), zone) for day in span)
        came = came_to_spots(project.district, str(project.district), sorted(own | beside), since, until)
        counts.append((sum(came.get(each, 0) for each in own), sum(came.get(each, 0) for each in beside)))
    told = Counts(counts[0][0], counts[1][0], counts[0][1], counts[1][1])
    return spans, effect_of(told), len(beside)


def _spots(item: str, flat: Sequence[int]) -> list[Spot]:
    return [(item, flat[at], flat[at + 1]) for at in range(0, len(flat), 2)]


def _projects(district: int, ids: Sequence[int]) -> dict[int, Project]:
    rows = Project.objects.filter(district=district, recurrence_id__in=list(ids)).order_by("made_at")
    return {row.recurrence_id: row for row in rows}


def _line(row: Recurrence, project: Project | None) -> RecurrenceLine:
    return RecurrenceLine(
        row.id, _title(row), row.item, row.area, area_words(row.district, row.area), row.lon, row.lat, len(row.cases),
        row.again, row.first_at, row.last_at, project.id if project else None,
        ProjectState(project.state) if project else None,
    )  # fmt: skip


def _title(row: Recurrence) -> str:
    """The place named, else the community, and the item: 春天雅苑6栋 · 井盖."""
    around = area_path(row.district, row.area)[:_COMMUNITY]
    return f"{row.place or (around[-1] if around else row.area)} · {_item(row)}"


def _item(row: Recurrence) -> str:
    try:
        return item(row.district, row.item).name
    except NotFound:
        return row.item


def _within(area: str) -> Q:
    return Q() if len(area) <= 6 else Q(area__gte=area, area__lt=f"{area}:")
