"""One responder: what is known, when they were alerted, correcting it, ending it, seeing the number."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.emergency.actions import call_responder, change, leave, register, rest
from huying.emergency.queries import login_of, responder_for
from huying.kernel.errors import Denied, HuyingError
from huying.web.admin.doing import pressed
from huying.web.emergency.people.forms import ResponderForm
from huying.web.emergency.people.listing import lines_of
from huying.web.emergency.words import metres_words
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.returning import asked_back


@guarded(P.RESPONDER_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Register somebody; a known phone corrects who is there."""
    form = ResponderForm(request.actor.district, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made, is_new = register(request.actor, form.responder(), request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                said = _("已登记。") if is_new else _("这个电话登记过，资料已更新。")
                return pressed(request, lambda: None, said, "emergency:responder", made)
    return render(request, "emergency/people/one.html", {"form": form, "may_edit": True}, status=status)


@guarded(P.RESPONDER_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """The page; a POST corrects it."""
    actor = request.actor
    row, alerts = responder_for(actor, number, request.now)
    sent = request.POST if request.method == "POST" else None
    form = ResponderForm(actor.district, sent, row, login_of(actor, number) if row.editable else "")
    status = 200
    if request.method == "POST":
        if not row.editable:
            raise Denied
        status = 400
        if form.is_valid():
            try:
                change(actor, number, form.responder(), request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已改好。"), "emergency:responder", number)
    context = {
        "line": lines_of(actor, [row])[0],
        "row": row,
        "form": form,
        "may_edit": row.editable and row.left_at is None,
        "alerts": [(alert, metres_words(alert.metres)) for alert in alerts],
    }
    return render(request, "emergency/people/one.html", context, status=status)


@guarded(P.RESPONDER_EDIT)
@require_POST
def state(request: StaffRequest, number: int) -> HttpResponse:
    """Alerted no more, or not for now, or again."""
    by, now = request.actor, request.now
    row, _alerts = responder_for(by, number, now)
    if not row.editable:
        raise Denied
    match request.POST.get("do"):
        case "leave":
            return pressed(
                request, lambda: leave(by, number, now), _("已退出登记。"), "emergency:responder", number
            )
        case "rest":
            return pressed(
                request,
                lambda: rest(by.district, number, True, now),
                _("暂不告警。"),
                "emergency:responder",
                number,
            )
        case "wake":
            return pressed(
                request,
                lambda: rest(by.district, number, False, now),
                _("恢复告警。"),
                "emergency:responder",
                number,
            )
        case _:
            return redirect("emergency:responder", number)


@guarded(P.RESPONDER_CALL)
@never_cache
@require_POST
def phone(request: StaffRequest, number: int) -> HttpResponse:
    """The whole number in place of the masked one; a page of its own without scripts."""
    why = request.GET.get("for", "").strip()[:80] or _("应急联系")
    whole = call_responder(request.actor, number, why, request.now)
    if "HX-Request" in request.headers:
        return render(request, "duty/number.html", {"whole": whole})
    row, _alerts = responder_for(request.actor, number, request.now)
    back = asked_back(request, "/emergency/responders/")
    return render(request, "duty/phone.html", {"whole": whole, "person": row, "back": back})
