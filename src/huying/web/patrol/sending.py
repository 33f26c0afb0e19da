"""Finds and their files, as they arrive: files in parts, in their order, then the find that they belong to."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Invalid
from huying.patrol.actions import arrived, keep_part, take_in
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.answering import answer, body_of, in_json
from huying.web.patrol.reading import SentFind, read


@guarded(P.PATROL_WALK)
@never_cache
@require_http_methods(["GET", "PUT"])
@in_json
def files(request: StaffRequest, file: UUID) -> HttpResponseBase:
    """How many bytes of a file are here, and one part more; 409 where it does not begin there."""
    if request.method == "GET":
        return answer({"bytes": arrived(request.actor, file)})
    begins = request.GET.get("from", "")
    if not (begins.isascii() and begins.isdigit() and len(begins) <= 9):
        raise Invalid(fields={"from": "从哪里接着传没有写对。"})
    kept = keep_part(request.actor, file, int(begins), request.body)
    return answer({"bytes": kept.bytes}, 200 if kept.taken else 409)


@guarded(P.PATROL_WALK)
@never_cache
@require_POST
@in_json
def finds(request: StaffRequest) -> HttpResponseBase:
    """One find; 201 the first time, 200 when it is told again, with the same receipt."""
    told = take_in(request.actor, read(SentFind, body_of(request)).find(), request.now)
    body = {
        "key": told.key, "receipt": told.receipt, "number": told.number, "found_at": told.found_at,
        "arrived_at": told.arrived_at,
    }  # fmt: skip
    return answer(body, 201 if told.fresh else 200)
