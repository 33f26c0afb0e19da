"""Signing in, with a code where one is set up, and signing out."""

from typing import Any, Final

from django import forms
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.people import actions
from huying.people.queries import actor_of, has_second_factor
from huying.web.account.forms import CodeForm, SignInForm
from huying.web.account.middleware import FACTOR, SEEN, SINCE
from huying.web.guard import StaffRequest, public, signed_in
from huying.web.navigation import home_for
from huying.web.returning import ours

OWING: Final = "owing"
OWING_SECONDS: Final = 300
BACKEND: Final = "huying.people.queries.sessions.AccountBackend"


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: Any) -> HttpResponse:
    """Name and password; whoever has a second factor goes on to ``code``."""
    if request.actor is not None:
        return HttpResponseRedirect(_next(request))
    form = SignInForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = actions.sign_in(**form.cleaned_data, address=address_of(request), now=request.now)
        except HuyingError as error:
            return _again(request, "account/sign_in.html", form, error)
        if not has_second_factor(account.pk):
            return _enter(request, account, with_factor=False)
        request.session.cycle_key()
        request.session[OWING] = [account.pk, request.now.timestamp() + OWING_SECONDS]
        return redirect(f"{reverse('account:code')}{_query(request)}")
    return render(request, "account/sign_in.html", {"form": form})


@public
@never_cache
def code(request: Any) -> HttpResponse:
    """The second step: a time-based code or a recovery code, within five minutes of the password."""
    account_id, until = request.session.get(OWING, (0, 0))
    account = actions.account_waiting(account_id) if request.now.timestamp() < until else None
    if account is None:
        return redirect("account:sign_in")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_second_factor(account, form.cleaned_data["code"], address_of(request), request.now)
        except HuyingError as error:
            return _again(request, "account/code.html", form, error)
        return _enter(request, account, with_factor=True)
    return render(request, "account/code.html", {"form": form})


@require_POST
@signed_in(even_barred=True)
def sign_out(request: StaffRequest) -> HttpResponse:
    """End this session."""
    actions.session_ended(request.session.session_key or "", request.now)
    auth.logout(request)
    messages.success(request, _("已退出。"))
    return redirect("account:sign_in")


def _enter(request: Any, account: Any, *, with_factor: bool) -> HttpResponse:
    request.session.pop(OWING, None)
    auth.login(request, account, backend=BACKEND)
    request.session[SEEN] = request.session[SINCE] = request.now.timestamp()
    request.session[FACTOR] = with_factor
    request.session.save()
    agent = request.headers.get("User-Agent", "")
    actions.signed_in(account, request.session.session_key, address_of(request), agent, request.now)
    request.actor = actor_of(account, request.now)
    return HttpResponseRedirect(_next(request))


def _again(request: HttpRequest, template: str, form: forms.Form, error: HuyingError) -> HttpResponse:
    # Answered with the error's own status: browsers show the page, and scripts see that it was refused.
    form.add_error(None, worded(error.message, _))
    if "password" in form.fields:
        form.fields["login"].widget.attrs.pop("autofocus", None)
        form.fields["password"].widget.attrs["autofocus"] = True
    return render(request, template, {"form": form}, status=error.status)


def _next(request: Any) -> str:
    wanted = ours(request, request.GET.get("next", ""))
    if wanted not in {"", "/"}:
        return wanted
    return home_for(request.actor) or reverse("account:profile")


def _query(request: HttpRequest) -> str:
    return f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""


def address_of(request: HttpRequest) -> str:
    """The address the request came from, as the front saw it."""
    return str(request.META.get("REMOTE_ADDR", ""))
