"""A sheet of shifts into the roster."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.teams.actions import import_roster
from huying.teams.rules.sheets import ALSO, ROSTER
from huying.web.admin.teams.sheets import brought_in, sheet_of
from huying.web.guard import StaffRequest, guarded

_EXAMPLE = ("2026-12-01", "福坞街道指挥中心", "白班", "值班员", "张小明", "13800000000", "科员")


@guarded(P.DUTY_EDIT)
@require_http_methods(["GET", "POST"])
def roster(request: StaffRequest) -> HttpResponse:
    """Shifts into the posts one draws up; ``?sheet`` gives an empty sheet to fill in."""
    if "sheet" in request.GET:
        return sheet_of((*ROSTER, *ALSO), _EXAMPLE, "roster.csv")
    words = {
        "title": _("导入排班"),
        "hint": _("值班点、班次要先建好；写了电话的人没有就新建。有一行错就一行也不写。"),
        "back": "roster:index",
        "columns": [*ROSTER, *ALSO],
    }
    return brought_in(request, import_roster, words, "roster:index")
