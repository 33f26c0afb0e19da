"""发起召集: one form, from nothing or from a case."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.cases.queries.lists.queue import CaseLine
from huying.kernel.errors import HuyingError
from huying.volunteers.actions import muster
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.volunteers.forms import MusterForm


@guarded(P.MUSTER_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """The form; ``?case=`` binds it to a case. The same form sent twice is one muster."""
    case = finding.seen(request, request.GET["case"]).line if request.GET.get("case") else None
    if request.method == "GET":
        return _page(request, MusterForm(request, initial=_begun(request, case)), case)
    form = MusterForm(request, request.POST)
    if not form.is_valid():
        return _page(request, form, case, 400)
    try:
        told = form.muster(case.id if case else None)
        made, called = muster(request.actor, told, f"page:{form.cleaned_data['key']}", request.now)
    except HuyingError as error:
        if error.status == 403:
            raise
        refused(form, error)
        return _page(request, form, case, error.status)
    messages.success(request, _("召集已发出，通知了 %(n)d 人。") % {"n": called})
    return redirect("volunteers:muster", made)


def _begun(request: StaffRequest, case: CaseLine | None) -> dict[str, Any]:
    """Tomorrow morning; of a case its matter and where it lies, never the caller's own words: residents read it."""
    day = timezone.localtime(request.now) + timedelta(days=1)
    starts = day.replace(hour=9, minute=0, second=0, microsecond=0)
    begun: dict[str, Any] = {
        "key": uuid4(), "starts_at": starts, "ends_at": starts + timedelta(hours=2), "quota": 10, "check_metres": 300,
    }  # fmt: skip
    if case is not None:
        begun |= {"title": case.item_name[:40], "areas": [case.area[:12]] if case.area else []}
    return begun


def _page(request: StaffRequest, form: MusterForm, case: CaseLine | None, status: int = 200) -> HttpResponse:
    return render(request, "volunteers/muster_form.html", {"form": form, "case": case}, status=status)
