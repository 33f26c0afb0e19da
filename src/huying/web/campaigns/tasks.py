"""排查任务: what one's own grids have to do, done on the phone with one thumb."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.prevent.campaigns.actions.doing import do
from huying.prevent.campaigns.queries.campaigns import task_for, tasks_for
from huying.web.campaigns.forms import TaskForm
from huying.web.campaigns.photos import Waiting
from huying.web.campaigns.words import task_row
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.APPEAL_RECEIVE, P.CAMPAIGN_RUN)
@never_cache
@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """What is still to do, the soonest due first."""
    found = tasks_for(request.actor, timezone.localdate(request.now))
    return render(request, "campaigns/mine.html", {"tasks": [task_row(one) for one in found]})


@guarded(P.APPEAL_RECEIVE, P.CAMPAIGN_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One task, and the form by which it is handed in; handed in again while the campaign runs it is said anew."""
    line = task_for(request.actor, number, timezone.localdate(request.now))
    demanded, status = line.photos_needed and not line.photos, 200
    if request.method == "GET":
        told = {"finding": line.finding, "words": line.words, "case": line.case, "key": uuid4()}
        form = TaskForm(demanded, initial=told)
    else:
        form = TaskForm(demanded, request.POST, request.FILES)
    waiting = Waiting(request, number, form)
    if form.is_bound:
        status = _handed_in(request, number, form, waiting)
        if status == 200:
            waiting.over()
            messages.success(request, _("已交，谢谢。"))
            return redirect("campaign:mine")
    context = {
        "line": line,
        "row": task_row(line),
        "form": form,
        "key": waiting.key,
        "waiting": waiting.shown(),
    }
    return render(request, "campaigns/task.html", context, status=status)


def _handed_in(request: StaffRequest, number: int, form: TaskForm, waiting: Waiting) -> int:
    sound = form.is_valid()
    try:
        if "photos" in form.cleaned_data:
            waiting.keep(form)
        if not sound:
            return 400
        told = form.cleaned_data
        do(
            request.actor, number, told["finding"], told["words"], told["case"], request.now,
            waiting.contents(),
        )  # fmt: skip
    except HuyingError as error:
        refused(form, error)
        return error.status
    return 200
