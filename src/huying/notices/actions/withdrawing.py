"""What was told and need not be any more: somebody did it."""

from collections.abc import Collection
from datetime import datetime

from huying.notices.models import Notice
from huying.notices.rules.kinds import Sending, Way
from huying.texts.rules.occasions import Occasion


def withdraw(
    district: int, once: str, occasions: Collection[Occasion], accounts: Collection[int], why: str, now: datetime
) -> None:  # fmt: skip
    """What still waits to go out to these accounts is not sent, what stands in their pages counts as read.

    ``once`` is what it was told by; ``why`` stands beside what is dropped.
    """
    keys = {
        way: [f"{once}:{occasion.value}:a{account}:{way.value}" for occasion in occasions for account in accounts]
        for way in Way
    }  # fmt: skip
    Notice.objects.filter(district=district, once__in=keys[Way.PAGE], read_at=None).update(read_at=now)
    Notice.objects.filter(
        district=district, once__in=[key for way, found in keys.items() if way is not Way.PAGE for key in found],
        state__in=[Sending.WAITING.value, Sending.GATHERING.value], tries=0,
    ).update(state=Sending.DROPPED.value, next_at=None, error=why)  # fmt: skip
