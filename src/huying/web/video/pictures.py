"""Pictures of an alarm: coarse for who reads it; as they were taken for who said why, kept by no cache."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.video.queries import coarse_for, path_for
from huying.web.case.media import shown_photo
from huying.web.guard import StaffRequest, guarded


@guarded(P.VIDEO_READ)
@require_GET
def coarse(request: StaffRequest, number: int, picture: int) -> HttpResponse:
    """The picture on which nobody is known."""
    response = HttpResponse(coarse_for(request.actor, number, picture), content_type="image/png")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@guarded(P.VIDEO_OPEN)
@require_GET
def taken(request: StaffRequest, number: int, picture: int) -> FileResponse:
    """The picture as it was taken, while it is open to who asks."""
    path = path_for(request.actor, number, picture, request.now)
    return shown_photo(request, Path(settings.MEDIA_ROOT) / path, f"video-{number}-{picture}")
