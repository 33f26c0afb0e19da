"""应急处置: open cards listed, taken over, rung on, handed outside, noted, stood down; responders 应急力量."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeMoment, before, known, last_of
from huying.api.v1.emergencies import Card, card_told
from huying.api.v1.emergencies import router as opened
from huying.api.v1.interface import AskedRequest, must
from huying.emergency.actions import (
    add_note,
    call_responder,
    hand_outside,
    leave,
    next_ring,
    stand_down,
    take_over,
    write_review,
)
from huying.emergency.actions.answering import answer_for, arrive_for
from huying.emergency.queries import card_for, cards_for, login_of, responder_for
from huying.emergency.queries.cards import CardFilter, CardLine
from huying.emergency.queries.responders import ResponderRow
from huying.emergency.rules.kinds import Answer

router = Router(tags=["应急"])
Line = told(CardLine, "CardLine")
_DAYS, _HOURS = Field(description="日子", examples=["每天"]), Field(description="时段", examples=["全天"])
_LOGIN = Field(description="登录名；不能改的看不到", examples=[""])
Responder = told(
    ResponderRow, "Responder", without=("hours",), days=(str, _DAYS), hours=(str, _HOURS), login=(str, _LOGIN)
)


class Asked(Turn):
    """Which cards."""

    open: bool | None = Field(None, description="真：还没解除；假：已解除")
    kind: str = Field("", max_length=20, description="种类，即预案代码")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class Seen(Body):
    """How many rings whoever asks has seen."""

    rings: int = Field(ge=0, le=100, description="看到时已告警几圈", examples=[1])


class Outside(Body):
    """Handed to a service outside."""

    line: str = Field(min_length=1, max_length=20, description="119、120、110", examples=["119"])
    reference: str = Field("", max_length=60, description="对方的警情编号", examples=["20260302-0417"])
    words: str = Field("", max_length=500, examples=["三楼起火，有人被困"])
    at: SomeMoment = Field(description="什么时候，须带时区")
    key: str = Field(min_length=8, max_length=64, examples=["outside-0001"])


class CommandingNoted(Body):
    """What happened."""

    words: str = Field(min_length=1, max_length=1000, examples=["火已扑灭，无人受伤"])
    key: str = Field(min_length=8, max_length=64, examples=["note-00001"])


class Over(Body):
    """Why it is over."""

    words: str = Field(min_length=1, max_length=500, examples=["现场已处置完毕"])


class Reviewed(Body):
    """What is learned from it."""

    lessons: str = Field(min_length=1, max_length=2000, examples=["楼道堆物堵住通道"])
    measures: str = Field(min_length=1, max_length=2000, examples=["清理楼道，安装充电桩"])


class Answered(Body):
    """What a responder said on the telephone; ``arrived`` alone where they stand there."""

    answer: Annotated[Answer, listed_as(Answer)] | None = Field(None, description="答复")
    arrived: bool = Field(False, description="已到场")


class CommandingWhy(Body):
    """Why the number is needed."""

    reason: str = Field(min_length=2, max_length=200, examples=["请携带灭火器到场"])


class CommandingPhone(Schema):
    """A number, told for this once."""

    phone: str = Field(examples=["13800000001"])


# One address is one router's: Django asks no further once it has found it.
@opened.get("/emergencies", response=page_of("emergencies", Line), summary="应急卡列表")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The cards of the key's area, the newest first."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    wanted = CardFilter(open=asked.open, kind=asked.kind, area=asked.area)
    rows = cards_for(request.actor, wanted, before=before(asked), limit=asked.limit)
    return {"emergencies": rows, "after": last_of(rows, asked)}


@router.post("/emergencies/{number}/take", response=Card, summary="接手指挥")
def taken(request: AskedRequest, number: int) -> dict[str, Any]:
    """Lead it from now on."""
    must(request.actor, Permission.EMERGENCY_COMMAND)
    take_over(request.actor, known(number), request.now)
    return card_told(request, number)


@router.post("/emergencies/{number}/ring", response=Card, summary="告警下一圈")
def rung(request: AskedRequest, number: int, given: Seen) -> dict[str, Any]:
    """Alert the next ring; pressed by two at once it is alerted once."""
    must(request.actor, Permission.EMERGENCY_COMMAND)
    next_ring(request.actor, known(number), given.rings, request.now)
    return card_told(request, number)


@router.post("/emergencies/{number}/outside", response=Card, summary="转外部救援")
def handed(request: AskedRequest, number: int, given: Outside) -> dict[str, Any]:
    """Write down that a service outside was told."""
    must(request.actor, Permission.EMERGENCY_COMMAND)
    hand_outside(
        request.actor,
        known(number),
        given.line,
        given.reference,
        given.words,
        given.at,
        given.key,
        request.now,
    )
    return card_told(request, number)


@router.post("/emergencies/{number}/notes", response=Card, summary="记现场情况")
def noted(request: AskedRequest, number: int, given: CommandingNoted) -> dict[str, Any]:
    """Write down what happened."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    add_note(request.actor, known(number), given.words, given.key, request.now)
    return card_told(request, number)


