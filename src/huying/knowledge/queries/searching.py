"""Articles that answer what somebody says, best first. Only what may be offered on the day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection
from django.utils.timezone import localdate

from huying.knowledge.models import ArticleVersion
from huying.knowledge.queries.reading import ArticleInfo, holding, info
from huying.knowledge.rules.fitting import FITS, any_of, fit, terms

# So many of those that share most terms are looked at closely.
_CLOSELY: Final = 60
_LONGEST: Final = 400
_OF_THE_ITEM: Final = 0.5
# How many terms an article shares, by the index of words alone; then those that share most.
_SHARING: Final = """
SELECT a.current_id FROM knowledge_article a
JOIN knowledge_articleversion v ON v.id = a.current_id
WHERE a.district = %s AND a.words @@ %s::tsquery AND NOT v.withdrawn
AND v.valid_from <= %s AND (v.valid_until IS NULL OR v.valid_until >= %s)
ORDER BY ts_rank(a.words, %s::tsquery) DESC, a.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Fitting:
    """An article that fits, and how well: from ``rules.fitting.FITS`` upwards."""

    article: ArticleInfo
    score: float


def fitting(district: int, asked: str, now: datetime, limit: int, item: str = "") -> list[Fitting]:
    """The articles that answer ``asked``, best first; those about ``item`` before others that fit as well.

    Two statements at most, whatever was asked; none when nothing is left of it.
    """
    asked = asked[:_LONGEST]
    query, day = any_of(terms(asked)), localdate(now)
    if not query:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SHARING, [district, query, day, day, query, _CLOSELY])
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return []
    rows = ArticleVersion.objects.filter(holding(day), pk__in=ids)
    found = [_judged(info(row, day), asked, item) for row in rows]
    return sorted((one for one in found if one.score >= FITS), key=lambda one: (-one.score, one.article.id))[
        :limit
    ]


def _judged(article: ArticleInfo, asked: str, item: str) -> Fitting:
    score = fit(asked, article.words)
    return Fitting(article, score + _OF_THE_ITEM if score and item and article.item == item else score)
