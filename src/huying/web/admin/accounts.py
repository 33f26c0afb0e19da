"""人员与岗位: who may sign in, and in which posts, where, for which unit."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.people.actions import NewPost, create_account, create_post, end_post, reset_sign_in, set_active
from huying.people.queries import PostInfo, account_info, accounts_for, posts_held, posts_of
from huying.web.admin.doing import pressed, refused
from huying.web.admin.wheres import area_choices, area_words, body_choices, role_choices
from huying.web.case.lines import query_with
from huying.web.guard import StaffRequest, guarded

_PAGE = 50


class PostForm(forms.Form):
    """A role within an area, and for handling roles within a unit."""

    role = forms.ChoiceField(label=gettext_lazy("岗位"))
    area = forms.ChoiceField(label=gettext_lazy("管哪里"))
    body = forms.TypedChoiceField(
        label=gettext_lazy("代表单位"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("经办、网格、社区岗位要选"),
    )

    def __init__(self, request: StaffRequest, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        district = request.actor.district
        choices: dict[str, Any] = {
            "role": role_choices(),
            "area": area_choices(district),
            "body": [("", "—"), *body_choices(district, request.now)],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs

    def post(self) -> NewPost:
        """The post of a valid form."""
        said = self.cleaned_data
        return NewPost(Role(said["role"]), said["area"], said["body"])


class AccountForm(PostForm):
    """A new person with a first post."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    login = forms.CharField(label=gettext_lazy("登录名"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=30, required=False)
    field_order = ("name", "login", "phone", "role", "area", "body")


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """People by name or login, and a form for one more, who gets a first password to be changed."""
    form = AccountForm(request, request.POST if request.method == "POST" else None)
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
    word, after = request.GET.get("q", "").strip()[:40], request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else 0
    rows = accounts_for(request.actor, word, number, _PAGE)
    held = posts_held([one.id for one in rows], request.now)
    context = {
        "rows": [(one, _worded(request, held[one.id])) for one in rows],
        "form": form,
        "word": word,
        "next": query_with(request.GET, after=str(rows[-1].id)) if len(rows) == _PAGE else "",
    }
    return render(request, "admin/accounts.html", context, status=status)


def _made(request: StaffRequest, form: AccountForm) -> HttpResponse:
    said = form.cleaned_data
    made = create_account(
        request.actor, said["login"], said["name"], [form.post()], request.now, phone=said["phone"]
    )
    first = reset_sign_in(request.actor, made, request.now)
    return _one(request, made, PostForm(request), first=first)


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One person: posts held, another post, a new first password, stop or restart."""
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
    return _one(request, number, form, status=200 if request.method == "GET" else 400)


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_POST
def step(request: StaffRequest, number: int) -> HttpResponse:
    """End a post, stop or restart the account, or hand out a new first password, shown once."""
    by, now, post = request.actor, request.now, request.POST.get("post", "")
    match request.POST.get("do"):
        case "end" if post.isascii() and post.isdigit():
            return pressed(
                request, lambda: end_post(by, int(post), now), _("岗位已结束。"), "admin:account", number
            )
        case "stop":
            return pressed(
                request,
                lambda: set_active(by, number, False, now),
                _("账号已停用。"),
                "admin:account",
                number,
            )
        case "start":
            return pressed(
                request, lambda: set_active(by, number, True, now), _("账号已启用。"), "admin:account", number
            )
        case "reset":
            try:
                first = reset_sign_in(by, number, now)
            except HuyingError as error:
                messages.error(request, worded(error.message, _))
                return redirect("admin:account", number)
            return _one(request, number, PostForm(request), first=first)
        case _:
            return redirect("admin:account", number)


def _one(
    request: StaffRequest, number: int, form: PostForm, *, first: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "account": account_info(request.actor, number),
        "posts": _worded(request, posts_of(number, request.now)),
        "form": form,
        "first": first,
        "myself": number == request.actor.account_id,
    }
    return render(request, "admin/account.html", context, status=status)


def _worded(request: StaffRequest, posts: Sequence[PostInfo]) -> list[tuple[PostInfo, str, str]]:
    district = request.actor.district
    return [(post, _(post.role.zh), area_words(district, post.area)) for post in posts]
