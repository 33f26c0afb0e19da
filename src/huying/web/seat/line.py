"""The seat's line on the desk: who rings, take it, hold it, put it down. The form is never touched from here."""

import logging
from collections.abc import Callable, Mapping
from random import SystemRandom
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import NotFound, Unavailable
from huying.people.rules.masking import mask_phone
from huying.web.guard import StaffRequest, guarded
from huying.web.seat.simulated import Simulated
from huying.web.seat.telephones import Call, LineState, Telephone, line_of, telephone

_log = logging.getLogger(__name__)
_LONGEST: Final = 64
# A series of numbers that has not been given out.
_OF_NOBODY: Final = "154"

_ACTS: Final[Mapping[str, Callable[[Telephone, int, str], None]]] = {
    "answer": lambda phone, seat, call: phone.answer(seat, call),
    "hold": lambda phone, seat, call: phone.hold(seat, call, on=True),
    "resume": lambda phone, seat, call: phone.hold(seat, call, on=False),
    "end": lambda phone, seat, call: phone.hang_up(seat, call),
    "back": lambda phone, seat, call: phone.call_back(seat, call),
}


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_GET
def show(request: StaffRequest) -> HttpResponse:
    """The bar of the line, asked for again and again while the desk is open."""
    return render(request, "seat/line.html", {"line": line_shown(request)})


@guarded(P.APPEAL_RECEIVE)
@require_POST
def act(request: StaffRequest) -> HttpResponse:
    """One press at the line: the bar for scripts, the desk for browsers without. Raises NotFound for no such act."""
    named, call = request.POST.get("act", ""), request.POST.get("call", "")[:_LONGEST]
    phone, seat = telephone(), request.actor.account_id
    if phone is None or seat is None:
        raise NotFound
    failed = not _done(phone, seat, named, call, request.POST.get("number", ""))
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "seat/line.html", {"line": line_shown(request, failed=failed)})
    return redirect("desk:index")


def line_shown(request: StaffRequest, *, failed: bool = False) -> dict[str, Any] | None:
    """What the bar shows; None where the site has no telephone."""
    phone, seat = telephone(), request.actor.account_id
    if phone is None or seat is None:
        return None
    try:
        call, dead = line_of(seat), failed
    except Unavailable:
        call, dead = None, True
    return {
        "call": call,
        "dead": dead,
        "caller": mask_phone(call.number) if call and call.number else "",
        "ringing": call is not None and call.state is LineState.RINGING,
        "talking": call is not None and call.state is LineState.TALKING,
        "held": call is not None and call.state is LineState.HELD,
        "dropped": call is not None and call.state is LineState.DROPPED,
        "answered": int(call.answered_at.timestamp() * 1000) if call and call.answered_at else "",
        "simulated": isinstance(phone, Simulated),
    }


def number_on(line: dict[str, Any] | None) -> str:
    """The number of the caller one is speaking with; "" when nobody is on the line."""
    call: Call | None = line["call"] if line else None
    return call.number if call and call.answered_at else ""


def _done(phone: Telephone, seat: int, named: str, call: str, number: str) -> bool:
    """Whether the telephone did it."""
    if isinstance(phone, Simulated) and named == "ring":
        phone.ring(seat, number[:20] or phone.somebody(f"{_OF_NOBODY}{SystemRandom().randrange(10**8):08d}"))
        return True
    if isinstance(phone, Simulated) and named == "drop":
        phone.drop(seat)
        return True
    if named not in _ACTS:
        raise NotFound
    try:
        _ACTS[named](phone, seat, call)
    except Unavailable:
        return False
    except Exception:
        # An adapter is somebody else's program; whatever breaks in it must not close the desk.
        _log.exception("the telephone adapter failed")
        return False
    return True
