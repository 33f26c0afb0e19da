"""The list of people, and one person's page."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.people.actions import create_account, create_post, reset_sign_in
from huying.people.queries import (
    PostInfo,
    account_info,
    accounts_for,
    bodies,
    has_second_factor,
    locked_account,
    open_sessions,
    posts_ever,
    posts_held,
    sign_ins_of,
)
from huying.people.rules.kinds import BodyKind
from huying.places.queries import area_name
from huying.web.admin.annals import beside
from huying.web.admin.asked import number_of
from huying.web.admin.people.asking import accounts_asked
from huying.web.admin.people.forms import AccountForm, PersonForm, PostForm
from huying.web.admin.people.left import left_behind
from huying.web.admin.wheres import role_choices
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import ACCOUNTS, address_of

_PAGE: Final = 50


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """People by name, login, role and state, and a form for one more, who gets a first password to be changed."""
    form = AccountForm(request, request.POST if request.method == "POST" else None, _for_unit(request))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = _made(request, form)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return made
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    rows = accounts_for(request.actor, after=number, limit=_PAGE, **accounts_asked(request.GET, request.now))
    held = posts_held([one.id for one in rows], request.now)
    context = {
        "rows": [(one, worded(request, held[one.id])) for one in rows],
        "form": form,
        "questions": _questions(request),
        "left": len(left_behind(request)),
        "export": address_of(ACCOUNTS, request),
        "next": query_with(request.GET, after=str(rows[-1].id)) if len(rows) == _PAGE else "",
    }
    return render(request, "admin/people/accounts.html", context, status=status)


def _for_unit(request: StaffRequest) -> dict[str, Any]:
    """Who comes from a unit's page to add its people finds the unit chosen, and the post that stands for it."""
    number = number_of(request.GET.get("unit", ""))
    if number is None:
        return {}
    unit = next((one for one in bodies(request.actor.district, request.now) if one.id == number), None)
    if unit is None:
        return {}
    role = Role.COMMUNITY_STATION if unit.kind is BodyKind.COMMUNITY else Role.DEPARTMENT_HANDLER
    return {"body": unit.id, "area": unit.area, "role": role.value}


def _questions(request: StaffRequest) -> list[Filter]:
    role, state = request.GET.get("role", ""), request.GET.get("state", "")
    states = (("active", _("在用")), ("stopped", _("已停用")))
    return [
        Filter("q", _("姓名或登录名"), "search", value=request.GET.get("q", "")),
        Filter("role", _("岗位"), choices=[Choice(value, zh, value == role) for value, zh in role_choices()]),
        Filter("state", _("状态"), choices=[Choice(value, zh, value == state) for value, zh in states]),
    ]


def _made(request: StaffRequest, form: AccountForm) -> HttpResponse:
    said = form.cleaned_data
    made = create_account(
        request.actor, said["login"], said["name"], [form.post()], request.now, phone=said["phone"]
    )
    first = reset_sign_in(request.actor, made, request.now)
    return page(request, made, first=first)


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One person: posts held, to come and ended, another post, signing in, and what was changed."""
    account_info(request.actor, number)
    form = PostForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            create_post(request.actor, number, form.post(), request.now)
        except HuyingError as error:
            refused(form, error)
        else:
            messages.success(request, _("岗位已加上。"))
            return redirect("admin:account", number)
    return page(request, number, form=form, status=200 if request.method == "GET" else 400)


def page(
    request: StaffRequest,
    number: int,
    *,
    form: PostForm | None = None,
    person: PersonForm | None = None,
    first: str = "",
    status: int = 200,
) -> HttpResponse:
    """One person's page; ``first`` is a first password, which is shown this once."""
    account, now = account_info(request.actor, number), request.now
    posts = posts_ever(request.actor, number)
    over = [one for one in posts if one.valid_to is not None and one.valid_to <= now]
    here = request.session.session_key or ""
    context: dict[str, Any] = {
        "account": account,
        "posts": worded(request, [one for one in posts if one not in over]),
        "over": worded(request, over),
        "now": now,
        "form": form or PostForm(request),
        "person": person or PersonForm(initial={"name": account.name}, label_suffix=""),
        "first": first,
        "myself": number == request.actor.account_id,
        "locked": locked_account(account.login, now),
        "factor": has_second_factor(number),
        "sessions": open_sessions(number, here, now, settings.SESSION_COOKIE_AGE),
        "sign_ins": [(at, address, _(outcome.zh)) for at, address, outcome in sign_ins_of(number)],
        "changes": beside(
            request, Subject.ACCOUNT, Subject.POST, Subject.FACTOR, about=str(number), limit=30
        ),
    }
    return render(request, "admin/people/account.html", context, status=status)


def worded(request: StaffRequest, posts: Sequence[PostInfo]) -> list[tuple[PostInfo, str, str]]:
    """Posts with the words of their role and place."""
    district = request.actor.district
    return [(post, _(post.role.zh), area_name(district, post.area)) for post in posts]
