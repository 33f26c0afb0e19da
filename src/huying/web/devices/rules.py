"""What is watched for: the rules, one of them with its versions, and what becomes of lost devices."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.devices.actions import end_rule, put_rule, put_silence
from huying.devices.queries import RuleVersion, rules_for, silence_of, versions_for
from huying.devices.rules.checking import told
from huying.emergency.queries import plans_of
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.devices.rule_form import RuleForm, SilenceForm
from huying.web.devices.words import factor
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.DEVICE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The rules in force, and what becomes of lost devices."""
    return _index(request)


@guarded(P.DEVICE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new rule."""
    return _edited(request, "", [])


@guarded(P.DEVICE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One rule with its versions; a POST lets it say something else."""
    return _edited(request, code, versions_for(request.actor, code))


@guarded(P.DEVICE_EDIT)
@require_POST
def end(request: StaffRequest, code: str) -> HttpResponse:
    """Watch by it no more."""
    why = request.POST.get("why", "").replace("\x00", "")
    return pressed(
        request, lambda: end_rule(request.actor, code, why, request.now), _("已停用。"), "device:rules"
    )


@guarded(P.DEVICE_EDIT)
@never_cache
@require_POST
def silence(request: StaffRequest) -> HttpResponse:
    """What becomes of lost devices."""
    form = SilenceForm(request.actor.district, request.POST)
    if not form.is_valid():
        return _index(request, form, 400)
    said = form.cleaned_data
    try:
        put_silence(request.actor, said["item"], said["urgency"], said["why"], request.now)
    except HuyingError as error:
        if error.status == 403:
            raise
        refused(form, error)
        return _index(request, form, error.status)
    return pressed(request, lambda: None, _("已保存。"), "device:rules")


def _index(request: StaffRequest, form: SilenceForm | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    held = silence_of(actor.district)
    context = {
        "rules": [(one, *_words(request, one)) for one in rules_for(actor)],
        "silence": held,
        "form": form or SilenceForm(actor.district, initial={"item": held.item, "urgency": held.urgency}),
        "may_edit": actor.may_everywhere(P.DEVICE_EDIT),
        "changes": beside(request, Subject.WATCH),
    }
    return render(request, "devices/rules.html", context, status=status)


def _edited(request: StaffRequest, code: str, versions: list[RuleVersion]) -> HttpResponse:
    newest = versions[0].rule if versions else None
    form = RuleForm(request.actor, request.POST if request.method == "POST" else None, newest)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                put_rule(request.actor, form.rule(code), form.cleaned_data["why"], request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return redirect("device:rules")
    rows = [(one, *_words(request, one)) for one in versions]
    context = {"form": form, "code": code, "rule": newest, "versions": rows}
    return render(request, "devices/rule.html", context, status=status)


def _words(request: StaffRequest, one: RuleVersion) -> tuple[str, str]:
    """What it watches for and what follows, in words."""
    rule = one.rule
    plans = {plan.code: _(plan.name) for plan in plans_of(request.actor.district, ended=True)}
    follows = _(rule.follow.zh)
    detail = plans.get(rule.emergency, rule.emergency) or rule.item
    return worded(told(factor(rule.factor), rule.watch), _), f"{follows} {detail}".strip()
