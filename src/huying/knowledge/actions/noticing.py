"""What is noticed while people are answered: which article helped, and which one is missing."""

from collections.abc import Collection
from datetime import datetime

from django.db import connection, transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Denied, NotFound
from huying.knowledge.models import ArticleUse, Gap
from huying.knowledge.policy import must_read
from huying.knowledge.queries.reading import offered_article
from huying.knowledge.rules.gaps import without_persons
from huying.knowledge.rules.kinds import GapKind, UseChannel

_REPLY_MOST = 2000


@transaction.atomic
def use_article(district: int, article_id: int, channel: UseChannel, key: str, now: datetime) -> None:
    """Count that the article answered the call named by ``key``; the same call counts once.

    Raises Conflict for an article that may not be offered any more.
    """
    if ArticleUse.objects.filter(district=district, key=key).exists():
        return
    try:
        article = offered_article(district, article_id, now)
    except NotFound:
        raise Conflict(
            "这条知识刚刚停用或到期，请另选一条，或核对后自己写答复。",
            fields={"reply": "这条知识刚刚停用或到期，请另选一条，或核对后自己写答复。"},
        ) from None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO knowledge_articleuse (district, article_id, version, day, channel, key) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [district, article_id, article.version, localdate(now), channel.value, key],
        )


def note_gap(district: int, kind: GapKind, words: str, key: str, now: datetime, reply: str = "") -> None:
    """Keep a question that no article answered; the same ``key`` keeps it once.

    Long numbers are taken out, since they may be somebody's. Words that say nothing are left alone.
    """
    kept = without_persons(words)
    if len(kept) < 2:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO knowledge_gap (district, kind, words, reply, at, key, settled_by) "
            "VALUES (%s, %s, %s, %s, %s, %s, '') ON CONFLICT DO NOTHING",
            [district, kind.value, kept, reply.strip()[:_REPLY_MOST], now, key],
        )


def settle_gaps(by: Actor, ids: Collection[int], now: datetime, article_id: int | None = None) -> int:
    """Take the questions off the list: answered by the article, or without one in need of none.

    How many were still open. Raises Denied.
    """
    must_read(by)
    if not by.may(Permission.KNOWLEDGE_EDIT):
        raise Denied
    rows = Gap.objects.filter(district=by.district, id__in=list(ids), settled_at=None)
    return rows.update(settled_at=now, settled_by=by.name, article_id=article_id)
