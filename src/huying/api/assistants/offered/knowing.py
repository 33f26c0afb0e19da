"""What the house knows: articles, the responsibility list, reports, other cases of the same matter, whom to send to."""

from datetime import datetime
from typing import Any, Final

from pydantic import Field

from huying.access.permissions import Permission as P
from huying.api.assistants.asked import Asked, at_day, moment
from huying.api.assistants.offered.cases import NUMBER
from huying.api.assistants.registry import Input, Told, Tool
from huying.api.assistants.told.cases import line
from huying.api.assistants.told.items import item_told
from huying.api.assistants.told.papers import report_line, report_told
from huying.api.assistants.told.quoting import quoted
from huying.cases.queries.described import described
from huying.catalogue.queries import item, search_items
from huying.kernel.errors import NotFound
from huying.knowledge.queries import fitting
from huying.loop.allocate.queries import Asked as Described
from huying.loop.allocate.queries import suggest_bodies, suggest_items
from huying.loop.allocate.queries.alike import Match, Said, alike, same_matter
from huying.people.queries import unit_names
from huying.reports.queries.archive import report_for, reports_for
from huying.reports.rules.kinds import ReportKind

_MOST: Final = 10


class Question(Input):
    """A question in plain words."""

    question: str = Field(min_length=2, max_length=200, description="问题，照来电人的说法写")
    item: str = Field("", max_length=32, description="事项代码；有就优先给这个事项的条目")


class Words(Input):
    """Words of an item."""

    words: str = Field(min_length=1, max_length=60, description="事项的名称或说法，如“占道经营”")


class Coded(Input):
    """One item."""

    code: str = Field(min_length=2, max_length=32, description="事项代码，如 070101")


class Which(Input):
    """Which report."""

    kind: ReportKind = Field(ReportKind.DAY, description="day 日汇总、week 周评价、month 月分析")
    day: str = Field("", max_length=10, description="报告所讲日子中的一天，如 2026-03-02；空为最近一期")
    area: str = Field("", max_length=12, pattern=r"^[0-9]*$", description="区划代码，6 位全区或 9 位街道")


class Same(Input):
    """A case, or words and a place."""

    number: str = Field("", max_length=20, description=f"{NUMBER}；与 text 二选一")
    text: str = Field("", max_length=1000, description="来电人的话")
    place: str = Field("", max_length=200, description="地点的说法")


class Numbered(Input):
    """One case."""

    number: str = Field(max_length=20, description=NUMBER)


def _knowledge(asked: Asked, given: Question) -> Told:
    rows = [
        {
            "id": one.article.id, "version": one.article.version, "question": one.article.question,
            "answer": one.article.answer, "item": one.article.item, "changed_at": moment(one.article.changed_at),
            "valid_until": str(one.article.valid_until) if one.article.valid_until else None,
            "score": round(one.score, 2),
        }
        for one in fitting(asked.district, given.question, asked.now, _MOST, given.item)
    ]  # fmt: skip
    return Told(
        f"知识库有 {len(rows)} 条对得上。" if rows else "知识库没有对得上的，不要编造。", {"articles": rows}
    )


def _items(asked: Asked, given: Words) -> Told:
    found = search_items(asked.district, given.words, _MOST)
    rows = [
        {
            "code": one.item.code,
            "name": one.item.name,
            "group": one.item.group_name,
            "class": one.item.class_name,
        }
        for one in found
    ]
    return Told(f"职责清单有 {len(rows)} 项对得上。", {"items": rows})


def _item(asked: Asked, given: Coded) -> Told:
    one = item(asked.district, given.code)
    return Told(
        f"{one.code} {one.name}，立案条件 {len(one.conditions)} 条。",
        {"item": item_told(asked.district, one)},
    )


