"""对接信件: those that nobody could use, and all others; read masked, put right, tried again, dropped."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Path, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.exchanging.telling import CONTENT
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.exchange.actions.mending import drop, mend, resend
from huying.exchange.queries.letters import LetterLine, letter_for, stuck_for
from huying.exchange.rules.kinds import InState, OutState, Way
from huying.kernel.errors import Invalid

router = Router(tags=["系统对接"])
_STATES = "in 收：" + "、".join(f"{one.value} {one.zh}" for one in InState)
_STATES += "；out 发：" + "、".join(f"{one.value} {one.zh}" for one in OutState)
_State = (str, Field(description=_STATES, examples=["person"]))
_WhichWay = Annotated[Way, listed_as(Way)]
_Id = Annotated[int, Field(ge=1, lt=2**63)]
Letter = told(
    LetterLine,
    "ExchangeLetter",
    state=_State,
    peer=(str, Field(description="系统", examples=["市12345"])),
    peer_code=(str, Field(description="系统代号", examples=["city"])),
    reason=(str, Field(description="为什么停着", examples=["诉求类型“诉愿”没有对应。"])),
    pictures=(str, Field(description="哪几张照片没有取到", examples=[""])),
)


class AskedLetters(Turn):
    """Which letters."""

    way: _WhichWay = Field(Way.IN, description="收或发")
    state: str = Field("", max_length=8, description=f"空为待人处理的。{_STATES}", examples=["person"])
    system: str = Field("", max_length=30, description="系统代号", examples=["city"])


class MendedLine(Schema):
    """What was done with a letter; of what it said before only the names of the fields are told."""

    deed: str = Field(description="mend 改、resend 再试、drop 作废", examples=["mend"])
    fields: list[str] = Field(examples=[["appealType"]])
    why: str = Field(examples=["对方新增的类型"])
    at: datetime
    by: str


class LetterWhole(Schema):
    """A letter as it may be seen: who called is masked where the mapping knows where that stands."""

    line: Letter  # type: ignore[valid-type]
    content: dict[str, Any] = Field(description="信的内容", examples=[CONTENT])
    mendings: list[MendedLine]


class Mended(Body):
    """What a letter should say, by path of it, and why."""

    fields: dict[str, str] = Field(
        min_length=1,
        max_length=50,
        description="哪一项改成什么",
        examples=[{"appealType": "投诉"}],
    )
    why: str = Field(min_length=1, max_length=200, examples=["对方新增的类型"])


class LettersNamed(Body):
    """Which letters of one way."""

    way: _WhichWay = Field(description="收或发")
    ids: list[_Id] = Field(min_length=1, max_length=200, description="信件编号")


class LettersDropped(LettersNamed):
    """Which letters are given up, and why."""

    why: str = Field(min_length=1, max_length=200, examples=["对方已撤回"])


class LetterCount(Schema):
    """How many of them waited for somebody; the others are left as they are."""

    count: int


@router.get("/exchange/letters", response=page_of("letters", Letter), summary="待处理的对接信件")
def listed(request: AskedRequest, asked: Annotated[AskedLetters, Query()]) -> dict[str, Any]:
    """Letters that wait for a person, or stand as asked, without their words; the newest first."""
    if asked.state and asked.state not in set(InState if asked.way is Way.IN else OutState):
        raise Invalid(fields={"state": "取值不对，请看接口说明。"})
    rows = stuck_for(
        request.actor,
        asked.way,
        code=asked.system,
        before=before(asked),
        limit=asked.limit,
        state=asked.state,
    )
    return {"letters": rows, "after": last_of(rows, asked)}


@router.get("/exchange/letters/{way}/{number}", response=LetterWhole, summary="一封对接信件")
@mannered(Manners(private=True))
def one(request: AskedRequest, way: Annotated[_WhichWay, Path()], number: int) -> Any:
    """One letter, why it is stuck, and what was done with it. That it was read is written into the audit."""
    return letter_for(request.actor, way, known(number), request.now)


# What is read here is a letter about a person, and its reading is written down: no version is compared.
@router.post(
    "/exchange/letters/{way}/{number}/mend", response={200: LetterCount, 409: Problem}, summary="改信再试"
)
@mannered(Manners(matched=False))
def mended(
    request: AskedRequest, way: Annotated[_WhichWay, Path()], number: int, given: Mended
) -> dict[str, int]:
    """Put right what it says and try it again; 409 for one that does not wait for a person any more."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    mend(request.actor, way, known(number), given.fields, given.why, request.now)
    return {"count": 1}


@router.post("/exchange/letters/resend", response=LetterCount, summary="信件再试一次")
def again(request: AskedRequest, given: LettersNamed) -> dict[str, int]:
    """Try stuck letters once more as they are."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    return {"count": resend(request.actor, given.way, request.now, ids=given.ids)}


@router.post("/exchange/letters/drop", response=LetterCount, summary="信件作废")
def dropped(request: AskedRequest, given: LettersDropped) -> dict[str, int]:
    """Give stuck letters up for good; later ones about the same case go on."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    return {"count": drop(request.actor, given.way, given.ids, given.why, request.now)}
