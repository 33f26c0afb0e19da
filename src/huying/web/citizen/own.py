"""我的反映: everything said under one phone number, for whoever can read a message sent to it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.cases.queries.glances import receipts_of
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.notices.channels.codes import check_code, send_code
from huying.people.queries import caller_with_phone
from huying.places.queries import districts
from huying.web.citizen import mine
from huying.web.citizen.forms import CodeForm, PhoneForm
from huying.web.citizen.messages import arrive
from huying.web.guard import public


@public
@never_cache
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """First the number, then the code; what it opens is remembered by this browser like any receipt.

    Where no code can arrive nobody is asked for a number.
    """
    if not arrive():
        return render(request, "citizen/mine.html")
    if request.method == "POST" and "challenge" in request.POST:
        return _opened(request, CodeForm(request.POST))
    form = PhoneForm(request.POST) if request.method == "POST" else PhoneForm()
    if form.is_bound and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            challenge = send_code(phone, request.META.get("REMOTE_ADDR", ""), known=bool(_receipts(phone)))
        except HuyingError as refused:
            form.add_error(None, worded(refused.message, _))
        else:
            asked = CodeForm(initial={"phone": phone, "challenge": challenge})
            return _page(request, asked, asked=True)
    return _page(request, form, status=400 if form.is_bound else 200)


def _page(request: HttpRequest, form: PhoneForm, status: int = 200, asked: bool = False) -> HttpResponse:
    context = {"form": form, "asked": asked, "arrives": True}
    return render(request, "citizen/mine.html", context, status=status)


def _opened(request: HttpRequest, form: CodeForm) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        if check_code(given["challenge"], given["phone"], given["code"]):
            response = redirect("citizen:find")
            mine.remember_all(request, response, _receipts(given["phone"]))
            return response
        form.add_error("code", _("验证码不对，或已过期。错了五次要重新发一个。"))
    return _page(request, form, 400, asked=True)


def _receipts(phone: str) -> list[str]:
    """The newest receipts under a number, in every district."""
    callers = [(one.code, caller_with_phone(one.code, phone)) for one in districts()]
    return [number for code, caller in callers if caller for number in receipts_of(code, caller, mine.MOST)]


@public
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Whoever lends a phone, or used somebody else's, takes their reports off it."""
    response = redirect("citizen:find")
    mine.forget(response)
    messages.success(request, _("已从这台手机去掉。凭回执号或电话还能再查。"))
    return response
