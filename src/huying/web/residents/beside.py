"""From a person's card: a great change, what was agreed, a visit beside the plan."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.visits.actions import add_visit, arrange, note_change
from huying.visits.queries import workers_for
from huying.visits.rules.kinds import Slot, Upheaval
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.residents.one import shown
from huying.web.residents.visiting import ArrangementForm, ChangeForm, ExtraForm


@guarded(P.VISIT_DO, P.VISIT_PLAN)
@never_cache
@require_POST
def change(request: StaffRequest, number: int) -> HttpResponse:
    """Something great happened: somebody goes there soon."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return shown(request, number, forms={"change": form, "form": form}, status=400)
    told = form.cleaned_data
    return pressed(
        request,
        lambda: note_change(request.actor, number, Upheaval(told["kind"]), told["words"], request.now),
        _("已记下，按标准安排上门，走访人已收到通知。"), "residents:one", number,
    )  # fmt: skip


@guarded(P.VISIT_DO, P.VISIT_PLAN)
@never_cache
@require_POST
def arrangement(request: StaffRequest, number: int) -> HttpResponse:
    """What was agreed; it holds from the next plan on."""
    form = ArrangementForm(workers_for(request.actor, request.now), data=request.POST)
    if not form.is_valid():
        return shown(request, number, forms={"arrangement": form, "form": form}, status=400)
    told = form.cleaned_data
    weekdays = [int(one) for one in told["weekdays"]]
    return pressed(
        request,
        lambda: arrange(request.actor, number, weekdays, Slot(told["slot"]), told["worker_id"], request.now),
        _("已保存，下次排计划时照办。"), "residents:one", number,
    )  # fmt: skip


@guarded(P.VISIT_DO, P.VISIT_PLAN)
@never_cache
@require_POST
def extra(request: StaffRequest, number: int) -> HttpResponse:
    """A visit beside the plan."""
    form = ExtraForm(request.now, request.POST)
    if not form.is_valid():
        return shown(request, number, forms={"extra": form, "form": form}, status=400)
    day = form.cleaned_data["day"]
    return pressed(
        request,
        lambda: add_visit(request.actor, number, day, request.now),
        _("已加一次走访。"),
        "residents:one",
        number,
    )