def _report(asked: Asked, given: Which) -> Told:
    day = at_day(given.day, "day")
    lines, _more = reports_for(asked.actor, kind=given.kind, area=given.area, day=day, limit=_MOST)
    if not lines:
        raise NotFound("这一期报告还没有生成，或不在您的岗位范围内。")
    found = report_for(asked.actor, lines[0].id)
    others = [report_line(one) for one in lines[1:]]
    signed = f"{found.line.signed_by}已签发" if found.line.signed_at else "还没有签发"
    return Told(f"{found.title('zh')}，{signed}。", {"report": report_told(found), "others": others})


def _same(asked: Asked, given: Same) -> Told:
    if given.number:
        view = asked.case(given.number)
        found = alike(asked.actor, view.line, asked.now)
    else:
        found = same_matter(asked.actor, Said(given.text, given.place), asked.now)
        if found:
            asked.saw(f"助手查看相似案件：{len(found)} 件")
    rows = [_match(one) for one in found]
    return Told(f"可能是同一件事的 {len(rows)} 件，是否并案由人判断。", {"matches": rows})


def _match(one: Match) -> dict[str, Any]:
    like = one.likeness
    return line(one.line) | {
        "likely": round(like.score, 2), "same_item": like.same_item, "metres": like.metres,
        "days_apart": like.apart.days, "words": [quoted(word, 40) for word in like.words[:8]],
    }  # fmt: skip


def _suggest(asked: Asked, given: Numbered) -> Told:
    view = asked.case(given.number)
    known = described(asked.district, [view.line.id])[view.line.id]
    guesses = [] if known.item else suggest_items(asked.district, [known.text], 5)[0]
    names = {guess.code: _name(asked.district, guess.code) for guess in guesses}
    code = known.item or (guesses[0].code if guesses else "")
    bodies = _bodies(asked.district, code, known, asked.now) if code else []
    data = {
        "item": known.item,
        "items": [
            {"code": guess.code, "name": names[guess.code], "likely": round(guess.probability, 3)}
            for guess in guesses
        ],
        "bodies": bodies,
    }
    first = f"最可能由{bodies[0]['body']}办" if bodies else "还说不准由谁办"
    return Told(f"{first}；只是建议，派单由人定。", data)


def _bodies(district: int, code: str, known: Any, now: datetime) -> list[dict[str, Any]]:
    wanted = Described(code, known.area, known.kind, known.channel, now, known.condition)
    names = unit_names(district)
    return [
        {
            "body_id": one.body_id, "body": names.get(one.body_id, ""), "likely": round(one.probability, 3),
            "source": one.source.zh, "reasons": list(one.reasons),
        }
        for one in suggest_bodies(district, [wanted], now)[0]
    ]  # fmt: skip


def _name(district: int, code: str) -> str:
    try:
        return item(district, code).name
    except NotFound:
        return code


TOOLS: Final = (
    Tool(
        "search_knowledge", "查知识库", "按来电人的说法找标准答复；没有对得上的就说没有。",
        Question, {"articles": "条目"}, _knowledge, (P.KNOWLEDGE_READ,),
    ),
    Tool(
        "search_items", "查职责清单", "按名称或说法找事项。",
        Words, {"items": "事项"}, _items, (P.CATALOGUE_READ,),
    ),
    Tool(
        "read_item", "读一个事项", "事项的立案条件、牵头和配合单位、各环节时限、办结标准和要交的材料。",
        Coded, {"item": "事项"}, _item, (P.CATALOGUE_READ,),
    ),
    Tool(
        "read_report", "读报告", "日汇总、周评价或月分析的全文和签发情况。",
        Which, {"report": "报告", "others": "同一天的其他报告"}, _report, (P.REPORT_READ,),
    ),
    Tool(
        "same_matter", "是不是同一件事", "找与一件案件或一段话可能是同一件事的案件，附相似的理由。",
        Same, {"matches": "相似案件"}, _same, (P.CASE_READ,),
    ),
    Tool(
        "suggest_dispatch", "派给谁", "对一件案件建议事项和承办单位，附先例、清单、历史的理由。",
        Numbered, {"items": "可能的事项", "bodies": "可能的单位"}, _suggest, (P.CASE_DISPATCH, P.CASE_FILE),
    ),
)  # fmt: skip
