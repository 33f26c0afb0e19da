"""知识库: articles found, read, written in versions, withdrawn; questions without an article."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.knowledge.actions import (
    ArticleDraft,
    load_starter_articles,
    put_article,
    settle_gaps,
    withdraw_article,
    write_article,
)
from huying.knowledge.queries import (
    ArticleFilter,
    ArticleInfo,
    article_for,
    articles_for,
    ending_for,
    gap_for,
    gaps_for,
    versions_for,
)
from huying.knowledge.queries.searching import fitting
from huying.knowledge.rules.holding import Standing

router = Router(tags=["知识库"])
Article = told(ArticleInfo, "Article")


class Asked(Turn):
    """Which articles."""

    q: str = Field("", max_length=60, description="词", examples=["老年证"])
    body: int | None = Field(None, ge=1, lt=2**63, description="责任单位")
    standing: Annotated[Standing, listed_as(Standing)] | None = Field(None, description="是否在用")


class Draft(Body):
    """What an article says."""

    question: str = Field(min_length=2, max_length=120, examples=["老年证在哪里办？"])
    answer: str = Field(
        min_length=2, max_length=4000, examples=["请到街道办事大厅一楼综合窗口办理，带上身份证。"]
    )
    keywords: list[str] = Field([], max_length=20, examples=[["老年证", "敬老卡"]])
    item: str = Field("", max_length=32, description="事项代码", examples=[""])
    body: int | None = Field(None, ge=1, lt=2**63, description="责任单位", examples=[12])
    valid_from: date
    valid_until: date | None = Field(None, examples=["2027-03-01"])
    note: str = Field("", max_length=200, description="为什么改", examples=["窗口搬家"])


class Written(Draft):
    """A new article."""

    key: str = Field("", max_length=64, description="同一个键只写一次", examples=["kb-0001"])


class Away(Body):
    """Why."""

    note: str = Field("", max_length=200, examples=["政策已废止"])


class Question(Schema):
    """Questions that no article answered, together."""

    id: int
    words: str = Field(examples=["老年证能不能网上办"])
    count: int = Field(description="几个人问过")


class KnowledgeSettled(Body):
    """By which article; without one the question needs none."""

    article: int | None = Field(None, ge=1, lt=2**63)


class KnowledgeCount(Schema):
    """How many."""

    count: int


@router.get("/articles", response=page_of("articles", Article), summary="知识")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The articles that fit."""
    must(request.actor, Permission.KNOWLEDGE_READ)
    wanted = ArticleFilter(asked.q, asked.body, asked.standing)
    page = articles_for(request.actor, wanted, request.now, asked.after, asked.limit)
    return {"articles": page.articles, "after": page.after}


@router.get("/articles/fitting", response=page_of("articles", Article), summary="答得上的知识")
def fits(
    request: AskedRequest,
    q: Annotated[str, Query(min_length=1, max_length=500, description="问的话", examples=["老年证怎么办"])],
    item: Annotated[str, Query(max_length=32)] = "",
) -> dict[str, Any]:
    """The articles that answer a question now, best first."""
    must(request.actor, Permission.KNOWLEDGE_READ, Permission.APPEAL_RECEIVE)
    found = fitting(request.actor.district, q, request.now, 10, item)
    return {"articles": [one.article for one in found], "after": ""}


@router.get("/articles/ending", response=page_of("articles", Article), summary="快到期的知识")
def ending(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What runs out within 30 days or is over."""
    must(request.actor, Permission.KNOWLEDGE_READ)
    rows, after = cut(ending_for(request.actor, request.now, 500), turn, lambda row: row.id)
    return {"articles": rows, "after": after}


@router.post("/articles/starter", response=KnowledgeCount, summary="装入起步知识")
def starter(request: AskedRequest) -> dict[str, int]:
    """The platform's articles that the district does not have yet."""
    must(request.actor, Permission.KNOWLEDGE_EDIT)
    return {"count": load_starter_articles(request.actor, request.now)}


@router.get("/articles/{number}", response=Article, summary="一条知识")
def one(request: AskedRequest, number: int) -> ArticleInfo:
    """An article as it reads now."""
    must(request.actor, Permission.KNOWLEDGE_READ)
    return article_for(request.actor, known(number), request.now)


@router.get(
    "/articles/{number}/versions",
    response=page_of("versions", told(ArticleInfo, "ArticleVersion")),
    summary="知识的各版",
)
def versions(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Everything the article ever said, newest first."""
    must(request.actor, Permission.KNOWLEDGE_READ)
    rows, after = cut(versions_for(request.actor, known(number), request.now), turn, lambda row: row.version)
    return {"versions": rows, "after": after}


@router.post("/articles", response={201: Article}, summary="写知识")
def written(request: AskedRequest, given: Written) -> Status[ArticleInfo]:
    """A new article; seats and residents find it at once."""
    must(request.actor, Permission.KNOWLEDGE_EDIT)
    number = write_article(request.actor, _draft(given), request.now, origin=given.key)
    return Status(201, article_for(request.actor, number, request.now))


@router.put("/articles/{number}", response={200: Article, 409: Problem}, summary="改知识")
def changed(request: AskedRequest, number: int, given: Draft) -> ArticleInfo:
    """Let an article say exactly this, as a new version."""
    must(request.actor, Permission.KNOWLEDGE_EDIT)
    seen = article_for(request.actor, known(number), request.now).version
    put_article(request.actor, number, _draft(given), seen, request.now)
    return article_for(request.actor, number, request.now)


@router.post("/articles/{number}/withdraw", response=Article, summary="停用知识")
def withdrawn(request: AskedRequest, number: int, given: Away) -> ArticleInfo:
    """Offer it to nobody any more."""
    must(request.actor, Permission.KNOWLEDGE_EDIT)
    withdraw_article(request.actor, known(number), request.now, note=given.note)
    return article_for(request.actor, number, request.now)


@router.post("/articles/{number}/restore", response=Article, summary="恢复知识")
def restored(request: AskedRequest, number: int, given: Away) -> ArticleInfo:
    """Offer it again."""
    must(request.actor, Permission.KNOWLEDGE_EDIT)
    withdraw_article(request.actor, known(number), request.now, withdrawn=False, note=given.note)
    return article_for(request.actor, number, request.now)


@router.get("/questions", response=page_of("questions", Question), summary="没有知识的问题")
def gaps(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The open questions in groups, the most asked first."""
    must(request.actor, Permission.KNOWLEDGE_READ)
    rows = [
        {"id": one.members[0].id, "words": one.words, "count": one.times} for one in gaps_for(request.actor)
    ]
    page, after = cut(rows, turn, lambda row: row["id"])
    return {"questions": page, "after": after}


@router.post("/questions/{number}/settle", response=KnowledgeCount, summary="问题已处理")
def settled(request: AskedRequest, number: int, given: KnowledgeSettled) -> dict[str, int]:
    """Take a group of questions off the list."""
    must(request.actor, Permission.KNOWLEDGE_EDIT)
    group = gap_for(request.actor, known(number))
    return {
        "count": settle_gaps(request.actor, [one.id for one in group.members], request.now, given.article)
    }


def _draft(given: Draft) -> ArticleDraft:
    return ArticleDraft(
        question=given.question, answer=given.answer, keywords=tuple(given.keywords), item=given.item,
        body_id=given.body, valid_from=given.valid_from, valid_until=given.valid_until, note=given.note,
    )  # fmt: skip
