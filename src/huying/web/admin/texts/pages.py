"""The texts of notices: the list, one with its versions, kept, tried, brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.texts.actions import restore_text, write_text
from huying.texts.queries import text_for, texts_for, versions_for
from huying.texts.rules.kinds import TextKind
from huying.texts.rules.occasions import RESIDENT, Occasion, asked_of
from huying.texts.rules.starter import CHINESE, LANGUAGES
from huying.web.admin.doing import pressed
from huying.web.admin.texts.forms import TextForm, initial_of
from huying.web.admin.texts.trying import Tried, tried_notice
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.TEXT_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What residents are sent and what staff are sent, as it stands."""
    texts = texts_for(request.actor, TextKind.NOTICE)
    rows = [(one, Occasion(one.name), _(Occasion(one.name).zh)) for one in texts]
    context = {
        "groups": [
            (_("发给居民"), [row for row in rows if row[1] in RESIDENT]),
            (_("发给工作人员"), [row for row in rows if row[1] not in RESIDENT]),
        ],
        "here": "notices",
    }
    return render(request, "admin/texts/index.html", context)


@guarded(P.TEXT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def notice(request: StaffRequest, name: str, language: str) -> HttpResponse:
    """One text: typed, tried on a case, kept as a further version."""
    if name not in set(Occasion) or language not in LANGUAGES:
        raise NotFound
    occasion, held = Occasion(name), text_for(request.actor, TextKind.NOTICE, name, language).version
    if request.method == "GET":
        form = TextForm(initial=initial_of(held.wording, held.number))
        return _page(
            request, occasion, language, form, tried_notice(request, occasion, language, held.wording, "")
        )
    form, tried = TextForm(request.POST), None
    if form.is_valid():
        said = form.cleaned_data
        try:
            if request.POST.get("do") == "preview":
                tried = tried_notice(request, occasion, language, form.wording(), said["case"])
                return _page(request, occasion, language, form, tried)
            write_text(
                request.actor, TextKind.NOTICE, name, language, form.wording(), seen=said["seen"],
                now=request.now, note=said["note"],
            )  # fmt: skip
        except HuyingError as error:
            refused(form, error)
            now_says = held if error.code == "stale_version" else None
            return _page(request, occasion, language, form, None, status=error.status, now_says=now_says)
        messages.success(request, _("已保存为新的一版，马上生效。"))
        return redirect("admin:notice_text", name, language)
    return _page(request, occasion, language, form, None, status=400)


@guarded(P.TEXT_EDIT)
@require_POST
def restore(request: StaffRequest, kind: str, name: str, language: str) -> HttpResponse:
    """An earlier version, in force again."""
    number = request.POST.get("number", "")
    if kind not in set(TextKind) or not (number.isascii() and number.isdigit() and len(number) < 9):
        raise NotFound
    route = ("admin:notice_text", name, language) if kind == TextKind.NOTICE else ("admin:reply", name)
    return pressed(
        request,
        lambda: restore_text(request.actor, TextKind(kind), name, language, int(number), request.now),
        _("已恢复，马上生效。"),
        *route,
    )


def _page(
    request: StaffRequest, occasion: Occasion, language: str, form: TextForm, tried: Tried | None,
    status: int = 200, **more: Any,
) -> HttpResponse:  # fmt: skip
    asked = asked_of(occasion)
    context = {
        "occasion": occasion,
        "name": _(occasion.zh),
        "language": language,
        "other": next(one for one in LANGUAGES if one != language),
        "chinese": language == CHINESE,
        "form": form,
        "tried": tried,
        "fields": [
            (one.zh if language == CHINESE else one.value, _(one.zh), one in asked.needed)
            for one in asked.allowed
        ],
        "versions": versions_for(request.actor, TextKind.NOTICE, occasion.value, language),
        **more,
    }
    return render(request, "admin/texts/notice.html", context, status=status)
