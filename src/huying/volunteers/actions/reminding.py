"""What is told without being asked: that a muster is soon, to those who come; that hours wait, to who called."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.volunteers.actions.telling import tell_soon, tell_unsettled
from huying.volunteers.models import Claim, Muster
from huying.volunteers.rules.kinds import Standing

#: So long before it begins those who come are reminded, unless it was called later than that.
SOON: Final = timedelta(hours=18)
#: So long after the end whoever called is reminded of the hours.
UNSETTLED: Final = timedelta(hours=20)


def remind_due(district: int, now: datetime) -> int:
    """Tell what is due; how many musters. Each is told once, by whichever worker claims it."""
    open_ones = Muster.objects.filter(district=district, closed_at=None, cancelled_at=None)
    soon = open_ones.filter(reminded_at=None, starts_at__gt=now, starts_at__lte=now + SOON)
    late = open_ones.filter(urged_at=None, ends_at__lte=now - UNSETTLED)
    told = 0
    for muster in soon.order_by("id"):
        told += _remind(muster, now)
    for muster in late.order_by("id"):
        told += _urge(muster, now)
    return told


@transaction.atomic
def _remind(muster: Muster, now: datetime) -> int:
    mine = Muster.objects.filter(district=muster.district, id=muster.id, reminded_at=None)
    if not mine.update(reminded_at=now) or muster.made_at > muster.starts_at - SOON:
        return 0
    coming = Claim.objects.filter(district=muster.district, muster_id=muster.id, standing=Standing.HELD.value)
    tell_soon(muster, list(coming.values_list("volunteer_id", flat=True)), now)
    return 1


@transaction.atomic
def _urge(muster: Muster, now: datetime) -> int:
    if not Muster.objects.filter(district=muster.district, id=muster.id, urged_at=None).update(urged_at=now):
        return 0
    tell_unsettled(muster, now)
    return 1
