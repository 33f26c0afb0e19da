"""One entry: what stands in it, its photos and exceptions, what it offers; confirmed or taken down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.services.actions import confirm, end
from huying.services.policy import may_keep
from huying.services.queries import exceptions_of, facility_for, offered_by, photos_of
from huying.services.rules.hours import read_spans
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.services.entries.forms import ExceptionForm, PhotosForm
from huying.web.services.entries.listing import lines_of, map_of
from huying.web.services.words import spans_words, week_rows


@guarded(P.SERVICE_READ, P.FACILITY_EDIT)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """The page."""
    return shown(request, number)


def shown(
    request: StaffRequest,
    number: int,
    exception: ExceptionForm | None = None,
    photos: PhotosForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, or with a form that was refused."""
    actor = request.actor
    row = facility_for(actor, number)
    (line,) = lines_of(request, [row])
    today = timezone.localdate(request.now)
    context = {
        "line": line,
        "row": row,
        "week": week_rows(row.week),
        "exceptions": [
            (one, spans_words(read_spans(one.spans))) for one in exceptions_of(actor.district, row.id, today)
        ],
        "photos": photos_of(actor.district, row.id),
        "services": offered_by(actor.district, row.id),
        "map": map_of([line]),
        "may_edit": may_keep(actor, row.area, row.body_id) and row.ended_at is None,
        "may_run": may_keep(actor, row.area, row.body_id, P.SERVICE_RUN) and row.ended_at is None,
        "exception_form": exception or ExceptionForm(label_suffix=""),
        "photos_form": photos or PhotosForm(label_suffix=""),
        "changes": beside(request, Subject.FACILITY, about=str(row.id)),
    }
    return render(request, "services/facility.html", context, status=status)


@guarded(P.FACILITY_EDIT)
@require_POST
def confirmed(request: StaffRequest, number: int) -> HttpResponse:
    """Somebody made sure that it is right."""
    return pressed(
        request,
        lambda: confirm(request.actor, number, request.now),
        _("已记为核对无误。"),
        "facility:one",
        number,
    )


@guarded(P.FACILITY_EDIT)
@require_POST
def ended(request: StaffRequest, number: int) -> HttpResponse:
    """It is there no more."""
    why = request.POST.get("why", "").replace("\x00", "")
    return pressed(
        request, lambda: end(request.actor, number, why, request.now), _("已撤下。"), "facility:one", number
    )
