"""Templates of replies: the list, a new one, one with its versions, taken out of use."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.catalogue.queries import item, live_edition
from huying.kernel.errors import HuyingError, NotFound
from huying.texts.actions import REPLY_PLACEHOLDERS, new_template, retire_template, write_text
from huying.texts.queries import TextInfo, VersionInfo, text_for, texts_for, versions_for
from huying.texts.rules.kinds import TextKind
from huying.texts.rules.starter import CHINESE
from huying.web.admin.doing import pressed
from huying.web.admin.texts.forms import ReplyForm, initial_of
from huying.web.admin.texts.trying import Tried, tried_reply
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.TEXT_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every template that is offered, for which items and outcomes; those out of use below."""
    texts = texts_for(request.actor, TextKind.REPLY)
    context = {
        "rows": [_row(request, one) for one in texts if not one.version.retired],
        "retired": [_row(request, one) for one in texts if one.version.retired],
        "here": "replies",
    }
    return render(request, "admin/texts/replies.html", context)


@guarded(P.TEXT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A template of the district's own."""
    if request.method == "GET":
        empty = {"seen": 0, "key": request.GET.get("key", "") or uuid4().hex, "fits": "always"}
        return _page(request, ReplyForm(initial=empty), None)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None, status=400)
    try:
        if request.POST.get("do") == "preview":
            return _page(request, form, tried_reply(request, form.wording(), form.cleaned_data["case"]))
        name = new_template(request.actor, form.wording(), request.now, form.cleaned_data["key"])
    except HuyingError as error:
        refused(form, error)
        return _page(request, form, None, status=error.status)
    messages.success(request, _("模板已保存，经办人现在就能选到。"))
    return redirect("admin:reply", name)


@guarded(P.TEXT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, name: str) -> HttpResponse:
    """One template: typed, tried on a case, kept as a further version."""
    held = text_for(request.actor, TextKind.REPLY, name).version
    if request.method == "GET":
        form = ReplyForm(initial=initial_of(held.wording, held.number))
        return _page(request, form, tried_reply(request, held.wording, ""), name, held)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None, name, held, status=400)
    said = form.cleaned_data
    try:
        if request.POST.get("do") == "preview":
            return _page(request, form, tried_reply(request, form.wording(), said["case"]), name, held)
        write_text(
            request.actor, TextKind.REPLY, name, CHINESE, form.wording(), seen=said["seen"], now=request.now,
            note=said["note"],
        )  # fmt: skip
    except HuyingError as error:
        refused(form, error)
        now_says = held if error.code == "stale_version" else None
        return _page(request, form, None, name, held, status=error.status, now_says=now_says)
    messages.success(request, _("已保存为新的一版，马上生效。"))
    return redirect("admin:reply", name)


@guarded(P.TEXT_EDIT)
@require_POST
def retire(request: StaffRequest, name: str) -> HttpResponse:
    """Offered no more; it can be brought back from its versions."""
    return pressed(
        request, lambda: retire_template(request.actor, name, request.now), _("已停用，经办人不再选到。"),
        "admin:replies",
    )  # fmt: skip


def _page(
    request: StaffRequest, form: ReplyForm, tried: Tried | None, name: str = "", held: VersionInfo | None = None,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "form": form,
        "tried": tried,
        "name": name,
        "held": held,
        "fields": [(one.zh, _(one.zh), False) for one in REPLY_PLACEHOLDERS],
        "versions": versions_for(request.actor, TextKind.REPLY, name) if name else [],
        **more,
    }
    return render(request, "admin/texts/reply.html", context, status=status)


def _row(request: StaffRequest, one: TextInfo) -> tuple[TextInfo, str, str]:
    wording = one.version.wording
    where = wording.item and _item_name(request.actor.district, wording.item)
    return one, where or _("全部事项"), _(wording.fits.zh)


def _item_name(district: int, code: str) -> str:
    """The item's name, or which items begin so."""
    try:
        return item(district, code).name if live_edition(district) is not None else code
    except NotFound:
        return _("代码 %(code)s 开头的事项") % {"code": code}
