"""What the platform would do with a case: items, units, and cases that are the same matter, each with its reasons."""

from typing import Any, Final

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.v1.asking import own_case
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.api.v1.telling import short
from huying.cases.queries.described import described
from huying.cases.queries.page import case_for
from huying.catalogue.queries import live_list
from huying.loop.allocate.queries import suggest_bodies, suggest_items
from huying.loop.allocate.queries.alike import alike
from huying.loop.allocate.queries.described import Asked
from huying.people.queries import unit_names

router = Router(tags=["分拨建议"])
_MOST: Final = 5


class ItemSuggestion(Schema):
    """An item that the words speak for."""

    code: str = Field(examples=["0205"])
    name: str = Field(examples=["垃圾未及时清运"])
    probability: float = Field(description="把握，0 到 1", examples=[0.83])
    words: list[str] = Field(description="凭哪些词", examples=[["垃圾", "没人收"]])


class BodySuggestion(Schema):
    """A unit for the case as it is filed."""

    body_id: int
    name: str = Field(examples=["城市管理局"])
    probability: float = Field(examples=[0.97])
    source: str = Field(description="precedent 裁定、list 清单、memory 以往", examples=["list"])
    reasons: list[str] = Field(examples=[["职责清单：市容环卫由城市管理局承办"]])


class SameMatter(Schema):
    """Another case that may be the same matter."""

    case: CaseShort
    score: float = Field(description="像同一件事的程度，0 到 1", examples=[0.78])
    words: list[str] = Field(description="都提到的词", examples=[["春风路", "垃圾"]])
    metres: int | None = Field(description="相距多少米", examples=[35])


class Suggested(Schema):
    """Nothing follows from it: a person or a system with the permission decides."""

    items: list[ItemSuggestion]
    bodies: list[BodySuggestion] = Field(description="按现在的事项和区划；还没有事项的为空")


class Alike(Schema):
    """Cases like this one, the likest first."""

    cases: list[SameMatter]
    after: str = Field(examples=[""])


@router.get("/cases/{number}/suggestions", response=Suggested, summary="事项和承办单位建议")
def suggested(request: AskedRequest, number: str) -> dict[str, Any]:
    """Items by the callers' words, and units by item, area and earlier decisions."""
    must(request.actor, Permission.CASE_FILE, Permission.CASE_DISPATCH)
    case = case_for(request.actor, *own_case(request, number), request.now)
    line, district = case.line, request.actor.district
    text = described(district, [line.id])[line.id].text
    held = live_list(district).held.items
    names = unit_names(district)
    found = []
    if line.item:
        asked = Asked(line.item, line.area, line.kind, line.channel, line.opened_at, case.condition)
        found = suggest_bodies(district, [asked], request.now, _MOST)[0]
    return {
        "items": [
            {"code": one.code, "name": held[one.code].name if one.code in held else "",
             "probability": one.probability, "words": list(one.words)}
            for one in suggest_items(district, [text], _MOST)[0]
        ],
        "bodies": [
            {"body_id": one.body_id, "name": names.get(one.body_id, ""), "probability": one.probability,
             "source": str(one.source), "reasons": list(one.reasons)}
            for one in found
        ],
    }  # fmt: skip


@router.get("/cases/{number}/alike", response=Alike, summary="同一件事的其他案件")
def same(request: AskedRequest, number: str) -> dict[str, Any]:
    """Open cases that may be the same matter, with the reasons; merging them is the step ``merge``."""
    must(request.actor, Permission.CASE_READ)
    case = case_for(request.actor, *own_case(request, number), request.now)
    return {
        "cases": [
            {"case": short(one.line), "score": one.likeness.score, "words": list(one.likeness.words),
             "metres": one.likeness.metres}
            for one in alike(request.actor, case.line, request.now)
        ],
        "after": "",
    }  # fmt: skip
