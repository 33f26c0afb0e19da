"""The plans: which kinds there are, one of them with its versions, and the skills."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.emergency.actions import end_plan, end_skill, put_plan, put_skill, restore_plan
from huying.emergency.queries import VersionRow, plans_of, skills_of, versions_of
from huying.emergency.rules.plans import ANY, Plan, rings_of, rings_text
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.emergency.words import metres_words
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


class PlanForm(forms.Form):
    """A plan; rings one a line."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=20)
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("要哪些技能"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("有其中一项就行；都不选就谁都可以。"),
    )
    enough = forms.IntegerField(label=gettext_lazy("几个人够"), min_value=1, initial=2)
    rings = forms.CharField(
        label=gettext_lazy("告警圈"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "一圈一行：距离（米）:最多几人:等几秒；不限技能的后面加“:不限”。如 500:6:30。"
        ),
    )
    lines = forms.CharField(
        label=gettext_lazy("移交哪里"), required=False, help_text=gettext_lazy("用空格隔开，如 119 120 110。")
    )
    window = forms.IntegerField(
        label=gettext_lazy("多少秒内算同一次报警"),
        min_value=0,
        initial=600,
        help_text=gettext_lazy("同一台设备、同一个报警编号。"),
    )
    hand_wait = forms.IntegerField(label=gettext_lazy("值班员多少秒不接手转上一级"), min_value=5, initial=60)
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200, required=False)

    def __init__(self, district: int, data: Any = None, plan: Plan | None = None) -> None:
        super().__init__(data, initial=_first(plan) if plan else None, label_suffix="")
        skills = self.fields["skills"]
        assert isinstance(skills, forms.ChoiceField)
        skills.choices = [(code, _(name)) for code, name in skills_of(district).items()]

    def plan(self, code: str) -> Plan:
        """The plan of a valid form. Raises Invalid for rings that cannot be read."""
        said = self.cleaned_data
        rings = rings_of(";".join(said["rings"].split()))
        return Plan(
            code, said["name"].strip(), tuple(said["skills"]), said["enough"], rings, tuple(said["lines"].split()),
            said["window"], said["hand_wait"], said["version"],
        )  # fmt: skip


@guarded(P.EMERGENCY_SET)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The kinds with their rings, and the skills."""
    return _index(request)


def _index(request: StaffRequest, code: str = "", typed: str = "", status: int = 200) -> HttpResponse:
    """``typed`` is a name for the skill ``code`` ("" a new one) that was refused and stands there still."""
    district = request.actor.district
    names = skills_of(district, ended=True)
    context = {
        "plans": [(plan, _skills(plan, names), _rings(plan)) for plan in plans_of(district)],
        "skills": [
            (one, typed if typed and one == code else name) for one, name in skills_of(district).items()
        ],
        "typed": typed if code not in skills_of(district) else "",
        "changes": beside(request, Subject.EMERGENCY, limit=20),
    }
    return render(request, "emergency/setting/index.html", context, status=status)


@guarded(P.EMERGENCY_SET)
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A kind of the district's own."""
    return _edited(request, "", None)


@guarded(P.EMERGENCY_SET)
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One plan with its versions; a POST lets it say something else."""
    return _edited(request, code, versions_of(request.actor.district, code))


@guarded(P.EMERGENCY_SET)
@require_POST
def version(request: StaffRequest, code: str) -> HttpResponse:
    """Let an earlier version hold again, or offer the kind no more."""
    by, now = request.actor, request.now
    if request.POST.get("do") == "end":
        return pressed(request, lambda: end_plan(by, code, now), _("不再使用。"), "emergency:plans")
    asked = request.POST.get("version", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else -1
    return pressed(
        request, lambda: restore_plan(by, code, wanted, now), _("已恢复为新的一版。"), "emergency:plan", code
    )


@guarded(P.EMERGENCY_SET)
@require_POST
def skill(request: StaffRequest) -> HttpResponse:
    """A new skill, another name, or giving it to nobody new."""
    by, now, code = request.actor, request.now, request.POST.get("code", "")[:20]
    if request.POST.get("do") == "end":
        return pressed(request, lambda: end_skill(by, code, now), _("不再使用。"), "emergency:plans")
    name = request.POST.get("name", "").replace("\x00", "")
    try:
        put_skill(by, name, now, code)
    except HuyingError as wrong:
        messages.error(request, worded(wrong.message, _))
        return _index(request, code, name, wrong.status)
    messages.success(request, _("已保存。"))
    return redirect("emergency:plans")


def _edited(request: StaffRequest, code: str, versions: list[VersionRow] | None) -> HttpResponse:
    district = request.actor.district
    newest = versions[0].plan if versions else None
    form = PlanForm(district, request.POST if request.method == "POST" else None, newest)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                put_plan(request.actor, form.plan(code), form.cleaned_data["why"], request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return redirect("emergency:plan", code) if code else redirect("emergency:plans")
    names = skills_of(district, ended=True)
    rows = [(row, _skills(row.plan, names), _rings(row.plan)) for row in versions or ()]
    context = {"form": form, "code": code, "plan": newest, "versions": rows}
    return render(request, "emergency/setting/one.html", context, status=status)


def _first(plan: Plan) -> dict[str, Any]:
    rings = rings_text(plan.rings).replace(";", "\n").replace("any", ANY)
    return {
        "version": plan.version, "name": plan.name, "skills": list(plan.skills), "enough": plan.enough,
        "rings": rings, "lines": " ".join(plan.lines), "window": plan.window,
        "hand_wait": plan.hand_wait,
    }  # fmt: skip


def _skills(plan: Plan, names: Any) -> str:
    return "、".join(_(names.get(code, code)) for code in plan.skills) or _("不限")


def _rings(plan: Plan) -> list[str]:
    told = []
    for ring in plan.rings:
        words = _("%(reach)s内 %(n)d 人，等 %(s)d 秒") % {
            "reach": metres_words(ring.metres), "n": ring.most, "s": ring.wait,
        }  # fmt: skip
        told.append(words if ring.skilled else words + _("，不限技能"))
    return told
