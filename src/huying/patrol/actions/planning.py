"""How often areas are to be walked: in versions, so that a week is measured by what held then."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Invalid, NotFound
from huying.patrol.models import Plan
from huying.patrol.policy import must_run
from huying.patrol.rules.planning import NewPlan, wrong_in
from huying.places.queries import area


@transaction.atomic
def put_plan(by: Actor, new: NewPlan, now: datetime) -> int:
    """Let this plan hold for its area from now on; its id. The same again changes nothing.

    Raises Denied, NotFound, Invalid.
    """
    must_run(by, new.area)
    area(by.district, new.area)
    wrong = wrong_in(new)
    if wrong:
        raise Invalid(fields=wrong)
    asked = {"name": new.name.strip(), "times": new.times, "minutes": new.minutes}
    held = Plan.objects.select_for_update().filter(district=by.district, area=new.area, ended_at=None).first()
    if held is not None:
        if asked == {name: getattr(held, name) for name in asked}:
            return held.pk
        _end(held, by, now)
    row = Plan.objects.create(district=by.district, area=new.area, made_at=now, made_by=by.name[:60], **asked)
    return row.pk


@transaction.atomic
def end_plan(by: Actor, plan_id: int, now: datetime) -> None:
    """Let a plan hold no longer; one that has ended stays as it is. Raises Denied, NotFound."""
    held = Plan.objects.select_for_update().filter(district=by.district, pk=plan_id).first()
    if held is None:
        raise NotFound
    must_run(by, held.area)
    if held.ended_at is None:
        _end(held, by, now)


def _end(held: Plan, by: Actor, now: datetime) -> None:
    held.ended_at, held.ended_by = now, by.name[:60]
    held.save(update_fields=["ended_at", "ended_by"])
