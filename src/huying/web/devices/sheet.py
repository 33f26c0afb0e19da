"""A sheet of devices into the register: looked at first, then written."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.devices.actions import import_devices
from huying.devices.rules.sheet import ALSO, EXAMPLE, NEEDED
from huying.web.admin.teams.sheets import brought_in, sheet_of
from huying.web.guard import StaffRequest, guarded


@guarded(P.DEVICE_EDIT)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Devices into the register; ``?sheet`` gives an empty sheet to fill in."""
    if "sheet" in request.GET:
        return sheet_of((*NEEDED, *ALSO), EXAMPLE, "devices.csv")
    words = {
        "title": _("导入设备"),
        "hint": _("编号、类型、名称必填；编号已登记的按表更正。有一行错就一行也不写。"),
        "back": "device:index",
        "columns": [*NEEDED, *ALSO],
    }
    return brought_in(request, import_devices, words, "device:index")
