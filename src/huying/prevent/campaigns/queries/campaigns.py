"""Campaigns as they are listed and opened, with how far each grid is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.kernel.numbers import case_number
from huying.places.queries import Level, area_name, areas
from huying.prevent.campaigns.models import Campaign, Task, TaskPhoto
from huying.prevent.campaigns.policy import may_do, may_run, own_tasks, visible
from huying.prevent.campaigns.rules.kinds import CampaignState, Finding, Origin, TaskState

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign of a list, with how many tasks it has, how many are done and how many of those found something."""

    id: int
    name: str
    state: CampaignState
    origin: Origin
    area: str
    area_name: str
    lead: str
    begins: date
    due: date
    tasks: int
    done: int
    found: int
    late: int
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One grid's task. ``case``: the number of the case registered of it, ``photos`` their
    numbers, in the order they came."""

    id: int
    campaign_id: int
    campaign: str
    task: str
    grid: str
    grid_name: str
    lon: float | None
    lat: float | None
    due: date
    state: TaskState
    finding: Finding | None
    words: str
    case: str
    done_at: datetime | None
    done_by: str
    may_do: bool
    running: bool
    photos: Sequence[int]
    photos_needed: bool


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign's page."""

    line: CampaignLine
    items: Sequence[str]
    areas: Sequence[str]
    area_names: Sequence[str]
    task: str
    season: str
    warning_id: int | None
    tasks: Sequence[TaskLine]
    conclusion: str
    closed_at: datetime | None
    closed_by: str
    may_run: bool
    photos_needed: bool


def campaigns_for(
    actor: Actor, today: date, state: str = "", before: int | None = None, limit: int = PAGE
) -> list[CampaignLine]:
    """Campaigns the actor may see, newest first, below an id; one query."""
    rows = _counted(Campaign.objects.filter(visible(actor), district=actor.district), today)
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_line(row) for row in rows.order_by("-id")[:limit]]


def campaign_for(actor: Actor, campaign_id: int, today: date, state: str = "") -> CampaignView:
    """One campaign with its tasks, in the order of grids; two queries. Raises NotFound for one not theirs to see."""
    rows = _counted(Campaign.objects.filter(visible(actor), district=actor.district, id=campaign_id), today)
    row = rows.first()
    if row is None:
        raise NotFound
    tasks = _with_photos(Task.objects.filter(campaign=row)).order_by("grid")
    lines = _tasks(actor, list(tasks), today)
    return CampaignView(
        line=_line(row), items=row.items, areas=row.areas,
        area_names=[area_name(row.district, code) for code in row.areas], task=row.task, season=row.season,
        warning_id=row.warning_id, tasks=[one for one in lines if state in ("", one.state.value)],
        conclusion=row.conclusion, closed_at=row.closed_at, closed_by=row.closed_by, may_run=may_run(actor, row.area),
        photos_needed=row.photos_needed,
    )  # fmt: skip


def tasks_for(actor: Actor, today: date, limit: int = 200) -> list[TaskLine]:
    """What the actor's own grids still have to do, the soonest due first; one query."""
    rows = _with_photos(Task.objects.filter(own_tasks(actor), district=actor.district, done_at=None))
    rows = rows.filter(campaign__state=CampaignState.RUNNING.value)
    return _tasks(actor, list(rows.order_by("due", "grid")[:limit]), today)


def task_for(actor: Actor, task_id: int, today: date) -> TaskLine:
    """One task the actor may do. Raises NotFound."""
    row = _with_photos(Task.objects.filter(own_tasks(actor), district=actor.district, id=task_id)).first()
    if row is None:
        raise NotFound
    return _tasks(actor, [row], today)[0]


def photo_for(actor: Actor, task_id: int, photo_id: int) -> str:
    """Where in the store a photo of a task lies, for who may read the campaign or do the task. Raises NotFound."""
    read = Q(campaign__in=Campaign.objects.filter(visible(actor), district=actor.district))
    tasks = Task.objects.filter(own_tasks(actor) | read, district=actor.district, id=task_id)
    path = TaskPhoto.objects.filter(id=photo_id, task__in=tasks).values_list("path", flat=True).first()
    if path is None:
        raise NotFound
    return path


def _with_photos(rows: QuerySet[Task]) -> QuerySet[Task]:
    photos = TaskPhoto.objects.filter(task=OuterRef("pk")).order_by("id").values("id")
    return rows.select_related("campaign").annotate(photo_ids=ArraySubquery(photos))


def _counted(rows: QuerySet[Campaign], today: date) -> QuerySet[Campaign]:
    done = Q(tasks__done_at__isnull=False)
    return rows.annotate(
        all_tasks=Count("tasks"), done_tasks=Count("tasks", filter=done),
        found_tasks=Count("tasks", filter=Q(tasks__finding=Finding.FOUND.value)),
        late_tasks=Count("tasks", filter=~done & Q(tasks__due__lt=today)),
    )  # fmt: skip


def _line(row: Campaign) -> CampaignLine:
    counts = {name: int(getattr(row, f"{name}_tasks")) for name in ("all", "done", "found", "late")}
    return CampaignLine(
        id=row.pk, name=row.name, state=CampaignState(row.state), origin=Origin(row.origin), area=row.area,
        area_name=area_name(row.district, row.area), lead=row.lead, begins=row.begins, due=row.due,
        tasks=counts["all"], done=counts["done"], found=counts["found"], late=counts["late"], made_at=row.made_at,
        made_by=row.made_by,
    )  # fmt: skip


def _tasks(actor: Actor, rows: Sequence[Task], today: date) -> list[TaskLine]:
    spots = {row.code: (row.lon, row.lat) for row in areas(actor.district, Level.GRID)} if rows else {}
    return [
        TaskLine(
            row.pk, row.campaign_id, row.campaign.name, row.campaign.task, row.grid, area_name(row.district, row.grid),
            *spots.get(row.grid, (None, None)), row.due, _state(row, today),
            Finding(row.finding) if row.finding else None, row.words,
            case_number(row.district, row.case_id) if row.case_id else "", row.done_at, row.done_by,
            may_do(actor, row.grid), row.campaign.state == CampaignState.RUNNING.value,
            getattr(row, "photo_ids", ()), row.campaign.photos_needed,
        )
        for row in rows
    ]  # fmt: skip


def _state(row: Task, today: date) -> TaskState:
    if row.done_at is not None:
        return TaskState.DONE
    return TaskState.LATE if row.due < today else TaskState.OPEN
