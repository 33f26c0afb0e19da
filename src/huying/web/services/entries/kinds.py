"""设施类型: named, in their order, and whether the circle looks at them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.services.actions import end_kind, put_kind
from huying.services.queries import kinds_of
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.services.entries.forms import KindForm


@guarded(P.FACILITY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """All kinds in use, and a form for one."""
    form, status = _first(request), 200
    if request.method == "POST":
        form, status = KindForm(request.POST, label_suffix=""), 400
        if form.is_valid():
            try:
                put_kind(request.actor, form.kind(), request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "facility:kinds")
    context = {"kinds": kinds_of(request.actor.district), "form": form}
    return render(request, "services/kinds.html", context, status=status)


def _first(request: StaffRequest) -> KindForm:
    """Empty, or with the kind that the address names."""
    asked = request.GET.get("code", "")
    known = next((one for one in kinds_of(request.actor.district) if one.code == asked), None)
    if known is None:
        return KindForm(label_suffix="")
    names = ("code", "name", "circle", "minutes", "rank")
    return KindForm(initial={name: getattr(known, name) for name in names}, label_suffix="")


@guarded(P.FACILITY_EDIT)
@require_POST
def ended(request: StaffRequest, code: str) -> HttpResponse:
    """No more of this kind."""
    return pressed(
        request, lambda: end_kind(request.actor, code, request.now), _("已停用。"), "facility:kinds"
    )
