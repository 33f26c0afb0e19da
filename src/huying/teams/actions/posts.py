"""Where duty is kept, and in which turns."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.places.queries import area as area_of
from huying.teams.models import DutyPost, Rotation, Shift, Turn
from huying.teams.policy import must_change
from huying.teams.rules.turns import TurnPlan, checked


def create_post(by: Actor, area: str, name: str, now: datetime) -> int:
    """A place where duty is kept for an area; its id.

    Raises Denied, NotFound for an area that is none, Invalid for an empty name, Conflict for one that is taken.
    """
    must_change(by, Permission.DUTY_EDIT, area)
    if area != str(by.district):
        area_of(by.district, area)
    wanted = " ".join(name.split())[:60]
    if not wanted:
        raise Invalid("值班点要有名称。", fields={"name": "不能为空"})
    try:
        with transaction.atomic():
            row = DutyPost.objects.create(
                district=by.district, area=area, name=wanted, made_at=now, made_by=by.name
            )
    except IntegrityError:
        raise Conflict("已经有这个名称的值班点。", fields={"name": "已经有了"}) from None
    return row.pk


@transaction.atomic
def end_post(by: Actor, post_id: int, now: datetime) -> None:
    """Keep duty there no more: its turns end, what is to come is cancelled. Raises Denied, NotFound."""
    post = locked(by, post_id)
    for turn in Turn.objects.filter(post=post, ended_at=None):
        _end(turn, by, now)
    post.ended_at = now
    post.save(update_fields=["ended_at"])


@transaction.atomic
def put_turn(by: Actor, post_id: int, plan: TurnPlan, now: datetime) -> int:
    """One more turn at a post; its id. The same turn twice is one. Raises Denied, NotFound, Invalid."""
    post, plan = locked(by, post_id), checked(plan)
    wanted = {
        "name": plan.name,
        "starts": plan.hours.starts,
        "ends": plan.hours.ends,
        "days": plan.days.value,
        "leads": plan.leads,
        "officers": plan.officers,
    }
    same = Turn.objects.filter(post=post, ended_at=None, **wanted).first()
    return (same or Turn.objects.create(post=post, made_at=now, made_by=by.name, **wanted)).pk


@transaction.atomic
def end_turn(by: Actor, turn_id: int, now: datetime) -> None:
    """Keep a turn no more from now on; shifts to come are cancelled. Twice changes nothing. Raises Denied, NotFound."""
    turn = Turn.objects.filter(pk=turn_id, post__district=by.district).first()
    if turn is None:
        raise NotFound
    locked(by, turn.post_id)
    if turn.ended_at is None:
        _end(turn, by, now)


def locked(by: Actor, post_id: int) -> DutyPost:
    """The post, held for the length of the transaction, for whoever draws up its roster. Raises Denied, NotFound."""
    post = (
        DutyPost.objects.select_for_update().filter(district=by.district, pk=post_id, ended_at=None).first()
    )
    if post is None:
        raise NotFound
    must_change(by, Permission.DUTY_EDIT, post.area)
    return post


def _end(turn: Turn, by: Actor, now: datetime) -> None:
    turn.ended_at = now
    turn.save(update_fields=["ended_at"])
    Rotation.objects.filter(turn=turn, ended_at=None).update(ended_at=now)
    coming = Shift.objects.filter(turn=turn, cancelled_at=None, starts_at__gt=now)
    coming.update(cancelled_at=now, cancelled_by=by.name)
