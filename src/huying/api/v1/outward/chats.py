"""对话待接: who asks for a person in a chat, what was said, an answer by hand."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.chat.actions import settle_person, speak
from huying.chat.actions.answering import MOST
from huying.chat.queries import Thread, thread_for, waiting_for
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind

router = Router(tags=["对话待接"])
_CHANNEL = (str, Field(description="渠道名称", examples=["“龙田发布”公众号"]))
_STAFF = (bool, Field(description="绑定了工作账号"))
Waiting = told(Thread, "ChatWaiting", without=("caller_id", "said"), channel=_CHANNEL, staff=_STAFF)
Whole = told(Thread, "ChatThread", without=("caller_id",), channel=_CHANNEL, staff=_STAFF)


class ChatAnswer(Body):
    """What is said by hand."""

    key: str = Field(
        min_length=8, max_length=32, description="同一个键只说一次", examples=["chat-20260302-01"]
    )
    text: str = Field(min_length=1, max_length=MOST, examples=["您好，我是坐席小周，请问井盖在哪个路口？"])


class ChatNumber(Schema):
    """Which conversation it is."""

    id: int


@router.get("/chats", response=page_of("chats", Waiting), summary="等人接的对话")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Danger first, then who waited longest, at most 100; without what was said. Nobody for a key of a part of the
    district."""
    rows, after = cut(waiting_for(request.actor), turn, lambda row: row.id)
    return {"chats": rows, "after": after}


@router.get("/chats/{number}", response=Whole, summary="一段对话")
@mannered(Manners(private=True))
def one(request: AskedRequest, number: int) -> Thread:
    """What was said with somebody who asked for a person, oldest first. That it was read is written into the audit."""
    found = thread_for(request.actor, known(number))
    record_viewings(request.actor, [NewViewing(ViewingKind.VIEW, "对话内容", found.caller_id)], request.now)
    return found


# What is read here is what a person said, and its reading is written down: no version is compared.
@router.post("/chats/{number}/answers", response={201: ChatNumber}, summary="答复一段对话")
@mannered(Manners(matched=False))
def answered(request: AskedRequest, number: int, given: ChatAnswer) -> Status[dict[str, int]]:
    """Say it to them, for whoever sits behind the system; twice under one key it is said once."""
    must(request.actor, Permission.CASE_ANSWER)
    key = f"k{request.actor.key_id}:{known(number)}:{given.key}"
    speak(request.actor, number, given.text, key, request.now)
    return Status(201, {"id": number})


@router.post("/chats/{number}/settle", response=ChatNumber, summary="对话接待完毕")
@mannered(Manners(matched=False))
def settled(request: AskedRequest, number: int) -> dict[str, int]:
    """Nobody is asked for any more; the conversation goes on by itself."""
    must(request.actor, Permission.CASE_ANSWER)
    settle_person(request.actor, known(number), request.now)
    return {"id": number}
