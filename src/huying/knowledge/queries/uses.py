"""How often articles answered somebody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.timezone import localdate

from huying.knowledge.models import ArticleUse
from huying.knowledge.queries.reading import ArticleInfo, holding, info, newest

# What was asked in the last quarter of a year says what is asked now.
_LATELY = timedelta(days=90)


def uses_of(district: int, article_ids: Iterable[int], now: datetime) -> dict[int, int]:
    """How often each was used in the last 90 days; one never used is left out."""
    since = localdate(now - _LATELY)
    rows = ArticleUse.objects.filter(district=district, article_id__in=list(article_ids), day__gt=since)
    return dict(rows.values_list("article_id").annotate(n=Count("id")))


def uses_by_channel(district: int, article_id: int, now: datetime) -> list[tuple[str, int]]:
    """(channel, uses in the last 90 days) of one article."""
    since = localdate(now - _LATELY)
    rows = ArticleUse.objects.filter(district=district, article_id=article_id, day__gt=since)
    return list(rows.values_list("channel").annotate(n=Count("id")).order_by("channel"))


def most_used(district: int, now: datetime, limit: int) -> list[ArticleInfo]:
    """What is asked most, of what may be offered now; what was never asked comes last, oldest first."""
    day, since = localdate(now), localdate(now - _LATELY)
    counted = ArticleUse.objects.filter(district=district, day__gt=since).values_list("article_id")
    # Some of what was asked most may be withdrawn by now.
    ids = [row[0] for row in counted.annotate(n=Count("id")).order_by("-n", "article_id")[: 4 * limit]]
    offered = newest(district).filter(holding(day))
    asked = {row.article_id: info(row, day) for row in offered.filter(article_id__in=ids)}
    found = [asked[number] for number in ids if number in asked][:limit]
    others = offered.exclude(article_id__in=asked).order_by("article_id")[: limit - len(found)]
    return [*found, *(info(row, day) for row in others)]
