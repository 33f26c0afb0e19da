"""Whether a caller wants messages about what they reported: said on the page of any of their receipts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.cases.queries.glances import caller_of
from huying.chat.queries.stopping import stopped
from huying.kernel.clock import now
from huying.kernel.numbers import parse_receipt
from huying.notices.actions import opt_in, opt_out
from huying.notices.channels.carrying import goes_out
from huying.notices.queries import opted_out
from huying.notices.rules.kinds import Way
from huying.people.queries.reaching import mobiles_of
from huying.web.citizen.holding import must_hold
from huying.web.guard import public


def wanted(receipt: str) -> bool | None:
    """Whether messages go to the holder of the receipt; None where none could: no caller, or no mobile."""
    held = caller_of(receipt)
    if held is None or not mobiles_of(held[0], [held[1]]):
        return None
    return held[1] not in opted_out(held[0], [held[1]]) and not _stopped(*held)


def arrive() -> bool:
    """Whether a message can leave the house at all."""
    return goes_out(Way.SMS)


def _stopped(district: int, caller_id: int) -> bool:
    return bool(stopped(district, mobiles_of(district, [caller_id]).values()))


@public
@require_POST
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """No more messages, or messages again; done twice it is done once."""
    must_hold(request, number)
    held = caller_of(parse_receipt(number))
    if held is None:
        raise Http404
    if request.POST.get("want") == "yes":
        opt_in(*held)
        if _stopped(*held):
            # Who holds a receipt need not hold the phone: the number itself takes its word back.
            messages.info(request, _("这个手机号用短信退订过。想再收，请用它回一条短信“恢复”。"))
            return redirect("citizen:track", number)
        told = (
            _("好的，有进展就发短信告诉您。") if arrive() else _("好的，记下了。短信接通后，有进展就告诉您。")
        )
        messages.success(request, told)
    else:
        opt_out(*held, now())
        messages.success(request, _("好的，不再给您发短信。进度随时可以在这里看。"))
    return redirect("citizen:track", number)
