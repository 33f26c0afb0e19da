"""What is watched for: the rules, one of them with its versions, and what becomes a case by itself."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.devices.actions import end_rule, put_case_rule, put_rule
from huying.devices.queries import RuleVersion, case_rules_for, rules_for, versions_for
from huying.devices.rules.checking import told
from huying.devices.rules.kinds import RULED, MatterKind
from huying.emergency.queries import plans_of
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.saying import worded
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.devices.rule_form import CaseRuleForm, RuleForm, item_choices
from huying.web.devices.words import factor
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_BECOMES: Final = {
    MatterKind.SILENCE: gettext_noop(
        "连续三次没有联系的设备，同一权属单位、同一类、同一街道的合成一件；选了事项就直接派给权属单位。"
    ),
    MatterKind.HOME: gettext_noop(
        "一户静得太久，久到平时一个月也难得一次，先立案问候，一小时没有动静发起应急。"
    ),
    MatterKind.WATER: gettext_noop("断面的水质劣于目标，持续到设定的小时数；选了事项就直接派给责任单位。"),
    MatterKind.DOUBT: gettext_noop("水质读数一字不变或不可能，请权属单位检查设备；选了事项就直接派单。"),
}


@guarded(P.DEVICE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The rules in force, and what becomes a case by itself."""
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
def case_rule(request: StaffRequest, word: str) -> HttpResponse:
    """Under which item what comes of devices becomes a case."""
    kind = next((one for one in RULED if one.value == word), None)
    if kind is None:
        raise NotFound
    form = CaseRuleForm(item_choices(request.actor.district), kind.value, request.POST)
    if not form.is_valid():
        return _index(request, (kind, form), 400)
    told_now = form.cleaned_data
    try:
        put_case_rule(
            request.actor, kind, told_now["item"], told_now["urgency"], told_now["why"], request.now
        )
    except HuyingError as error:
        if error.status == 403:
            raise
        refused(form, error)
        return _index(request, (kind, form), error.status)
    return pressed(request, lambda: None, _("已保存。"), "device:rules")


def _index(
    request: StaffRequest, wrong: tuple[MatterKind, CaseRuleForm] | None = None, status: int = 200
) -> HttpResponse:
    actor = request.actor
    choices, held = item_choices(actor.district), case_rules_for(actor)
    forms = {
        kind: CaseRuleForm(choices, kind.value, initial={"item": one.item, "urgency": one.urgency})
        for kind, one in held.items()
    }
    if wrong is not None:
        forms[wrong[0]] = wrong[1]
    context = {
        "rules": [(one, *_words(request, one)) for one in rules_for(actor)],
        "case_rules": [(kind, _(_BECOMES[kind]), held[kind], form) for kind, form in forms.items()],
        "form": wrong[1] if wrong else None,
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
