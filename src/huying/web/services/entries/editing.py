"""An entry made, and corrected."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.services.actions import correct, enter
from huying.services.queries import FacilityInfo, facility_for
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.services.entries.forms import FacilityForm


@guarded(P.FACILITY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new one."""
    return _edited(request, None)


@guarded(P.FACILITY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: int) -> HttpResponse:
    """What is known of one."""
    return _edited(request, facility_for(request.actor, number))


def _edited(request: StaffRequest, row: FacilityInfo | None) -> HttpResponse:
    actor, now = request.actor, request.now
    form = FacilityForm(actor.district, now, request.POST if request.method == "POST" else None, row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                number = _kept(request, form, row)
            except HuyingError as error:
                if error.status in (403, 404):
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "facility:one", number)
    return render(request, "services/facility_edit.html", {"form": form, "row": row}, status=status)


def _kept(request: StaffRequest, form: FacilityForm, row: FacilityInfo | None) -> int:
    if row is None:
        return enter(request.actor, form.facility(), request.now)
    correct(request.actor, row.id, form.facility(), request.now)
    return row.id