@router.post("/emergencies/{number}/over", response=Card, summary="解除")
def over(request: AskedRequest, number: int, given: Over) -> dict[str, Any]:
    """It is over; everybody alerted is told."""
    must(request.actor, Permission.EMERGENCY_COMMAND, Permission.EMERGENCY_OPEN)
    stand_down(request.actor, known(number), given.words, request.now)
    return card_told(request, number)


@router.post("/emergencies/{number}/review", response=Card, summary="复盘")
def reviewed(request: AskedRequest, number: int, given: Reviewed) -> dict[str, Any]:
    """What is learned from it."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    card_for(request.actor, known(number))
    write_review(request.actor, number, given.lessons, given.measures, request.now)
    return card_told(request, number)


@router.post("/emergencies/{number}/answers/{alert}", response=Card, summary="代记应急力量的答复")
def answered(request: AskedRequest, number: int, alert: int, given: Answered) -> dict[str, Any]:
    """What somebody alerted said on the telephone, or that they stand there."""
    must(request.actor, Permission.EMERGENCY_COMMAND)
    if given.answer is not None:
        answer_for(request.actor, known(number), known(alert), given.answer, request.now)
    if given.arrived:
        arrive_for(request.actor, known(number), known(alert), request.now)
    return card_told(request, number)


@router.get("/responders/{number}", response=Responder, summary="一名应急力量")
def responder(request: AskedRequest, number: int) -> dict[str, Any]:
    """One responder; the phone is masked."""
    must(request.actor, Permission.RESPONDER_READ)
    return responder_told(request, known(number))


@router.post("/responders/{number}/leave", response=Responder, summary="应急力量退出")
def gone(request: AskedRequest, number: int) -> dict[str, Any]:
    """They are alerted no more."""
    must(request.actor, Permission.RESPONDER_EDIT)
    leave(request.actor, known(number), request.now)
    return responder_told(request, number)


@router.post("/responders/{number}/phone", response=CommandingPhone, summary="查看应急力量电话")
@mannered(Manners(kept=False, matched=False, private=True))
def phone(request: AskedRequest, number: int, given: CommandingWhy) -> dict[str, str]:
    """The number of a responder, with the reason written into the audit."""
    must(request.actor, Permission.RESPONDER_CALL)
    return {"phone": call_responder(request.actor, known(number), given.reason, request.now)}


def responder_told(request: AskedRequest, number: int) -> dict[str, Any]:
    """One responder as the interface tells it. Raises NotFound."""
    row = responder_for(request.actor, number, request.now)[0]
    fields = {name: getattr(row, name) for name in ResponderRow.__dataclass_fields__}
    days, hours = row.hours.words
    login = login_of(request.actor, number) if row.editable else ""
    return fields | {"days": days, "hours": hours, "login": login}
