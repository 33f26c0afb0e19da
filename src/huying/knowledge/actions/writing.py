"""Articles written, changed and withdrawn: each time a further version, never an old one overwritten."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Invalid, NotFound, StaleVersion
from huying.knowledge.models import Article, ArticleVersion
from huying.knowledge.policy import must_write
from huying.knowledge.rules.checking import must_be_sound
from huying.knowledge.rules.fitting import Words, words_of
from huying.people.queries import unit_names

_WORDS = "UPDATE knowledge_article SET words = array_to_tsvector(%s::text[]), current_id = %s WHERE id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDraft:
    """What an article is to say. ``valid_until`` is the last day, None without end; ``body_id`` owns it."""

    question: str
    answer: str
    keywords: tuple[str, ...] = ()
    item: str = ""
    body_id: int | None = None
    valid_from: date
    valid_until: date | None = None
    note: str = ""


@transaction.atomic
def write_article(by: Actor, draft: ArticleDraft, now: datetime, origin: str = "") -> int:
    """A new article; its id. One of the same ``origin`` (a form's key) is written once and left as it is.

    Raises Invalid (fields named), Denied.
    """
    draft = _checked(by, draft)
    if origin:
        known = Article.objects.filter(district=by.district, origin=origin).values_list("id", flat=True)
        if known:
            return known[0]
    article = _new(by.district, origin)
    if article is None:
        # Somebody wrote it at this very moment.
        return Article.objects.get(district=by.district, origin=origin).pk
    _add_version(by, article, 1, draft, now, withdrawn=False)
    return article


def _new(district: int, origin: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO knowledge_article (district, origin, words) VALUES (%s, %s, '') "
            "ON CONFLICT DO NOTHING RETURNING id",
            [district, origin],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def put_article(by: Actor, article_id: int, draft: ArticleDraft, seen: int, now: datetime) -> int:
    """Let the article say exactly ``draft``; the number of its version. What says the same adds none.

    ``seen`` is the version the writer saw. Raises Invalid, Denied, NotFound, Conflict for a withdrawn one,
    StaleVersion when somebody changed it since.
    """
    draft = _checked(by, draft)
    current = _locked(by, article_id)
    if current.withdrawn:
        raise Conflict("这条知识已停用，先恢复再修改。")
    if _draft_of(current) == replace(draft, note=""):
        return current.number
    _must_be_seen(current, seen)
    return _add_version(by, article_id, current.number + 1, draft, now, withdrawn=False)


@transaction.atomic
def withdraw_article(
    by: Actor, article_id: int, now: datetime, *, withdrawn: bool = True, note: str = ""
) -> None:
    """Offer the article to nobody any more, or with ``withdrawn`` False again; done twice it is done once.

    Raises Denied, NotFound.
    """
    current = _locked(by, article_id)
    if current.withdrawn is not withdrawn:
        same = replace(_draft_of(current), note=note)
        _add_version(by, article_id, current.number + 1, same, now, withdrawn=withdrawn)


def _checked(by: Actor, draft: ArticleDraft) -> ArticleDraft:
    must_write(by, draft.body_id)
    if draft.body_id is not None and draft.body_id not in unit_names(by.district):
        raise Invalid(fields={"body": "本区没有这个单位。"})
    question, answer = " ".join(draft.question.split()), draft.answer.replace("\r\n", "\n").strip()
    keywords = tuple(dict.fromkeys(word.strip() for word in draft.keywords if word.strip()))
    must_be_sound(question, answer, keywords, draft.valid_from, draft.valid_until)
    return replace(draft, question=question, answer=answer, keywords=keywords, note=draft.note.strip())


def _locked(by: Actor, article_id: int) -> ArticleVersion:
    """The newest version, with its article locked. Who may not write what it says now, may not change it."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("current")
    article = rows.filter(pk=article_id, district=by.district, current__isnull=False).first()
    if article is None or article.current is None:
        raise NotFound("没有这条知识，或已经停用。")
    must_write(by, article.current.body_id)
    return article.current


def _must_be_seen(current: ArticleVersion, seen: int) -> None:
    if seen != current.number:
        raise StaleVersion("您打开之后有人改过这条知识，请对照最新的一版再保存。")


def _draft_of(version: ArticleVersion) -> ArticleDraft:
    return ArticleDraft(
        question=version.question,
        answer=version.answer,
        keywords=tuple(version.keywords),
        item=version.item,
        body_id=version.body_id,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
    )


def _add_version(
    by: Actor, article_id: int, number: int, draft: ArticleDraft, now: datetime, *, withdrawn: bool
) -> int:
    version = ArticleVersion.objects.create(
        article_id=article_id,
        number=number,
        question=draft.question,
        answer=draft.answer,
        keywords=list(draft.keywords),
        item=draft.item,
        body_id=draft.body_id,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        withdrawn=withdrawn,
        note=draft.note,
        changed_at=now,
        changed_by=by.name,
        changed_by_account=by.account_id,
    )
    tokens = words_of(Words(draft.question, draft.keywords, draft.answer))
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [tokens, version.pk, article_id])
    return number
