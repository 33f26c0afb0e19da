"""What follows from each kind of alarm, and one of them with its versions."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.emergency.queries import plans_of
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.saying import worded
from huying.video.actions import put_standing
from huying.video.queries import Worth, standings_for, versions_for, worth_for
from huying.video.rules.checking import told
from huying.video.rules.kinds import AlarmFollow, AlarmKind
from huying.video.rules.standing import Standing
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.video.forms import StandingForm


@guarded(P.VIDEO_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every kind with what follows, and how many of its alarms were false lately."""
    worth = worth_for(request.actor, request.now)
    rules = standings_for(request.actor)
    context = {
        "rows": [(one, *_words(request, one), worth.get(one.kind, Worth())) for one in rules],
        "may_set": request.actor.may_everywhere(P.VIDEO_SET),
    }
    return render(request, "video/rules.html", context)


@guarded(P.VIDEO_SET)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, kind: str) -> HttpResponse:
    """One kind with its versions; a POST lets something else follow."""
    if kind not in set(AlarmKind):
        raise NotFound
    named = AlarmKind(kind)
    versions = versions_for(request.actor, named)
    form = StandingForm(
        request.actor.district, versions[0].rule, request.POST if request.method == "POST" else None
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                put_standing(request.actor, form.standing(named), form.cleaned_data["why"], request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return redirect("video:rules")
    rows = [(one, *_words(request, one.rule)) for one in versions]
    return render(request, "video/rule.html", {"kind": named, "form": form, "versions": rows}, status=status)


def _words(request: StaffRequest, rule: Standing) -> tuple[str, str]:
    """What follows, and how it is counted, in words."""
    plans = {plan.code: _(plan.name) for plan in plans_of(request.actor.district, ended=True)}
    detail = plans.get(rule.emergency, rule.emergency)
    if rule.follow is AlarmFollow.APPEAL:
        detail = rule.item or _("由中心判断")
    return f"{_(rule.follow.zh)} {detail}".strip(), worded(told(rule), _)
