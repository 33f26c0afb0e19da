"""Appeals: taken in and followed.

Under the platform's own front, taking in is answered by ``huying.api.intake``; the same path here serves where
Django alone runs, with the same rules, and puts it into the interface's description.
"""

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from huying.api.conduct import Manners, mannered
from huying.api.intake.answers import answer_of
from huying.api.intake.application import BODY_MOST
from huying.api.intake.brakes import Brake
from huying.api.intake.keeping import keep
from huying.api.intake.reading import read
from huying.api.keys import bearer
from huying.api.problems import TooLarge, TooMany
from huying.api.v1.appeal_schema import APPEAL_BODY
from huying.api.v1.shapes import KeptAppeal, Problem, TrackedAppeal
from huying.api.v1.telling import tracked
from huying.cases.queries.track import Track, track
from huying.kernel.clock import now as present
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.numbers import parse_receipt
from huying.people.actions import guessed_right, looked_right, may_guess, may_look
from huying.people.queries import phone_ends_with

router = Router(tags=["诉求"])
_brake: Final = Brake()


@router.post(
    "/appeals",
    auth=None,
    response={
        201: KeptAppeal, 200: KeptAppeal, 400: Problem, 401: Problem, 403: Problem, 413: Problem, 429: Problem,
        503: Problem,
    },
    summary="提交诉求",
    openapi_extra=APPEAL_BODY,
)  # fmt: skip
@mannered(Manners(kept=False))
def give(request: HttpRequest) -> HttpResponse:
    """Keep one appeal: 201 with its receipt, 200 with the first receipt when it was given before."""
    if len(request.body) > BODY_MOST:
        raise TooLarge
    raw_key = bearer(request.headers.get("Authorization", ""))
    if not raw_key and not _brake.takes(request.META.get("REMOTE_ADDR", "")):
        raise TooMany
    asked = read(request.body, raw_key, request.headers.get("Idempotency-Key") or None)
    kept = keep([asked])[0]
    if isinstance(kept, HuyingError):
        raise kept
    status, headers, body = answer_of(*kept)
    return HttpResponse(body, status=status, content_type="application/json", headers=headers)


@router.get("/appeals/{receipt}", auth=None, response=TrackedAppeal, summary="查进度")
def follow(
    request: HttpRequest, receipt: str, tail: Annotated[str, Query(description="诉求人电话的后四位")] = ""
) -> dict[str, Any]:
    """The public track of a receipt: states and times to who has the number, words to who is its holder."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        asked = parse_receipt(receipt)
    except Invalid:
        raise NotFound from None
    if not may_look(address):
        raise TooMany
    found = track(asked, present())
    looked_right(address)
    return tracked(found, known=_is_holder(found, tail, address))


def _is_holder(found: Track, tail: str, address: str) -> bool:
    if found.caller_id is None:
        return True
    if not tail:
        return False
    if not may_guess(found.receipt, address):
        raise TooMany
    if not phone_ends_with(found.district, found.caller_id, tail):
        raise NotFound
    guessed_right(found.receipt, address)
    return True
