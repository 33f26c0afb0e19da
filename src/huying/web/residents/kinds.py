"""重点人群类别: the list that a district keeps; and a sheet of people brought in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import Denied, HuyingError
from huying.residents.actions import end_kind, import_people, put_kind
from huying.residents.queries import kinds_for
from huying.residents.rules.kinds import CareLevel
from huying.residents.rules.sheets import COLUMNS, EXAMPLE, MORE
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.admin.teams.sheets import brought_in, sheet_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.residents.forms import KindForm


@guarded(P.RESIDENT_READ, P.RESIDENT_SET)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The kinds; a POST makes one, or lets one say something else. ``?code=`` opens one in the form."""
    actor = request.actor
    rows = kinds_for(actor)
    form, status = KindForm(initial=_first(request, rows)), 200
    if request.method == "POST":
        if not actor.may_everywhere(P.RESIDENT_SET):
            raise Denied
        form, status = KindForm(request.POST), 400
        if form.is_valid():
            told = form.cleaned_data
            try:
                put_kind(
                    actor, told["code"], told["name"], CareLevel(told["level"]), told["sensitive"], told["hint"],
                    request.now,
                )  # fmt: skip
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "residents:kinds")
    context = {
        "rows": rows,
        "form": form,
        "may_edit": actor.may_everywhere(P.RESIDENT_SET),
        "changes": beside(request, Subject.RESIDENT),
    }
    return render(request, "residents/kinds.html", context, status=status)


@guarded(P.RESIDENT_SET)
@require_POST
def end(request: StaffRequest, code: str) -> HttpResponse:
    """Given to nobody any more."""
    return pressed(
        request, lambda: end_kind(request.actor, code, request.now), _("已停用。"), "residents:kinds"
    )


@guarded(P.RESIDENT_EDIT)
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """People of a sheet; ``?sheet`` gives an empty one to fill in."""
    if "sheet" in request.GET:
        return sheet_of((*COLUMNS, *MORE), EXAMPLE, "residents.csv")
    words = {
        "title": _("导入住户"),
        "hint": _("楼栋是新的要写网格；没有同意或依据的不能登记。有一行错就一行也不写。"),
        "back": "residents:index",
        "columns": [*COLUMNS, *MORE],
    }
    return brought_in(request, import_people, words, "residents:index")


def _first(request: StaffRequest, rows: Any) -> dict[str, Any] | None:
    row = next((one for one in rows if one.code == request.GET.get("code", "")), None)
    if row is None:
        return None
    return {
        "code": row.code, "name": row.name, "level": row.level.value, "sensitive": row.sensitive, "hint": row.hint,
    }  # fmt: skip
