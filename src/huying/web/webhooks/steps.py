"""What is pressed on the page of a subscription."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.webhooks.forms import ReplayForm
from huying.webhooks.actions import pause, remove, replay, resend, start
from huying.webhooks.rules.rests import is_delivered
from huying.webhooks.tasks.sending import try_now


@guarded(P.WEBHOOK_EDIT)
@require_POST
def press_pause(request: StaffRequest, number: int) -> HttpResponse:
    """Push nothing for now."""
    done = _("已暂停。没推送的都留着。")
    return pressed(request, lambda: pause(request.actor, number, request.now), done, "webhook:one", number)


@guarded(P.WEBHOOK_EDIT)
@require_POST
def press_start(request: StaffRequest, number: int) -> HttpResponse:
    """Push again, with what was missed or without."""
    missed = request.POST.get("catch_up") == "1"
    return pressed(
        request,
        lambda: start(request.actor, number, request.now, catch_up=missed),
        _("已启用，停用期间的正在补送。") if missed else _("已启用。"),
        "webhook:one",
        number,
    )


@guarded(P.WEBHOOK_EDIT)
@require_POST
def press_remove(request: StaffRequest, number: int) -> HttpResponse:
    """Take it away."""
    return pressed(
        request, lambda: remove(request.actor, number, request.now), _("订阅已删除。"), "webhook:index"
    )


@guarded(P.WEBHOOK_EDIT)
@require_POST
def press_try(request: StaffRequest, number: int) -> HttpResponse:
    """Send a test message now and say what came of it."""
    try:
        came = try_now(request.actor, number, request.now)
    except HuyingError as error:
        messages.error(request, worded(error.message, _))
        return redirect("webhook:one", number)
    if is_delivered(came.status):
        messages.success(request, _("测试消息已送达，用了 %(ms)d 毫秒。") % {"ms": came.took_ms})
    else:
        messages.error(request, _("测试消息没有送到：%(why)s") % {"why": came.error})
    return redirect("webhook:one", number)


@guarded(P.WEBHOOK_EDIT)
@require_POST
def press_resend(request: StaffRequest, number: int) -> HttpResponse:
    """Single messages once more."""
    ids = [
        int(text)
        for text in request.POST.getlist("id")[:100]
        if text.isascii() and text.isdigit() and len(text) < 18
    ]
    return pressed(
        request,
        lambda: resend(request.actor, number, ids, request.now),
        _("已放回队列，马上重发。"),
        "webhook:one",
        number,
    )


@guarded(P.WEBHOOK_EDIT)
@require_POST
def press_replay(request: StaffRequest, number: int) -> HttpResponse:
    """Everything since a moment once more."""
    form = ReplayForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明从什么时间起重放。"))
        return redirect("webhook:one", number)
    since = form.cleaned_data["since"]
    return pressed(
        request,
        lambda: replay(request.actor, number, request.now, since=since),
        _("已开始重放，按办理链的顺序补送。"),
        "webhook:one",
        number,
    )
