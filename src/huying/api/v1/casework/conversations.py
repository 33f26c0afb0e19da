"""The conversation of those who handle a case: read, spoken in."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known, own_case
from huying.api.v1.casework.photos import JPEG_ANSWER, jpeg
from huying.api.v1.enclosed import Photo, photos_in
from huying.api.v1.interface import AskedRequest, must
from huying.cases.actions import store_photos
from huying.cases.queries import must_see
from huying.kernel.errors import Invalid, NotFound
from huying.loop.dispose.actions import speak
from huying.loop.dispose.queries import Said, conversation_for
from huying.loop.dispose.rules import MOST_PHOTOS

router = Router(tags=["案件"])
Message = told(Said, "Message", without=("photos",), photos=(int, Field(description="几张照片")))
_PAGE = 200


class Spoken(Body):
    """A few words."""

    key: str = Field(
        min_length=8, max_length=64, description="同一个键只说一次", examples=["talk-20260302-01"]
    )
    text: str = Field("", max_length=1000, examples=["维修人员已到现场，预计一小时恢复供水"])
    photos: list[Photo] = Field([], max_length=MOST_PHOTOS, description="只发照片时可以不写字", examples=[[]])


class ConversationNumber(Schema):
    """Which message it is."""

    id: int


@router.get("/cases/{number}/messages", response=page_of("messages", Message), summary="案件交流")
def listed(
    request: AskedRequest,
    number: str,
    after: Annotated[str, Query(max_length=20, description="上一页给出的位置")] = "",
) -> dict[str, Any]:
    """What those who handle the case said to each other, oldest first, for who takes part."""
    must(request.actor, Permission.CASE_SPEAK)
    if after and not (after.isascii() and after.isdigit()):
        raise Invalid(fields={"after": "翻页的位置不对，请从头翻。"})
    rows = conversation_for(
        request.actor,
        *own_case(request, number),
        request.now,
        after=known(int(after)) if after else 0,
        limit=_PAGE,
    )
    names = [name for name in Said.__dataclass_fields__ if name != "photos"]
    lines = [{name: getattr(row, name) for name in names} | {"photos": len(row.photos)} for row in rows]
    return {"messages": lines, "after": str(rows[-1].id) if len(rows) >= _PAGE else ""}


@router.post("/cases/{number}/messages", response={201: ConversationNumber}, summary="在案件里说话")
def said(request: AskedRequest, number: str, given: Spoken) -> Status[dict[str, int]]:
    """Say it to those who handle the case; twice under one key it stands once."""
    must(request.actor, Permission.CASE_SPEAK)
    key, ref = f"key:{request.actor.key_id}:{given.key}"[:80], own_case(request, number)
    photos = photos_in(given.photos)
    # Before anything lies in the store.
    must_see(request.actor, *ref, Permission.CASE_SPEAK)
    stored = store_photos(ref[0], photos)
    made = speak(request.actor, *ref, given.text, key=key, now=request.now, photos=stored)
    return Status(201, {"id": made})


@router.get(
    "/cases/{number}/messages/{message}/photos/{place}", response={200: None}, summary="交流里的照片",
    openapi_extra=JPEG_ANSWER,
)  # fmt: skip
@mannered(Manners(private=True))
def photo(request: AskedRequest, number: str, message: int, place: int) -> HttpResponse:
    """A photo sent in the conversation; the first is 0."""
    must(request.actor, Permission.CASE_SPEAK)
    rows = conversation_for(
        request.actor, *own_case(request, number), request.now, after=known(message) - 1, limit=1
    )
    for one in rows:
        if one.id == message and 0 <= place < len(one.photos):
            return jpeg(one.photos[place])
    raise NotFound
