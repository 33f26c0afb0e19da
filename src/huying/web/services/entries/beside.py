"""Beside an entry: days with other hours, and photos."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.services.actions import add_photos, drop_exception, drop_photo, except_days
from huying.services.queries import photo_of
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.media import shown_photo
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.services.entries.forms import ExceptionForm, PhotosForm
from huying.web.services.entries.one import shown


@guarded(P.FACILITY_EDIT)
@never_cache
@require_POST
def exceptions(request: StaffRequest, number: int) -> HttpResponse:
    """Other hours on some days, or the usual ones again."""
    by, now = request.actor, request.now
    dropped = number_of(request.POST.get("drop", ""))
    if dropped is not None:
        return pressed(
            request,
            lambda: drop_exception(by, number, dropped, now),
            _("已恢复平时的开放时间。"),
            "facility:one",
            number,
        )
    form = ExceptionForm(request.POST, label_suffix="")
    if not form.is_valid():
        return shown(request, number, exception=form, status=400)
    try:
        except_days(by, number, form.exception(), now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return shown(request, number, exception=form, status=error.status)
    return pressed(request, lambda: None, _("已登记。"), "facility:one", number)


@guarded(P.FACILITY_EDIT)
@never_cache
@require_POST
def photos(request: StaffRequest, number: int) -> HttpResponse:
    """Photos of the place, or one taken down."""
    by, now = request.actor, request.now
    dropped = number_of(request.POST.get("drop", ""))
    if dropped is not None:
        return pressed(
            request, lambda: drop_photo(by, number, dropped), _("已撤下照片。"), "facility:one", number
        )
    form = PhotosForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return shown(request, number, photos=form, status=400)
    try:
        add_photos(by, number, [one.read() for one in form.cleaned_data["photos"]], now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return shown(request, number, photos=form, status=error.status)
    return pressed(request, lambda: None, _("已加上照片。"), "facility:one", number)


@guarded(P.SERVICE_READ, P.FACILITY_EDIT)
@require_GET
def photo(request: StaffRequest, number: int, photo: int) -> FileResponse | HttpResponseBase:
    """One photo."""
    path = photo_of(request.actor.district, number, photo)
    return shown_photo(request, Path(settings.MEDIA_ROOT) / path, f"facility-{number}-{photo}")
