"""Photos, for who may see the case and for nobody else."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.photos import photos_for
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded


@guarded(P.CASE_READ)
@require_GET
def photo(request: StaffRequest, number: str, photo: int) -> FileResponse:
    """One photo of the case or of an appeal it answers."""
    district, case_id = finding.reference(request, number)
    for file in photos_for(request.actor, district, case_id):
        if file.id == photo:
            return shown_photo(request, Path(settings.MEDIA_ROOT) / file.path, f"{number}-{photo}")
    raise Http404


def shown_photo(request: StaffRequest, path: Path, name: str) -> FileResponse:
    """The file, kept by no cache; a saved copy carries in its name who took it."""
    if not path.is_file():
        raise Http404
    viewer = str(request.actor.account_id or 0)
    response = FileResponse(
        path.open("rb"), content_type="image/jpeg", filename=f"{name}-viewer{viewer}.jpg", as_attachment=False
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Watermark"] = viewer
    response["X-Content-Type-Options"] = "nosniff"
    return response
