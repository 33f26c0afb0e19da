"""A voice note from the street, for who may see its case."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.kernel.errors import NotFound
from huying.patrol.queries import recording_for
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded


@guarded(P.CASE_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: str, find: int, place: int) -> HttpResponseBase:
    """The recording itself. Raises NotFound."""
    _district, case_id = finding.reference(request, number)
    file = recording_for(request.actor, case_id, find, place)
    path = Path(settings.MEDIA_ROOT) / file.path
    if not path.is_file():
        raise NotFound
    answer = FileResponse(path.open("rb"), content_type=file.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
