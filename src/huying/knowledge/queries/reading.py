"""One article: what it says now, what it said before, whether it may be offered."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.knowledge.models import Article, ArticleVersion
from huying.knowledge.policy import must_read
from huying.knowledge.rules.fitting import Words
from huying.knowledge.rules.holding import Standing, standing


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """An article as one version says it. ``valid_until`` is its last day; ``standing`` is that of the day asked."""

    id: int
    version: int
    question: str
    answer: str
    keywords: tuple[str, ...]
    item: str
    body_id: int | None
    valid_from: date
    valid_until: date | None
    withdrawn: bool
    standing: Standing
    note: str
    changed_at: datetime
    changed_by: str

    @property
    def words(self) -> Words:
        return Words(self.question, self.keywords, self.answer)


def info(version: ArticleVersion, day: date) -> ArticleInfo:
    """A row as a plain value."""
    return ArticleInfo(
        id=version.article_id,
        version=version.number,
        question=version.question,
        answer=version.answer,
        keywords=tuple(version.keywords),
        item=version.item,
        body_id=version.body_id,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        withdrawn=version.withdrawn,
        standing=standing(version.valid_from, version.valid_until, day, withdrawn=version.withdrawn),
        note=version.note,
        changed_at=version.changed_at,
        changed_by=version.changed_by,
    )


def holding(day: date) -> Q:
    """The condition on newest versions that may be offered on ``day``."""
    return Q(withdrawn=False, valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))


def newest(district: int) -> QuerySet[ArticleVersion]:
    """The newest version of every article of the district."""
    current = Article.objects.filter(district=district, current__isnull=False).values("current_id")
    return ArticleVersion.objects.filter(pk__in=current)


def article_for(actor: Actor, article_id: int, now: datetime) -> ArticleInfo:
    """One article of the actor's district, whatever its standing. Raises Denied, NotFound."""
    must_read(actor)
    return _one(newest(actor.district), article_id, localdate(now))


def versions_for(actor: Actor, article_id: int, now: datetime) -> list[ArticleInfo]:
    """Everything the article ever said, newest first. Raises Denied, NotFound."""
    must_read(actor)
    rows = ArticleVersion.objects.filter(article_id=article_id, article__district=actor.district)
    found = [info(version, localdate(now)) for version in rows.order_by("-number")]
    if not found:
        raise NotFound
    return found


def offered_article(district: int, article_id: int, now: datetime) -> ArticleInfo:
    """An article as it may be told to anybody now. Raises NotFound for one withdrawn, over or not begun."""
    day = localdate(now)
    return _one(newest(district).filter(holding(day)), article_id, day)


def _one(rows: QuerySet[ArticleVersion], article_id: int, day: date) -> ArticleInfo:
    version = rows.filter(article_id=article_id).first()
    if version is None:
        raise NotFound("没有这条知识，或已经停用。")
    return info(version, day)
