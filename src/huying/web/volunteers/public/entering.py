"""By phone and code: who is a volunteer comes in, who is none registers. The number proved is carried sealed."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.notices.channels.codes import check_code, send_code
from huying.people.queries import caller_with_phone
from huying.places.queries import districts
from huying.volunteers.actions import join as register
from huying.volunteers.queries import Own, own_for
from huying.web.citizen.forms import CodeForm, PhoneForm
from huying.web.citizen.messages import arrive
from huying.web.citizen.where import streets_and_communities
from huying.web.guard import public
from huying.web.present.refused import refused
from huying.web.volunteers.people.forms import VolunteerForm
from huying.web.volunteers.public.known import forget, remember

_SALT: Final = "huying.volunteer.proof"
_MINUTES: Final = 30


class NumberForm(PhoneForm):
    """The number that messages go to."""

    phone = forms.CharField(
        label=gettext_lazy("您的手机号"), max_length=30,
        widget=forms.TextInput(
            attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "data-private": True}
        ),
        error_messages={"required": gettext_lazy("请输入手机号。")},
    )  # fmt: skip


@public
@never_cache
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """First the number, then the code. Where no code can arrive nobody is asked for a number."""
    if not arrive():
        return render(request, "volunteer/enter.html", {"arrives": False})
    if request.method == "POST" and "challenge" in request.POST:
        return _opened(request, CodeForm(request.POST))
    form = NumberForm(request.POST) if request.method == "POST" else NumberForm()
    if form.is_bound and form.is_valid():
        phone = form.cleaned_data["phone"]
        try:
            challenge = send_code(phone, request.META.get("REMOTE_ADDR", ""), known=True)
        except HuyingError as error:
            form.add_error(None, worded(error.message, _))
        else:
            return _page(request, CodeForm(initial={"phone": phone, "challenge": challenge}), asked=True)
    return _page(request, form, status=400 if form.is_bound else 200)


@public
@never_cache
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Register, with a number that was proved within the last half hour."""
    try:
        phone = signing.loads(request.POST.get("proof", ""), salt=_SALT, max_age=_MINUTES * 60)
    except signing.BadSignature:
        messages.error(request, _("时间太久了，请重新验证手机号。"))
        return redirect("volunteer:enter")
    district = _district(request.POST.get("area", ""))
    form = VolunteerForm(district, communities(), request.POST)
    if not form.is_valid():
        return _joining(request, form, request.POST["proof"], 400)
    try:
        made = register(district, form.volunteer(), phone, now())
    except HuyingError as error:
        refused(form, error)
        return _joining(request, form, request.POST["proof"], error.status)
    messages.success(request, _("登记好了，谢谢您！有召集会发短信，也在这里。"))
    response = redirect("volunteer:index")
    remember(request, response, district, made.caller_id)
    return response


@public
@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """This phone is somebody else's."""
    response = redirect("volunteer:index")
    forget(response)
    return response


def communities(district: int | None = None) -> list[Any]:
    """Every community under its street, to choose from; of one district where one is told."""
    mine = "" if district is None else str(district)
    found = [(name, below) for code, name, below in streets_and_communities() if code.startswith(mine)]
    return [(name, below) for name, below in found if below]


def _opened(request: HttpRequest, form: CodeForm) -> HttpResponse:
    if form.is_valid():
        given = form.cleaned_data
        if check_code(given["challenge"], given["phone"], given["code"]):
            return _known(request, given["phone"])
        form.add_error("code", _("验证码不对，或已过期。错了五次要重新发一个。"))
    return _page(request, form, 400, asked=True)


def _known(request: HttpRequest, phone: str) -> HttpResponse:
    own = _volunteer(phone)
    if own is None:
        first = next((one.code for one in districts()), 0)
        return _joining(request, VolunteerForm(first, communities()), signing.dumps(phone, salt=_SALT))
    response = redirect("volunteer:index")
    remember(request, response, own.district, own.caller_id)
    return response


def _volunteer(phone: str) -> Own | None:
    for one in districts():
        caller = caller_with_phone(one.code, phone)
        own = own_for(one.code, caller) if caller is not None else None
        if own is not None:
            return own
    return None


def _district(community: str) -> int:
    """The district of a community that somebody chose; the first where it is none's."""
    known = [one.code for one in districts()]
    return next((code for code in known if community.startswith(str(code))), known[0] if known else 0)


def _page(request: HttpRequest, form: PhoneForm, status: int = 200, asked: bool = False) -> HttpResponse:
    context = {"form": form, "asked": asked, "arrives": True}
    return render(request, "volunteer/enter.html", context, status=status)


def _joining(request: HttpRequest, form: VolunteerForm, proof: str, status: int = 200) -> HttpResponse:
    return render(request, "volunteer/join.html", {"form": form, "proof": proof}, status=status)
