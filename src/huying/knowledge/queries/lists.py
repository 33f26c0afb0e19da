"""Lists of articles for those who write them. Filters come from the URL, pages follow a cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Invalid
from huying.kernel.tokens import tsquery
from huying.knowledge.models import Article, ArticleVersion
from huying.knowledge.policy import bodies_written, may_write_all, must_read
from huying.knowledge.queries.reading import ArticleInfo, holding, info, newest
from huying.knowledge.rules.holding import ENDING_DAYS, Standing

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ArticleFilter:
    """What a list is asked for; what is empty does not narrow it."""

    words: str = ""
    body_id: int | None = None
    standing: Standing | None = None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """A page of articles, newest first, and the cursor of the next; "" at the end."""

    articles: Sequence[ArticleInfo]
    after: str = ""


def articles_for(
    actor: Actor, wanted: ArticleFilter, now: datetime, after: str = "", limit: int = PAGE
) -> ArticlePage:
    """The district's articles that fit. Raises Denied, and Invalid for a cursor that is none."""
    must_read(actor)
    day = localdate(now)
    rows = _narrowed(newest(actor.district), actor.district, wanted, day)
    if after:
        rows = rows.filter(article_id__lt=_read(after))
    found = list(rows.order_by("-article_id")[: limit + 1])
    more = str(found[limit - 1].article_id) if len(found) > limit else ""
    return ArticlePage([info(row, day) for row in found[:limit]], more)


def ending_for(actor: Actor, now: datetime, limit: int = PAGE) -> list[ArticleInfo]:
    """What runs out within 30 days or is over, soonest first, of the bodies the actor writes for.

    All of the district for who writes for every body. Raises Denied.
    """
    must_read(actor)
    day = localdate(now)
    rows = newest(actor.district).filter(withdrawn=False, valid_until__lt=day + timedelta(days=ENDING_DAYS))
    if not may_write_all(actor):
        rows = rows.filter(body_id__in=bodies_written(actor))
    return [info(row, day) for row in rows.order_by("valid_until", "article_id")[:limit]]


def _narrowed(
    rows: QuerySet[ArticleVersion], district: int, wanted: ArticleFilter, day: date
) -> QuerySet[ArticleVersion]:
    if wanted.body_id is not None:
        rows = rows.filter(body_id=wanted.body_id)
    if wanted.standing is not None:
        rows = rows.filter(_standing(wanted.standing, day))
    if wanted.words.strip():
        query = tsquery(wanted.words)
        if not query:
            return rows.none()
        holds = RawSQL("words @@ %s::tsquery", [query], output_field=BooleanField())
        rows = rows.filter(
            Exists(Article.objects.filter(holds, district=district, current_id=OuterRef("pk")))
        )
    return rows


def _standing(asked: Standing, day: date) -> Q:
    soon = day + timedelta(days=ENDING_DAYS)
    match asked:
        case Standing.IN_FORCE:
            return holding(day) & (Q(valid_until=None) | Q(valid_until__gte=soon))
        case Standing.ENDING:
            return holding(day) & Q(valid_until__lt=soon)
        case Standing.COMING:
            return Q(withdrawn=False, valid_from__gt=day)
        case Standing.OVER:
            return Q(withdrawn=False, valid_until__lt=day)
        case _:
            return Q(withdrawn=True)


def _read(cursor: str) -> int:
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Invalid("翻页地址不完整，请从第一页看起。")
    return int(cursor)
