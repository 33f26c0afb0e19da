"""What is done with a plan: published from a day on, taken back, given up, asked for again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.gridding.actions import drop_plan, publish_plan, redraw_plan, withdraw_plan
from huying.gridding.queries import plan_for
from huying.kernel.errors import HuyingError
from huying.web.admin.doing import pressed
from huying.web.gridding.forms import PublishForm
from huying.web.gridding.showing import page
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.AREA_EDIT)
@require_POST
def publish(request: StaffRequest, number: int) -> HttpResponse:
    """Put the plan in force from the day asked for; a refusal is said at the form."""
    form = PublishForm(timezone.localdate(request.now), request.POST)
    status = 400
    if form.is_valid():
        said = form.cleaned_data
        try:
            publish_plan(request.actor, number, said["day"], said["reason"], request.now)
        except HuyingError as error:
            if error.status in {403, 404}:
                raise
            refused(form, error)
            status = error.status
        else:
            messages.success(request, _("已发布，从定下的日子起按新网格。"))
            return redirect("gridding:one", number)
    return page(request, plan_for(request.actor, number), status, form)


@guarded(P.AREA_EDIT)
@require_POST
def withdraw(request: StaffRequest, number: int) -> HttpResponse:
    """Take back what has not begun."""
    return pressed(
        request,
        lambda: withdraw_plan(request.actor, number, request.now),
        _("已撤回，网格不变。"),
        "gridding:one",
        number,
    )


@guarded(P.AREA_EDIT)
@require_POST
def drop(request: StaffRequest, number: int) -> HttpResponse:
    """Give it up."""
    return pressed(
        request,
        lambda: drop_plan(request.actor, number, request.now),
        _("已放弃，网格不变。"),
        "gridding:index",
    )


@guarded(P.AREA_EDIT)
@require_POST
def again(request: StaffRequest, number: int) -> HttpResponse:
    """Ask once more for one that failed."""
    return pressed(
        request,
        lambda: redraw_plan(request.actor, number, request.now, language=request.LANGUAGE_CODE),
        _("已重新排队计算。"),
        "gridding:one",
        number,
    )
