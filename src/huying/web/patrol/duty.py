"""打卡 and the way that was walked, as the phone tells them when it can."""

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.patrol.actions import sign_off, sign_on, track
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.answering import answer, body_of, in_json
from huying.web.patrol.reading import SentStamp, SentSteps, read


@guarded(P.PATROL_WALK)
@never_cache
@require_POST
@in_json
def tours(request: StaffRequest) -> HttpResponseBase:
    """上岗; told again it is the same tour."""
    number = sign_on(request.actor, read(SentStamp, body_of(request)).stamp(), request.now)
    return answer({"id": number})


@guarded(P.PATROL_WALK)
@never_cache
@require_POST
@in_json
def ended(request: StaffRequest, tour: UUID) -> HttpResponseBase:
    """下岗; told again nothing changes."""
    body = body_of(request) | {"key": str(tour)}
    sign_off(request.actor, read(SentStamp, body).stamp(), request.now)
    return answer({"ended": True})


@guarded(P.PATROL_WALK)
@never_cache
@require_POST
@in_json
def steps(request: StaffRequest, tour: UUID) -> HttpResponseBase:
    """Where the worker walked; what lies outside their time on duty is dropped."""
    given = [one.step() for one in read(SentSteps, body_of(request)).steps]
    return answer({"kept": track(request.actor, tour, given, request.now)})
