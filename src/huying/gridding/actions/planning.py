"""Asking for a plan, asking again for one that was lost, and giving one up."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.gridding.models import GridPlan
from huying.gridding.policy import may_plan, must_plan, must_read
from huying.gridding.queries.plans import info
from huying.gridding.rules.kinds import PlanState
from huying.gridding.rules.wishes import Wishes
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.longwork.actions import ask
from huying.places.queries import area

KIND: Final = "grid plan"
_NAME: Final = gettext_noop("网格调整方案")


@transaction.atomic
def ask_plan(
    actor: Actor, wishes: Wishes, key: UUID, now: datetime, *, language: str = "zh-hans", behind: bool = True
) -> int:
    """A plan of these wishes, drawn behind the pages; its number. The same ``key`` again gives the same one.

    Not ``behind``: whoever asks calls ``draw`` themselves. Raises Denied outside the actor's posts, Invalid with the
    fields named, Conflict for who has too much waiting.
    """
    wishes.checked()
    try:
        area(actor.district, wishes.scope)
    except NotFound:
        if wishes.scope != str(actor.district):
            raise Invalid(fields={"scope": "没有这个区域。"}) from None
    must_plan(actor, wishes.scope)
    row, made = GridPlan.objects.get_or_create(
        district=actor.district,
        key=key,
        defaults={
            "name": wishes.name.strip(), "scope": wishes.scope, "within": wishes.within.value,
            "grids": wishes.grids, "weights": wishes.weights.as_dict(), "tolerance": wishes.tolerance,
            "keep": wishes.keep, "days": wishes.days, "state": PlanState.COMPUTING.value,
            "made_at": now, "made_by": actor.name[:60], "made_by_account": actor.account_id,
        },
    )  # fmt: skip
    if made and behind:
        _ask(actor, row, now, language)
    return int(row.pk)


@transaction.atomic
def redraw_plan(actor: Actor, number: int, now: datetime, *, language: str = "zh-hans") -> None:
    """Ask once more for a plan that failed or was lost. Raises Denied, NotFound, Conflict for any other."""
    row = held(actor, number)
    if not info(row).lost(now):
        raise Conflict("这个方案不用再算：要换条件，请另做一个方案。")
    row.state, row.problem, row.made_at = PlanState.COMPUTING.value, "", now
    _ask(actor, row, now, language)


@transaction.atomic
def drop_plan(actor: Actor, number: int, now: datetime) -> None:
    """Give a plan up; today's grids stay. Twice changes nothing. Raises Denied, NotFound, Conflict once published."""
    row = held(actor, number)
    if row.state == PlanState.DROPPED:
        return
    if row.state in {PlanState.PUBLISHED, PlanState.WITHDRAWN}:
        raise Conflict("这个方案已经发布过，不能放弃。")
    row.state = PlanState.DROPPED.value
    row.decided_at, row.decided_by = now, actor.name[:60]
    row.save()


def held(actor: Actor, number: int) -> GridPlan:
    """A plan of the actor's, locked. Raises Denied, NotFound. Must run in a transaction."""
    must_read(actor)
    row = GridPlan.objects.select_for_update().filter(district=actor.district, id=number).first()
    if row is None or not may_plan(actor, row.scope):
        raise NotFound
    return row


def _ask(actor: Actor, row: GridPlan, now: datetime, language: str) -> None:
    # The moment makes another work of the same plan asked for again.
    params = {"plan": row.pk, "at": now.isoformat()}
    row.work_id = ask(actor, KIND, _NAME, params, now, language=language, about=row.name)
    row.save()
