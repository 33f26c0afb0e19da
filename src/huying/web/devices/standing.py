"""How a device stands changed: its credential, maintenance, retired."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.devices.actions import end_maintenance, maintain, new_secret, retire, set_station_password
from huying.kernel.errors import HuyingError
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.devices.forms import MaintenanceForm
from huying.web.devices.one import shown
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.DEVICE_EDIT)
@never_cache
@require_POST
def secret(request: StaffRequest, number: int) -> HttpResponse:
    """Another credential, shown on the page that comes and never again."""
    return shown(request, number, secret=new_secret(request.actor, number, request.now))


@guarded(P.DEVICE_EDIT)
@never_cache
@require_POST
def station(request: StaffRequest, number: int) -> HttpResponse:
    """The password a station of HJ 212 shows, or none."""
    password = request.POST.get("password", "").replace("\x00", "").strip()
    return pressed(
        request,
        lambda: set_station_password(request.actor, number, password, request.now),
        _("已保存。"), "device:one", number,
    )  # fmt: skip


@guarded(P.DEVICE_EDIT)
@require_POST
def retired(request: StaffRequest, number: int) -> HttpResponse:
    """Listen to it no more."""
    why = request.POST.get("why", "").replace("\x00", "")
    return pressed(
        request, lambda: retire(request.actor, number, why, request.now), _("已停用。"), "device:one", number
    )


@guarded(P.DEVICE_EDIT)
@never_cache
@require_POST
def maintenance(request: StaffRequest, number: int) -> HttpResponse:
    """A time in which somebody works on it, or its early end."""
    by, now = request.actor, request.now
    ended = number_of(request.POST.get("end", ""))
    if ended is not None:
        return pressed(
            request, lambda: end_maintenance(by, number, ended, now), _("已结束维护。"), "device:one", number
        )
    form = MaintenanceForm(now, request.POST)
    if not form.is_valid():
        return shown(request, number, form=form, status=400)
    told = form.cleaned_data
    try:
        maintain(by, number, told["since"], told["until"], told["why"], now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return shown(request, number, form=form, status=error.status)
    return pressed(request, lambda: None, _("已登记维护时段。"), "device:one", number)
