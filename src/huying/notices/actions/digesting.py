"""汇总: what somebody did not want one by one, told in one message at the hour they chose."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from huying.notices.actions.keeping import keep
from huying.notices.models import Notice
from huying.notices.queries.addresses import address_of, page_link
from huying.notices.queries.wording import Happened, worded
from huying.notices.rules.kinds import Sending, Way
from huying.people.queries.reaching import languages_of
from huying.texts.rules.occasions import Occasion

_SHOWN: Final = 12
_DUE: Final = """
SELECT DISTINCT district, account_id, way FROM notices_notice
WHERE state = 'gathering' AND due_at <= %s LIMIT 200
"""


def gather_due(now: datetime) -> int:
    """Make the digests whose hour has come; how many."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [now])
        due = cursor.fetchall()
    return sum(_gather(district, account, Way(way), now) for district, account, way in due)


@transaction.atomic
def _gather(district: int, account: int, way: Way, now: datetime) -> bool:
    held = Notice.objects.select_for_update(skip_locked=True).filter(
        district=district, account_id=account, way=way.value, state=Sending.GATHERING, due_at__lte=now
    )
    rows = list(held.order_by("id"))
    if not rows:
        return False
    once = f"digest:{account}:{way.value}:{rows[-1].id}"
    keep([_digest(rows, district, account, way, once, now)])
    made = Notice.objects.get(district=district, once=once)
    ids = [row.id for row in rows]
    Notice.objects.filter(district=district, id__in=ids).update(
        state=Sending.GATHERED.value, gathered_in=made.id, sent_at=now
    )
    return True


def _digest(
    rows: Sequence[Notice], district: int, account: int, way: Way, once: str, now: datetime
) -> Notice:
    lines = [row.title for row in rows[:_SHOWN]]
    if len(rows) > _SHOWN:
        lines.append("…")
    told = Happened(district, Occasion.DIGEST, words="；".join(lines), count=len(rows))
    language = languages_of([account]).get(account, "zh-hans")
    title, text = worded(told, language, address_of(page_link(told)), now)
    return Notice(
        district=district, account_id=account, occasion=Occasion.DIGEST.value, way=way.value, title=title,
        text=text, link=page_link(told), once=once, made_at=now, due_at=now, next_at=now,
        state=Sending.WAITING.value,
    )  # fmt: skip
