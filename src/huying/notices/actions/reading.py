"""Notices read; done twice it is done once."""

from datetime import datetime

from django.db import connection

from huying.access.actor import Actor
from huying.kernel.errors import Denied
from huying.notices.models import Notice
from huying.notices.queries.mine import MyNotice, my_notice
from huying.notices.rules.kinds import Way
from huying.texts.rules.occasions import Occasion


def mark_read(actor: Actor, notice_id: int, now: datetime) -> MyNotice:
    """One's own notice, read from now on. Raises NotFound for everybody else's."""
    found = my_notice(actor, notice_id)
    if not found.read:
        Notice.objects.filter(district=actor.district, id=notice_id, read_at__isnull=True).update(read_at=now)
    return found


def mark_all_read(actor: Actor, now: datetime, occasion: Occasion | None = None) -> int:
    """Everything one has not read, of one occasion where it is named; how many."""
    if actor.account_id is None:
        raise Denied
    rows = Notice.objects.filter(account_id=actor.account_id, way=Way.PAGE, read_at__isnull=True)
    if occasion is not None:
        rows = rows.filter(occasion=occasion.value)
    count: int = rows.update(read_at=now)
    return count


def mark_case_read(actor: Actor, case_id: int, now: datetime) -> None:
    """Whoever opens a case has seen what was told of it."""
    if actor.account_id is not None:
        with connection.cursor() as cursor:
            # Done with every case that is opened: building the statement costs the framework more than it does.
            cursor.execute(
                "UPDATE notices_notice SET read_at = %s "
                "WHERE account_id = %s AND case_id = %s AND way = %s AND read_at IS NULL",
                [now, actor.account_id, case_id, Way.PAGE.value],
            )
