"""Campaigns begun and ended: a task for each grid in the chosen areas, a conclusion in writing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.places.queries import Level, areas
from huying.prevent.campaigns.actions.telling import tell_begun, tell_ended
from huying.prevent.campaigns.models import Campaign, Task
from huying.prevent.campaigns.policy import must_run
from huying.prevent.campaigns.rules.areas import shared
from huying.prevent.campaigns.rules.kinds import (
    MOST_DAYS,
    MOST_GRIDS,
    MOST_NAME,
    MOST_TEXT,
    CampaignState,
    Origin,
)
from huying.prevent.warnings.actions.deciding import made_campaign


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCampaign:
    """A campaign as it was typed; ``areas`` are codes, ``items`` the beginnings of codes."""

    name: str
    items: Sequence[str]
    areas: Sequence[str]
    lead: str
    task: str
    begins: date
    due: date
    season: str = ""
    warning_id: int | None = None
    photos_needed: bool = False


@transaction.atomic
def begin(by: Actor, new: NewCampaign, once: str, now: datetime) -> int:
    """Begin a campaign, once for each form, and tell who has a task; its id. Raises Denied (foreign area), Invalid."""
    _check(by, new)
    known = Campaign.objects.filter(district=by.district, once=once).first()
    if known is not None:
        return int(known.pk)
    grids = grids_in(by.district, new.areas)
    if not 0 < len(grids) <= MOST_GRIDS:
        raise Invalid(fields={"areas": "所选范围里没有网格，或者超过 3000 个。"})
    row = Campaign.objects.create(
        district=by.district, once=once, name=new.name, state=CampaignState.RUNNING.value, origin=_origin(new).value,
        season=new.season, warning_id=new.warning_id, items=list(new.items), areas=list(new.areas),
        area=shared(new.areas), lead=new.lead, task=new.task, photos_needed=new.photos_needed, begins=new.begins,
        due=new.due, made_at=now,
        made_by=by.name[:60],
    )  # fmt: skip
    tasks = Task.objects.bulk_create(
        Task(district=by.district, campaign=row, grid=grid, due=new.due) for grid in grids
    )
    if new.warning_id is not None:
        made_campaign(by, new.warning_id, now)
    tell_begun(row, {task.grid: task.pk for task in tasks}, by.account_id, now)
    return int(row.pk)


@transaction.atomic
def close(by: Actor, campaign_id: int, conclusion: str, now: datetime) -> None:
    """End it with what came of it in writing, and tell whose task is open. Raises NotFound, Denied, Invalid."""
    row = Campaign.objects.select_for_update().filter(district=by.district, id=campaign_id).first()
    if row is None:
        raise NotFound
    must_run(by, row.area)
    words = conclusion.replace("\x00", "").strip()
    if not 0 < len(words) <= MOST_TEXT:
        raise Invalid(fields={"conclusion": "请写总结，最多 1000 字。"})
    if row.state == CampaignState.CLOSED.value:
        raise Invalid("这次专项治理已经结束了。")
    row.state, row.conclusion, row.closed_at, row.closed_by = (
        CampaignState.CLOSED.value,
        words,
        now,
        by.name[:60],
    )
    row.save(update_fields=["state", "conclusion", "closed_at", "closed_by"])
    tasks = Task.objects.filter(campaign=row)
    numbers = {task.grid: task.pk for task in tasks}
    still_open = {task.grid: task.pk for task in tasks if task.done_at is None}
    tell_ended(row, numbers, still_open, by.account_id, now)


def grids_in(district: int, codes: Sequence[str]) -> list[str]:
    """The codes of the grids in these areas."""
    return [row.code for row in areas(district, Level.GRID) if row.code.startswith(tuple(codes))]


def _check(by: Actor, new: NewCampaign) -> None:
    wrong: dict[str, str] = {}
    if not 0 < len(new.name) <= MOST_NAME:
        wrong["name"] = said("请写名称，最多 60 字。")
    if not 0 < len(new.task) <= MOST_TEXT:
        wrong["task"] = said("请写网格要做什么，最多 1000 字。")
    if not new.areas:
        wrong["areas"] = said("请选范围。")
    if not new.begins <= new.due <= new.begins + timedelta(days=MOST_DAYS):
        wrong["due"] = said("完成日期不能早于开始，也不能超过一年。")
    if wrong:
        raise Invalid(fields=wrong)
    for code in new.areas:
        must_run(by, code)


def _origin(new: NewCampaign) -> Origin:
    if new.warning_id is not None:
        return Origin.WARNING
    return Origin.SEASON if new.season else Origin.HAND
