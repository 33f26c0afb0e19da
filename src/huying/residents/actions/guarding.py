"""设备守护: which device guards which person."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.devices.queries import Sought, devices_for
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.residents.actions.persons import held_person
from huying.residents.models import Guarding
from huying.residents.queries.cards import grounds_of
from huying.residents.rules.kinds import Purpose


@transaction.atomic
def guard(by: Actor, person_id: int, code: str, now: datetime) -> int:
    """From now on an alarm of this device is this person's; the id of the row. Twice is once.

    Raises Denied, NotFound, Invalid for a device the actor does not see or that was retired, Conflict without a ground
    that allows guarding.
    """
    row = held_person(by, person_id)
    found = next(
        (one for one in devices_for(by, Sought(word=code.strip())) if one.code == code.strip()), None
    )
    if found is None:
        raise Invalid(fields={"device": said("没有这个编号的设备，或已停用。")})
    if not any(one.holds and one.purpose is Purpose.GUARD for one in grounds_of(row, now)):
        told = said("没有安全守护的依据，请先登记同意。")
        raise Conflict(told, fields={"device": told})
    made = Guarding(
        district=row.district, person_id=row.id, device_id=found.id, device=found.code, since=now,
        made_by=by.name[:60],
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        there = Guarding.objects.get(
            district=row.district, person_id=row.id, device=found.code, ended_at=None
        )
        return there.id
    return made.id


@transaction.atomic
def unguard(by: Actor, person_id: int, guarding_id: int, now: datetime) -> None:
    """It guards them no more. Twice changes nothing. Raises Denied, NotFound."""
    row = held_person(by, person_id)
    held = Guarding.objects.filter(district=row.district, person_id=row.id, id=guarding_id).first()
    if held is None:
        raise NotFound
    if held.ended_at is None:
        held.ended_at, held.ended_by = now, by.name[:60]
        held.save(update_fields=["ended_at", "ended_by"])
