"""Taking a device into the register, and correcting it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.devices.actions import change, make
from huying.devices.queries import DeviceInfo, device_for
from huying.kernel.errors import HuyingError
from huying.web.admin.doing import pressed
from huying.web.devices.forms import DeviceForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.DEVICE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new one."""
    return _edited(request, None)


@guarded(P.DEVICE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: int) -> HttpResponse:
    """What is known of one."""
    return _edited(request, device_for(request.actor, number))


def _edited(request: StaffRequest, row: DeviceInfo | None) -> HttpResponse:
    actor, now = request.actor, request.now
    form = DeviceForm(actor.district, now, request.POST if request.method == "POST" else None, row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                number = _kept(request, form, row)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "device:one", number)
    return render(request, "devices/edit.html", {"form": form, "row": row}, status=status)


def _kept(request: StaffRequest, form: DeviceForm, row: DeviceInfo | None) -> int:
    if row is None:
        return make(request.actor, form.device(), request.now)
    change(request.actor, row.id, form.device(), request.now)
    return row.id
