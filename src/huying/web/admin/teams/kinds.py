"""队员类别: which kinds of members this district has."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.teams.actions import end_kind, put_kind
from huying.teams.queries import kinds_of
from huying.teams.rules.kinds import Part
from huying.web.admin.doing import pressed
from huying.web.admin.teams.forms import KindForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.TEAM_EDIT)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The kinds in their order; a POST adds one."""
    form = KindForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                put_kind(request.actor, said["name"], Part(said["part"]), request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已加上。"), "teams:kinds")
    context = {
        "rows": kinds_of(request.actor.district, ended=True),
        "form": form,
        "may_edit": request.actor.may_everywhere(P.TEAM_EDIT),
    }
    return render(request, "admin/teams/kinds.html", context, status=status)


@guarded(P.TEAM_EDIT)
@require_POST
def change(request: StaffRequest, number: int) -> HttpResponse:
    """Rename a kind, or give it to nobody new."""
    by, now = request.actor, request.now
    if request.POST.get("do") == "end":
        return pressed(request, lambda: end_kind(by, number, now), _("不再使用。"), "teams:kinds")
    name = request.POST.get("name", "")
    return pressed(request, lambda: put_kind(by, name, Part.FORCE, now, number), _("已改名。"), "teams:kinds")
