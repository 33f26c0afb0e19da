"""Asking for a plan, or for another one like it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.gridding.actions import ask_plan
from huying.gridding.queries import plan_for, scopes_for, stock_of, today_count
from huying.kernel.errors import HuyingError
from huying.web.admin.asked import number_of
from huying.web.gridding.forms import PlanForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.AREA_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """The wishes; ``?like=`` begins with those of another plan."""
    like = number_of(request.GET.get("like", ""))
    scopes = scopes_for(request.actor)
    if request.method == "GET":
        form = PlanForm(scopes, like=plan_for(request.actor, like) if like else None)
        return _page(request, form)
    form = PlanForm(scopes, request.POST)
    status = 400
    if form.is_valid():
        try:
            wishes = form.wishes(today_count(request.actor, form.cleaned_data["scope"]))
            number = ask_plan(request.actor, wishes, form.key(), request.now, language=request.LANGUAGE_CODE)
        except HuyingError as error:
            if error.status == 403:
                raise
            refused(form, error)
            status = error.status
        else:
            return redirect("gridding:one", number)
    return _page(request, form, status)


def _page(request: StaffRequest, form: PlanForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "stock": stock_of(request.actor)}
    return render(request, "gridding/new.html", context, status=status)
