"""对应表和试验台: how a system's letters are read and ours are written, in versions; tried without keeping anything."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.exchanging.systems import Code, System
from huying.api.v1.exchanging.telling import CONTENT, LETTER, MAP
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.exchange.actions.peers import put_map
from huying.exchange.queries.peers import maps_for, peer_for, switchings_for
from huying.exchange.queries.trying import try_case, try_letters
from huying.exchange.rules.kinds import InKind, OutKind

router = Router(tags=["系统对接"])
# A letter names whom it is about: what was tried is kept nowhere, not under a key either.
_TRIED = Manners(kept=False, matched=False, private=True)


class MapPut(Body):
    """Another version of a mapping."""

    map: dict[str, Any] = Field(description="对应表，写法见 docs/exchange.md", examples=[MAP])
    why: str = Field(min_length=1, max_length=200, description="改了什么", examples=["对方新增诉求类型"])


class MapVersionLine(Schema):
    """One version of a mapping; the newest holds."""

    number: int
    map: dict[str, Any] = Field(examples=[MAP])
    made_at: datetime
    made_by: str
    why: str = Field(examples=["对方新增诉求类型"])


class SwitchingLine(Schema):
    """One turn of a system's switch."""

    id: int
    on: bool
    at: datetime
    by: str
    why: str = Field(examples=["联调通过"])


class LetterTry(Body):
    """A letter of theirs, or several."""

    letter: str = Field(
        min_length=2, max_length=100_000, description="对方的信，JSON 原文", examples=[LETTER]
    )


class CaseTry(Body):
    """A case of ours."""

    number: str = Field(max_length=40, description="案件编号", examples=["440310-000012345"])


class ReadLine(Schema):
    """One field of a letter: where it stood, what was given, what it became."""

    name: str = Field(examples=["kind"])
    path: str = Field(examples=["appealType"])
    given: str = Field(examples=["投诉"])
    became: str = Field(examples=["complaint"])
    wrong: str = Field(examples=[""])


class LetterRead(Schema):
    """A letter as it would be read."""

    kind: Annotated[str, listed_as(InKind)] | None = Field(description="信件种类；null 读不出")
    number: str = Field(description="对方编号", examples=["SZ000001"])
    known: bool = Field(description="已经收到过这个编号")
    lines: list[ReadLine]
    wrong: list[str] = Field(description="不空的须人处理", examples=[["信件种类“诉愿”没有对应。"]])
    unused: list[str] = Field(description="没有用到的项", examples=[["remark"]])


class LettersRead(Schema):
    """Every letter that was tried."""

    letters: list[LetterRead]


class LetterWritten(Schema):
    """A letter as it would be sent; who called is made up."""

    kind: Annotated[str, listed_as(OutKind)] = Field(description="信件种类")
    fields: dict[str, Any] = Field(description="发给对方的内容", examples=[CONTENT])
    wrong: list[str] = Field(description="不空的发不出去", examples=[[]])


class LettersWritten(Schema):
    """What a system would be sent."""

    letters: list[LetterWritten]


@router.get("/exchange/systems/{code}/maps", response=page_of("maps", MapVersionLine), summary="对应表各版")
def maps(request: AskedRequest, code: Code, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The newest first, at most 50: each with who made it, when and why."""
    found = maps_for(request.actor, peer_for(request.actor, code).id)
    rows, after = cut(found, turn, lambda row: row.number)
    return {"maps": rows, "after": after}


@router.put("/exchange/systems/{code}/map", response={200: System, 409: Problem}, summary="改对应表")
def mapped(request: AskedRequest, code: Code, given: MapPut) -> dict[str, Any]:
    """Read and write its letters by this from now on; the same again is no further version."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    put_map(request.actor, code, given.map, given.why, request.now)
    return asdict(peer_for(request.actor, code))


@router.get(
    "/exchange/systems/{code}/switchings", response=page_of("switchings", SwitchingLine), summary="启停记录"
)
def switchings(request: AskedRequest, code: Code, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Who turned it on and off, and why; the newest first, at most 50."""
    found = switchings_for(request.actor, peer_for(request.actor, code).id)
    rows, after = cut(found, turn, lambda row: row.pk)
    return {"switchings": rows, "after": after}


@router.post("/exchange/systems/{code}/try-letters", response=LettersRead, summary="试一封对方的信")
@mannered(_TRIED)
def tried(request: AskedRequest, code: Code, given: LetterTry) -> dict[str, Any]:
    """What their letters would become by the mapping in force. Nothing is kept."""
    found = try_letters(request.actor, code, given.letter)
    return {"letters": [_fields(one.reading, LetterRead) | {"known": one.known} for one in found]}


@router.post("/exchange/systems/{code}/try-case", response=LettersWritten, summary="试一件案件会发什么")
@mannered(_TRIED)
def composed(request: AskedRequest, code: Code, given: CaseTry) -> dict[str, Any]:
    """What the system would be sent of the newest step of a case, one letter of each kind it wants."""
    found = try_case(request.actor, code, given.number)
    return {"letters": [{"kind": kind, "fields": one.fields, "wrong": one.wrong} for kind, one in found]}


def _fields(held: Any, shape: type[Schema]) -> dict[str, Any]:
    return {name: getattr(held, name) for name in shape.model_fields if hasattr(held, name)}
