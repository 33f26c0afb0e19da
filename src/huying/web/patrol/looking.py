"""核实、核查: a task as it stands, and what was seen; where both sides changed it, both are told."""

from django.http import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import StaleVersion
from huying.patrol.actions import answer as answered
from huying.patrol.queries import my_check
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.answering import answer, body_of, in_json, refused
from huying.web.patrol.own import told_of
from huying.web.patrol.reading import SentAnswer, read


@guarded(P.PATROL_WALK)
@never_cache
@require_http_methods(["GET", "POST"])
@in_json
def check(request: StaffRequest, number: int) -> HttpResponseBase:
    """One task; an answer to what has changed meanwhile gets 409 and how it stands now."""
    if request.method == "POST":
        given = read(SentAnswer, body_of(request)).given()
        try:
            answered(request.actor, number, given, request.now)
        except StaleVersion as stale:
            return refused(stale, theirs=told_of(my_check(request.actor, number)))
    return answer({"check": told_of(my_check(request.actor, number))})
