"""Photos of a case: listed, fetched."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.v1.asking import own_case
from huying.api.v1.interface import AskedRequest, must
from huying.cases.queries.photos import photos_for
from huying.kernel.errors import NotFound

router = Router(tags=["案件"])
_JPEG = {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}
JPEG_ANSWER = {"responses": {200: {"description": "JPEG 图片，已去除位置等附加信息", "content": _JPEG}}}


class PhotoLine(Schema):
    """A photo of a case."""

    id: int
    stage: str = Field(description="before 处置前、during 处置中、after 处置后", examples=["after"])
    by_caller: bool = Field(description="诉求人发来的")
    self: str = Field(examples=["/api/v1/cases/440310-000012345/photos/7"])


class Photos(Schema):
    """All photos of a case."""

    photos: list[PhotoLine]
    after: str = Field(description="空：都在这里", examples=[""])


@router.get("/cases/{number}/photos", response=Photos, summary="案件照片")
def listed(request: AskedRequest, number: str) -> dict[str, Any]:
    """The photos of a case and of the appeals it answers: its callers' first, then as they came."""
    must(request.actor, Permission.CASE_READ)
    rows = photos_for(request.actor, *own_case(request, number))
    address = f"/api/v1/cases/{number}/photos"
    return {
        "photos": [
            {"id": row.id, "stage": row.stage, "by_caller": row.by_caller, "self": f"{address}/{row.id}"}
            for row in rows
        ],
        "after": "",
    }


@router.get(
    "/cases/{number}/photos/{photo}", response={200: None}, summary="一张照片", openapi_extra=JPEG_ANSWER
)
@mannered(Manners(private=True))
def one(request: AskedRequest, number: str, photo: int) -> HttpResponse:
    """The photo itself, kept by no cache."""
    must(request.actor, Permission.CASE_READ)
    for row in photos_for(request.actor, *own_case(request, number)):
        if row.id == photo:
            return jpeg(row.path)
    raise NotFound


def jpeg(path: str) -> HttpResponse:
    """A stored photo as an answer. Raises NotFound for one that is gone."""
    file = Path(settings.MEDIA_ROOT) / path
    if not file.is_file():
        raise NotFound
    return HttpResponse(file.read_bytes(), content_type="image/jpeg")
