"""A sheet of responders: looked at first, then written."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.emergency.actions import import_responders
from huying.emergency.actions.sheets import ALSO, COLUMNS, EXAMPLE
from huying.web.admin.teams.sheets import brought_in, sheet_of
from huying.web.guard import StaffRequest, guarded


@guarded(P.RESPONDER_EDIT)
@require_http_methods(["GET", "POST"])
def bring(request: StaffRequest) -> HttpResponse:
    """Responders out of a file; ``?sheet`` gives an empty sheet to fill in."""
    if "sheet" in request.GET:
        return sheet_of((*COLUMNS, *ALSO), EXAMPLE, "responders.csv")
    words = {
        "title": _("导入应急力量"),
        "hint": _("技能用“应急预案”里的名称，几项之间空一格；没有经纬度的写地址。有一行错就一行也不写。"),
        "back": "emergency:responders",
        "columns": [*COLUMNS, *ALSO],
    }
    return brought_in(request, import_responders, words, "emergency:responders")
