"""What an administrator does to one person's account, a button each."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.people.actions import (
    end_post,
    move_post,
    rename_account,
    reset_second_factor,
    reset_sign_in,
    set_active,
    sign_out_everywhere,
    unlock,
)
from huying.web.admin.doing import pressed
from huying.web.admin.people.accounts import page
from huying.web.admin.people.forms import PersonForm, midnight
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_POST
def step(request: StaffRequest, number: int) -> HttpResponse:
    """Stop, restart, unlock, put out, drop the second factor, or hand out a new first password, shown once."""
    by, now, wanted = request.actor, request.now, request.POST.get("do", "")
    if wanted == "reset":
        try:
            first = reset_sign_in(by, number, now)
        except HuyingError as error:
            messages.error(request, worded(error.message, _))
            return redirect("admin:account", number)
        return page(request, number, first=first)
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "stop": (partial(set_active, by, number, False, now), _("账号已停用。")),
        "start": (partial(set_active, by, number, True, now), _("账号已启用。")),
        "unlock": (partial(unlock, by, number, now), _("已解锁，现在就能登录。")),
        "sign_out": (partial(sign_out_everywhere, by, number, now), _("所有设备都已退出。")),
        "factor": (partial(reset_second_factor, by, number, now), _("动态码已清掉，下次登录重新设置。")),
    }
    if wanted not in acts:
        return _post_step(request, number)
    act, told = acts[wanted]
    return pressed(request, act, told, "admin:account", number)


def _post_step(request: StaffRequest, number: int) -> HttpResponse:
    """End a post now or after a day."""
    post, day = request.POST.get("post", ""), request.POST.get("day", "")
    if request.POST.get("do") != "end" or not (post.isascii() and post.isdigit() and len(post) < 18):
        return redirect("admin:account", number)
    try:
        at = midnight(date.fromisoformat(day) + timedelta(days=1)) if day else None
    except (ValueError, OverflowError):
        messages.error(request, _("请选日期。"))
        return redirect("admin:account", number)
    told = _("岗位到那天结束。") if at else _("岗位已结束。")
    return pressed(
        request, partial(end_post, request.actor, int(post), request.now, at), told, "admin:account", number
    )


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_POST
def rename(request: StaffRequest, number: int) -> HttpResponse:
    """Another name or phone; the phone stays where none is typed."""
    form = PersonForm(request.POST, label_suffix="")
    if form.is_valid():
        said = form.cleaned_data
        try:
            rename_account(request.actor, number, said["name"], said["phone"] or None, request.now)
        except HuyingError as error:
            refused(form, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("admin:account", number)
    return page(request, number, person=form, status=400)


@guarded(P.ACCOUNT_EDIT)
@require_POST
def move(request: StaffRequest, post: int) -> HttpResponse:
    """Let a post go on in another area, as when its grid has ended."""
    act = partial(move_post, request.actor, post, request.POST.get("area", ""), request.now)
    return pressed(request, act, _("岗位已移过去。"), "admin:posts_left")
