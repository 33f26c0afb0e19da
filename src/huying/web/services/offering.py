"""What the centres one runs offer, and the slots of each."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.services.actions import cancel_slot, change_service, end_service, offer, open_slots
from huying.services.queries import facility_of, service_for, services_for, slots_for
from huying.web.admin.annals import beside
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.services.forms import ServiceForm, SlotsForm
from huying.web.services.words import moment_words


@guarded(P.SERVICE_RUN)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every service of the centres one runs."""
    rows = services_for(request.actor, number_of(request.GET.get("facility", "")))
    return render(request, "services/offered.html", {"rows": rows})


@guarded(P.SERVICE_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, facility: int) -> HttpResponse:
    """One more service of a centre."""
    centre = facility_of(request.actor.district, facility)
    form, status = ServiceForm(), 200
    if request.method == "POST":
        form, status = ServiceForm(request.POST), 400
        if form.is_valid():
            try:
                made = offer(request.actor, facility, form.service(), request.now)
            except HuyingError as error:
                if error.status in (403, 404):
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已加上，请排时段。"), "service:one", made)
    return render(request, "services/offered_new.html", {"form": form, "centre": centre}, status=status)


@guarded(P.SERVICE_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One service: corrected, with its slots."""
    row = service_for(request.actor, number)
    if request.method != "POST":
        return _shown(request, number)
    form = ServiceForm(request.POST)
    status = 400
    if form.is_valid():
        try:
            change_service(request.actor, row.id, form.service(), request.now)
        except HuyingError as error:
            if error.status in (403, 404):
                raise
            refused(form, error)
            status = error.status
        else:
            return pressed(request, lambda: None, _("已保存。"), "service:one", number)
    return _shown(request, number, form=form, status=status)


@guarded(P.SERVICE_RUN)
@require_POST
def ended(request: StaffRequest, number: int) -> HttpResponse:
    """Offered no more."""
    return pressed(
        request, lambda: end_service(request.actor, number, request.now), _("已停掉。"), "service:one", number
    )


@guarded(P.SERVICE_RUN)
@never_cache
@require_POST
def slots(request: StaffRequest, number: int) -> HttpResponse:
    """Slots by a weekly pattern."""
    form = SlotsForm(request.POST)
    if not form.is_valid():
        return _shown(request, number, slots_form=form, status=400)
    try:
        made = open_slots(request.actor, number, form.pattern(), request.now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return _shown(request, number, slots_form=form, status=error.status)
    told = _("新排了 %(n)s 个时段。") % {"n": made}
    return pressed(request, lambda: None, told, "service:one", number)


@guarded(P.SERVICE_RUN)
@require_POST
def slot_cancelled(request: StaffRequest, number: int, slot: int) -> HttpResponse:
    """A slot taken back; those who had a place in it wait for another."""
    return pressed(
        request, lambda: cancel_slot(request.actor, number, slot, request.now), _("已取消这个时段。"),
        "service:one", number,
    )  # fmt: skip


def _shown(
    request: StaffRequest, number: int, form: ServiceForm | None = None, slots_form: SlotsForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor, now = request.actor, request.now
    row = service_for(actor, number)
    today = timezone.localdate(now)
    if slots_form is None:
        slots_form = SlotsForm()
        slots_form.initial = {
            "first": today + timedelta(days=1), "last": today + timedelta(days=28), "capacity": 1,
            "weekdays": ["0", "1", "2", "3", "4"],
        }  # fmt: skip
    context = {
        "row": row,
        "form": form or ServiceForm(row=row),
        "slots_form": slots_form,
        "slots": [(one, moment_words(one.starts_at)) for one in slots_for(actor, number, now)],
        "changes": beside(request, Subject.SERVICE, about=str(row.id)),
    }
    return render(request, "services/offered_one.html", context, status=status)
