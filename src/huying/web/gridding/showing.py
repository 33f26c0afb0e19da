"""The list of plans, and one plan beside today's grids."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.gridding.queries import PlanInfo, grids_of, plan_for, plans_for, stock_of
from huying.gridding.rules.kinds import PlanState
from huying.kernel.errors import NotFound
from huying.longwork.queries import work_of
from huying.web.admin.asked import number_of
from huying.web.gridding.forms import PublishForm
from huying.web.gridding.words import figure_lines, flow_lines, grid_lines, plan_lines, remarks
from huying.web.guard import StaffRequest, guarded

_PAGE = 50


@guarded(P.AREA_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The newest plans side by side."""
    rows = plans_for(request.actor, number_of(request.GET.get("before", "")), _PAGE)
    context = {
        "rows": plan_lines(rows),
        "stock": stock_of(request.actor),
        "next": f"?before={rows[-1].id}" if len(rows) == _PAGE else "",
    }
    return render(request, "gridding/index.html", context)


@guarded(P.AREA_EDIT)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One plan: its figures, its map, what changes for whom, and the buttons."""
    plan = plan_for(request.actor, number)
    if "HX-Request" in request.headers:
        if plan.state is not PlanState.COMPUTING or plan.lost(request.now):
            return HttpResponse(headers={"HX-Redirect": request.path})
        return render(request, "gridding/state.html", {"plan": plan, "work": _work(request, plan)})
    return page(request, plan)


def page(request: StaffRequest, plan: PlanInfo, status: int = 200, form: Any = None) -> HttpResponse:
    """The page of a plan; ``form``: what was typed and refused."""
    drawn = bool(plan.after)
    rows = grids_of(request.actor, plan.id) if drawn else []
    context = {
        "plan": plan,
        "work": _work(request, plan),
        "lost": plan.lost(request.now),
        "waits": plan.waits(request.now),
        "drawn": drawn,
        "figures": figure_lines(plan),
        "remarks": remarks(plan),
        "lines": grid_lines(request.actor, plan, rows, request.now),
        "flows": flow_lines(plan, rows),
        "ready": plan.state is PlanState.READY,
        "form": form or PublishForm(timezone.localdate(request.now)),
        "source": reverse("gridding:shapes", args=[plan.id]),
        "today": reverse("gridding:today", args=[plan.id]),
    }
    return render(request, "gridding/one.html", context, status=status)


def _work(request: StaffRequest, plan: PlanInfo) -> Any:
    """How far it is, for whoever asked for it; None for others."""
    if plan.state is not PlanState.COMPUTING or plan.work_id is None:
        return None
    try:
        return work_of(request.actor, plan.work_id)
    except NotFound:
        return None
