"""What happened at the spot, line by line, with the photos and voice messages of it."""

from pathlib import Path
from typing import Annotated, Any, Final

from django.conf import settings
from django.http import HttpResponse
from ninja import Query, Router

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import told
from huying.api.v1.asking import known
from huying.api.v1.casework.photos import jpeg
from huying.api.v1.emergencies import Card, card_told
from huying.api.v1.interface import AskedRequest, must
from huying.cases.actions import store_photo
from huying.emergency.actions import add_note, store_sound
from huying.emergency.queries import MarkRow, card_for, file_for
from huying.emergency.rules.sounds import TYPES
from huying.kernel.errors import NotFound

router = Router(tags=["应急"])
Mark = told(MarkRow, "Mark", without=("facts",))
_BYTES: Final = {"schema": {"type": "string", "format": "binary"}}
_MEDIA: Final = ("application/octet-stream", "image/jpeg", "image/png", *TYPES.values())
_BODY: Final = {
    "requestBody": {
        "required": True,
        "description": "照片（JPEG、PNG）本身；语音用 audio/webm、audio/mp4、audio/ogg、audio/wav、audio/mpeg",
        "content": {_MEDIA[0]: _BYTES},
    }
}
_ANSWER: Final = {
    "responses": {
        200: {
            "description": "JPEG 图片，或语音",
            "content": {kind: _BYTES for kind in ("image/jpeg", *TYPES.values())},
        }
    }
}


@router.get("/emergencies/{number}/marks", response=page_of("marks", Mark), summary="应急卡的经过")
def marks(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Everything that happened, the newest first; ``photo`` and ``sound`` say which lines have a file."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    rows, after = cut(card_for(request.actor, known(number)).marks, turn, lambda row: row.id)
    return {"marks": rows, "after": after}


@router.post("/emergencies/{number}/files", response=Card, summary="交现场照片或语音", openapi_extra=_BODY)
@mannered(Manners(media=_MEDIA))
def kept(
    request: AskedRequest,
    number: int,
    key: Annotated[str, Query(min_length=8, max_length=64, examples=["camera-0001"])],
    words: Annotated[str, Query(max_length=1000, description="情况", examples=["三楼窗口冒烟"])] = "",
) -> dict[str, Any]:
    """A photo or a voice message of the spot, with a few words; sent twice under one key it stands once."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    card_for(request.actor, known(number))
    district, content = request.actor.district, request.body
    if request.content_type in TYPES.values():
        more: dict[str, Any] = {"sound": store_sound(district, content)}
    else:
        more = {"photos": [store_photo(district, content).path]}
    add_note(request.actor, number, words, key, request.now, **more)
    return card_told(request, number)


@router.get(
    "/emergencies/{number}/files/{mark}",
    response={200: None},
    summary="现场照片或语音",
    openapi_extra=_ANSWER,
)
@mannered(Manners(private=True))
def file(request: AskedRequest, number: int, mark: int) -> HttpResponse:
    """The photo or voice message of a line, kept by no cache."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    photo, sound = file_for(request.actor, known(number), known(mark))
    if photo:
        return jpeg(photo)
    path = Path(settings.MEDIA_ROOT) / sound
    if not path.is_file() or path.suffix[1:] not in TYPES:
        raise NotFound
    return HttpResponse(path.read_bytes(), content_type=TYPES[path.suffix[1:]])
