"""Standards of each level, and the checklist of each kind."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.saying import worded
from huying.residents.rules.kinds import CareLevel
from huying.visits.actions import put_checklist, put_standard
from huying.visits.queries import ChecklistInfo, checklists_for, standards_for
from huying.visits.rules.checklists import parsed, typed
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.visits.forms import ChecklistForm, StandardForm

COMMON = "common"


@guarded(P.VISIT_READ, P.VISIT_SET)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What holds for each level, and what is asked of each kind."""
    return _index(request)


@guarded(P.VISIT_SET)
@never_cache
@require_POST
def standard(request: StaffRequest, level: str) -> HttpResponse:
    """From now on this holds for the level."""
    held = {one.standard.level.value: one for one in standards_for(request.actor)}
    if level not in held:
        raise NotFound
    form = StandardForm(held[level], request.POST)
    if not form.is_valid():
        return _index(request, {level: form}, 400)
    try:
        put_standard(request.actor, form.standard(CareLevel(level)), form.cleaned_data["why"], request.now)
    except HuyingError as error:
        if error.status == 403:
            raise
        refused(form, error)
        return _index(request, {level: form}, error.status)
    return pressed(request, lambda: None, _("已保存，下次排计划时照办。"), "visits:setting")


@guarded(P.VISIT_SET)
@never_cache
@require_http_methods(["GET", "POST"])
def checklist(request: StaffRequest, kind: str) -> HttpResponse:
    """The questions of a kind; a POST asks others from now on."""
    held = _of_kind(request, kind)
    form, status = ChecklistForm(initial={"questions": typed(held.questions)}), 200
    if request.method == "POST":
        form, status = ChecklistForm(request.POST), 400
        if form.is_valid():
            try:
                put_checklist(
                    request.actor, held.kind, parsed(form.cleaned_data["questions"]), form.cleaned_data["why"],
                    request.now,
                )  # fmt: skip
            except ValueError as wrong:
                form.add_error("questions", worded(wrong.args[0], _))
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "visits:setting")
    return render(request, "visits/checklist.html", {"form": form, "held": held}, status=status)


def _of_kind(request: StaffRequest, kind: str) -> ChecklistInfo:
    wanted = "" if kind == COMMON else kind
    found = next((one for one in checklists_for(request.actor) if one.kind == wanted), None)
    if found is None:
        raise NotFound
    return found


def _index(
    request: StaffRequest, forms: dict[str, StandardForm] | None = None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    may_edit = actor.may_everywhere(P.VISIT_SET)
    context: dict[str, Any] = {
        "standards": [
            (one, (forms or {}).get(one.standard.level.value) or StandardForm(one))
            for one in standards_for(actor)
        ],
        "lists": [(one, one.kind or COMMON) for one in checklists_for(actor)],
        "form": next(iter((forms or {}).values()), None),
        "may_edit": may_edit,
        "changes": beside(request, Subject.VISIT),
    }
    return render(request, "visits/setting.html", context, status=status)
