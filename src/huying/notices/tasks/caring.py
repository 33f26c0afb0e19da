"""Carriers that fail are told to who answers for them; what nobody needs any more is taken away."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from huying.access.permissions import Permission
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.models import Notice
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import holding, languages
from huying.notices.rules.kinds import Sending
from huying.texts.rules.occasions import Occasion

_DAY: Final = timedelta(days=1)
_READ_KEPT: Final = timedelta(days=90)
_KEPT: Final = timedelta(days=180)
_MOST: Final = 5000


def tell_given_up(district: int, now: datetime) -> None:
    """Once a day, if messages of the last day were given up: how many, and what the carrier said last."""
    failed = Notice.objects.filter(district=district, state=Sending.FAILED, made_at__gte=now - _DAY)
    last = failed.order_by("-id").first()
    if last is None:
        return
    told = Happened(district, Occasion.GIVEN_UP, words=last.error, count=failed.count())
    people = languages(holding(posts_held(district, now), Permission.TEXT_EDIT, str(district)))
    once = f"given_up:{timezone.localdate(now).isoformat()}"
    write_for_staff(district, [ToStaff(told, 0, now, people, once=once)], now)


def clear_old_notices(district: int, now: datetime) -> None:
    """Take away what was read a quarter ago and everything of half a year ago, a few thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM notices_notice WHERE (district, id) IN (SELECT district, id FROM notices_notice "
            "WHERE district = %s AND (read_at < %s OR made_at < %s) LIMIT %s)",
            [district, now - _READ_KEPT, now - _KEPT, _MOST],
        )
