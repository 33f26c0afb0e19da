"""What a dispatcher makes of an issue: none, the same as another, two in one."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.prevent.hot_issues.actions import dismiss, merge, reopen, split
from huying.prevent.hot_issues.queries import issue_for
from huying.web.guard import StaffRequest, guarded
from huying.web.hot.issues import drawn


@guarded(P.CASE_MERGE)
@require_POST
def settle(request: StaffRequest, number: int) -> HttpResponse:
    """Do what the pressed button says; a refusal keeps what was typed."""
    issue_for(request.actor, number, request.now)
    doing = _DOING.get(request.POST.get("do", ""))
    if doing is None:
        return redirect("hot:issue", number)
    try:
        leads = doing(request, number)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        wrongs = [worded(text, _) for text in error.fields.values()] or [worded(error.message, _)]
        found = issue_for(request.actor, number, request.now, request.GET.get("after", ""))
        return drawn(request, found, wrongs, error.status)
    return redirect("hot:issue", leads)


def _dismiss(request: StaffRequest, number: int) -> int:
    dismiss(request.actor, number, request.POST.get("reason", ""), request.now)
    messages.success(request, _("已记为不是热点，不再列出。"))
    return number


def _reopen(request: StaffRequest, number: int) -> int:
    reopen(request.actor, number, request.now)
    messages.success(request, _("已恢复。"))
    return number


def _merge(request: StaffRequest, number: int) -> int:
    into = _number(request.POST.get("into", ""))
    if into is None:
        raise Invalid("请选择要并入的问题。", fields={"into": "请选择要并入的问题。"})
    merge(request.actor, number, into, request.POST.get("reason", ""), request.now)
    messages.success(request, _("已并入。"))
    return into


def _split(request: StaffRequest, number: int) -> int:
    cases = [each for each in map(_number, request.POST.getlist("cases")) if each is not None]
    made = split(request.actor, number, cases, request.POST.get("reason", ""), request.now)
    messages.success(request, _("已拆出为另一个问题。"))
    return made


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


_DOING: dict[str, Callable[[StaffRequest, int], int]] = {
    "dismiss": _dismiss, "reopen": _reopen, "merge": _merge, "split": _split,
}  # fmt: skip
