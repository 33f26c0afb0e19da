"""Who else has a case open: two dispatchers never decide on the same case unknowingly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.loop.allocate.actions.presence import leave, stay, take_over
from huying.loop.allocate.queries.presence import present
from huying.loop.allocate.rules.presence import Here
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded


@dataclass(frozen=True, slots=True)
class Around:
    """The others at one case. ``holder`` has it in hand; None where it is the reader's own or nobody's."""

    holder: Here | None
    others: Sequence[Here]

    @property
    def names(self) -> str:
        """The others, as they are read out."""
        return "、".join(one.name for one in self.others)


@guarded(P.CASE_DISPATCH, P.CASE_HAND_UP)
@never_cache
@require_POST
def beat(request: StaffRequest, number: str) -> HttpResponse:
    """Say that the case is open here, that it is left, or that it is taken over; who else has it open."""
    _district, case_id = finding.reference(request, number)
    if "leave" in request.POST:
        leave(case_id, by=request.actor)
        return HttpResponse(status=204)
    (take_over if "take" in request.POST else stay)(case_id, by=request.actor, now=request.now)
    return render(request, "dispatch/presence.html", {"around": around(request, case_id)})


def around(request: StaffRequest, case_id: int) -> Around:
    """Who else has this case open."""
    return everywhere(request, [case_id])[case_id]


def everywhere(request: StaffRequest, case_ids: Sequence[int]) -> Mapping[int, Around]:
    """Who else has each of these cases open; one query for the list and the case beside it."""
    here = present(request.actor.district, case_ids, request.now)
    return {case_id: _around(request, here.get(case_id, ())) for case_id in case_ids}


def holders(found: Mapping[int, Around]) -> Mapping[int, str]:
    """By case, the name of the other person who has it in hand."""
    return {case_id: each.holder.name for case_id, each in found.items() if each.holder is not None}


def _around(request: StaffRequest, here: Sequence[Here]) -> Around:
    others = [one for one in here if one.account_id != request.actor.account_id]
    first = here[0] if here else None
    return Around(first if first is not None and first in others else None, others)
