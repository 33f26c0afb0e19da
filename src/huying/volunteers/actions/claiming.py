"""Taking a place in a muster, and giving it up: never more places than were asked for, whoever presses when."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from huying.kernel.errors import Conflict, NotFound
from huying.volunteers.actions.telling import tell_called_up, tell_full
from huying.volunteers.models import Claim, Muster, Volunteer
from huying.volunteers.queries.reach import person, whom
from huying.volunteers.rules.fitting import fits
from huying.volunteers.rules.kinds import PLACED, Standing
from huying.volunteers.rules.mustering import most_waiting


@dataclass(frozen=True, slots=True)
class Claimed:
    """How somebody stands after they came forward; ``ahead``: how many wait before them."""

    standing: Standing
    ahead: int = 0


@transaction.atomic
def claim(district: int, muster_id: int, volunteer_id: int, now: datetime) -> Claimed:
    """Take a place, or wait for one where all are taken. Twice changes nothing.

    The muster is held while places are counted: of many who press at one moment, one after the other is looked at.
    Raises NotFound, Conflict for what is over or cancelled, and where too many wait already.
    """
    muster = held(district, muster_id)
    # Held as well: who leaves at this moment leaves before or after, not in between.
    people = Volunteer.objects.select_for_update()
    who = people.filter(district=district, id=volunteer_id, left_at=None).first()
    if who is None:
        raise NotFound
    _must_take(muster, who, now)
    row = Claim.objects.filter(district=district, muster_id=muster_id, volunteer_id=volunteer_id).first()
    if row is not None and row.standing != Standing.LEFT:
        return Claimed(Standing(row.standing), _ahead(row))
    free = places_taken(muster) < muster.quota
    if not free and _waiting(muster) >= most_waiting(muster.quota):
        raise Conflict("人已经够了，候补也满了。谢谢您！")
    row = row or Claim(district=district, muster_id=muster_id, volunteer_id=volunteer_id)
    row.standing = (Standing.HELD if free else Standing.WAITING).value
    row.claimed_at, row.left_at = now, None
    row.save()
    _count(muster, now)
    return Claimed(Standing(row.standing), _ahead(row))


@transaction.atomic
def give_up(district: int, muster_id: int, volunteer_id: int, now: datetime) -> None:
    """They cannot come after all: who waited longest is called up. Twice changes nothing.

    Raises NotFound for who never came forward, Conflict for who has checked in, and once it is over.
    """
    muster = held(district, muster_id)
    row = Claim.objects.filter(district=district, muster_id=muster_id, volunteer_id=volunteer_id).first()
    if row is None:
        raise NotFound
    if row.standing == Standing.LEFT:
        return
    if row.standing not in {Standing.HELD, Standing.WAITING}:
        raise Conflict("已经签到了，不能再退出；有事先走请签退。")
    if muster.closed_at is not None or muster.cancelled_at is not None or now >= muster.ends_at:
        raise Conflict("这次召集已经结束。")
    _release(muster, row, now)


def holds_any(district: int, volunteer_id: int) -> bool:
    """Whether this volunteer has a place or waits for one anywhere."""
    return _held_by(district, volunteer_id).exists()


def give_up_all(district: int, volunteer_id: int, now: datetime) -> None:
    """Give up whatever this volunteer holds in musters that are still to be, in the order of the musters."""
    for muster_id in sorted(_held_by(district, volunteer_id).values_list("muster_id", flat=True)):
        muster = held(district, muster_id)
        row = Claim.objects.get(district=district, muster_id=muster_id, volunteer_id=volunteer_id)
        if row.standing in {Standing.HELD, Standing.WAITING}:
            _release(muster, row, now)


def _held_by(district: int, volunteer_id: int) -> QuerySet[Claim]:
    waiting = [Standing.HELD.value, Standing.WAITING.value]
    return Claim.objects.filter(district=district, volunteer_id=volunteer_id, standing__in=waiting)


def held(district: int, muster_id: int) -> Muster:
    """The muster, locked. Raises NotFound."""
    row = Muster.objects.select_for_update().filter(district=district, id=muster_id).first()
    if row is None:
        raise NotFound
    return row


def places_taken(muster: Muster) -> int:
    """How many places of the quota are taken."""
    rows = Claim.objects.filter(district=muster.district, muster_id=muster.id)
    return rows.filter(standing__in=[one.value for one in PLACED]).count()


def call_up(muster: Muster, now: datetime) -> int:
    """Give free places to those who wait, the longest first, and tell them; how many."""
    free = muster.quota - places_taken(muster)
    if free <= 0 or muster.cancelled_at is not None or now >= muster.ends_at:
        return 0
    rows = list(
        Claim.objects.filter(
            district=muster.district, muster_id=muster.id, standing=Standing.WAITING.value
        ).order_by("claimed_at", "volunteer_id")[:free]
    )
    if not rows:
        return 0
    for row in rows:
        row.standing = Standing.HELD.value
        row.save(update_fields=["standing"])
    tell_called_up(muster, [row.volunteer_id for row in rows], now)
    _count(muster, now)
    return len(rows)


def _must_take(muster: Muster, who: Volunteer, now: datetime) -> None:
    if muster.cancelled_at is not None:
        raise Conflict("这次召集已经取消。")
    if muster.closed_at is not None or now >= muster.ends_at:
        raise Conflict("这次召集已经结束。")
    if muster.only and muster.only != who.kind:
        raise Conflict("这次只召集报到党员。")
    if muster.skills and not set(muster.skills) & set(who.skills):
        raise Conflict("这次要找会这些技能的人。您会的话，先到“我的资料”里补上。")
    if not fits(person(who), whom(muster)):
        raise Conflict("这次召集的不是您这一片的人，或者离您太远。")


def _release(muster: Muster, row: Claim, now: datetime) -> None:
    row.standing, row.left_at = Standing.LEFT.value, now
    row.save(update_fields=["standing", "left_at"])
    call_up(muster, now)


def _count(muster: Muster, now: datetime) -> None:
    """When the first came forward and when the last place was taken: the first time counts."""
    changed = []
    if muster.first_at is None:
        muster.first_at = now
        changed.append("first_at")
    if muster.filled_at is None and places_taken(muster) >= muster.quota:
        muster.filled_at = now
        changed.append("filled_at")
        tell_full(muster, now)
    if changed:
        muster.save(update_fields=changed)


def _waiting(muster: Muster) -> int:
    rows = Claim.objects.filter(district=muster.district, muster_id=muster.id)
    return rows.filter(standing=Standing.WAITING.value).count()


def _ahead(row: Claim) -> int:
    if row.standing != Standing.WAITING:
        return 0
    rows = Claim.objects.filter(
        district=row.district, muster_id=row.muster_id, standing=Standing.WAITING.value
    )
    earlier = rows.filter(claimed_at__lt=row.claimed_at).count()
    return earlier + rows.filter(claimed_at=row.claimed_at, volunteer_id__lt=row.volunteer_id).count()
