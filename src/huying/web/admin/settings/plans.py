"""回访计划: who is asked about what was done, in order, with what would have been asked in the last 30 days."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.cases.lifecycle import Channel, Level
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.errors import Conflict, HuyingError, Invalid, NotFound
from huying.loop.evaluate.actions import set_plans
from huying.loop.evaluate.queries import Edition, Forecast, edition_of, editions_for, forecast_for
from huying.loop.evaluate.rules import POINTS, Ask, AskWay, Matters, Plan, Risk
from huying.loop.evaluate.rules.plans import check_all
from huying.people.queries import account_names
from huying.web.admin.annals import beside
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_STEPS: Final = ("way1", "way2", "way3")
_MOVES: Final = {"up": -1, "down": 1}


class PlanForm(forms.Form):
    """One plan as it is written. ``edition`` is what was on the screen.

    ``way1`` to ``way3`` are gone in order; the points of risks matter where it weighs.
    """

    edition = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("计划名称"), max_length=30)
    matters = forms.ChoiceField(label=gettext_lazy("问哪些结果"))
    ask = forms.ChoiceField(label=gettext_lazy("怎么抽"), widget=forms.RadioSelect)
    percent = forms.IntegerField(
        label=gettext_lazy("比例（%）"), min_value=0, max_value=100,
        help_text=gettext_lazy("按比例抽时的比例；按风险抽时是没有风险也有的可能，风险分往上加。"),
    )  # fmt: skip
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("只限渠道"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("只限诉求类型"), required=False, widget=forms.CheckboxSelectMultiple
    )
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("只限办理层级"), required=False, widget=forms.CheckboxSelectMultiple
    )
    items = forms.CharField(
        label=gettext_lazy("只限事项"), required=False, max_length=400,
        help_text=gettext_lazy("事项代码或大类代码，用空格隔开；不填就不限。"),
    )  # fmt: skip
    way1 = forms.ChoiceField(label=gettext_lazy("先用哪种方式"))
    way2 = forms.ChoiceField(label=gettext_lazy("没问到再用"), required=False)
    way3 = forms.ChoiceField(label=gettext_lazy("还没问到再用"), required=False)
    days = forms.IntegerField(label=gettext_lazy("每种方式几天"), min_value=1, max_value=90)
    tries = forms.IntegerField(
        label=gettext_lazy("每种方式试几次"), min_value=0, max_value=20,
        help_text=gettext_lazy("试够次数、又分够天数，就换下一种方式，都用完就结案。0 是只看天数。"),
    )  # fmt: skip
    over_days = forms.IntegerField(label=gettext_lazy("至少分几天试"), min_value=1, max_value=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self._choices("matters", [(one.value, _(one.zh)) for one in Matters])
        self._choices("ask", [(one.value, _(one.zh)) for one in Ask])
        self._choices("channels", [(one.value, _(one.zh)) for one in Channel])
        self._choices("kinds", [(one.value, _(one.zh)) for one in AppealKind])
        self._choices("levels", [(one.value, _(one.zh)) for one in Level])
        ways = [(one.value, _(one.zh)) for one in AskWay]
        self._choices("way1", ways)
        for name in _STEPS[1:]:
            self._choices(name, [("", _("不再用")), *ways])
        for risk in Risk:
            self.fields[_points(risk)] = forms.IntegerField(label=_(risk.zh), min_value=0, max_value=100)

    def _choices(self, name: str, pairs: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = pairs

    @property
    def main(self) -> Sequence[Any]:
        """Everything but the points of risks."""
        return [bound for bound in self if not bound.name.startswith("points_")]

    @property
    def weights(self) -> Sequence[Any]:
        return [bound for bound in self if bound.name.startswith("points_")]

    def plan(self, code: str) -> Plan:
        """The plan of a valid form."""
        said = self.cleaned_data
        return Plan(
            code, said["name"].strip(), Ask(said["ask"]), said["percent"],
            tuple(AskWay(said[name]) for name in _STEPS if said[name]), Matters(said["matters"]),
            frozenset(said["channels"]), frozenset(said["kinds"]), frozenset(said["levels"]),
            tuple(said["items"].replace("，", " ").replace(",", " ").split()), said["days"], said["tries"],
            said["over_days"], {risk: said[_points(risk)] for risk in Risk},
        )  # fmt: skip


def _points(risk: Risk) -> str:
    return f"points_{risk.value}"


def _held(plan: Plan | None) -> dict[str, Any]:
    plan = plan or Plan("", "", Ask.RISK, 5, (AskWay.SEAT,), Matters.HANDLED, points=POINTS)
    ways = dict(zip(_STEPS, (one.value for one in plan.ways), strict=False))
    return {
        "name": plan.name, "matters": plan.matters.value, "ask": plan.ask.value, "percent": plan.percent,
        "channels": sorted(plan.channels), "kinds": sorted(plan.kinds), "levels": sorted(plan.levels),
        "items": " ".join(plan.items), "days": plan.days, "tries": plan.tries, "over_days": plan.over_days, **ways,
        **{_points(risk): plan.points.get(risk, 0) for risk in Risk},
    }  # fmt: skip


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The plans in their order, and what they would have asked in the last 30 days; ``?forecast=1`` reckons it."""
    edition = edition_of(request.actor.district)
    told = forecast_for(request.actor, edition.plans, request.now) if "forecast" in request.GET else None
    held = editions_for(request.actor)
    names = account_names(one.made_by for one in held if one.made_by)
    context = {
        "tab": "plans",
        "edition": edition,
        "rows": [
            {"plan": one, "words": _words(one), "told": told.by_plan.get(one.code) if told else None}
            for one in edition.plans
        ],
        "forecast": _forecast(told) if told else None,
        "made": [(one, names.get(one.made_by or 0, "")) for one in held],
        "changes": beside(request, Subject.FOLLOW_UP, limit=30),
    }
    return render(request, "admin/settings/plans.html", context)


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One plan; ``new`` begins one at the end. ``try`` says what would be asked and saves nothing."""
    edition = edition_of(request.actor.district)
    held = next((each for each in edition.plans if each.code == code), None)
    if held is None and code != "new":
        raise NotFound
    form = PlanForm(
        request.POST if request.method == "POST" else None, initial=_held(held) | {"edition": edition.number}
    )
    status, told = 200, None
    if request.method == "POST":
        status = 400
        if form.is_valid():
            plans = _with(edition.plans, held, form.plan(held.code if held else _fresh(edition)))
            try:
                if "try" in request.POST:
                    told, status = _tried(request, plans), 200
                else:
                    set_plans(request.actor, plans, request.now, form.cleaned_data["edition"])
                    messages.success(request, _("已保存，以后出来的结果按新计划抽。"))
                    return redirect("admin:plans")
            except HuyingError as error:
                _say(form, error)
                status = error.status
    context = {"tab": "plans", "form": form, "plan": held, "forecast": told}
    return render(request, "admin/settings/plan.html", context, status=status)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def move(request: StaffRequest, code: str) -> HttpResponse:
    """Try a plan earlier or later, or let it choose nothing any more."""
    edition, to, seen = (
        edition_of(request.actor.district),
        request.POST.get("to", ""),
        request.POST.get("edition", ""),
    )
    plans = list(edition.plans)
    at = next((number for number, each in enumerate(plans) if each.code == code), None)
    if str(edition.number) != seen:
        raise Conflict("回访计划刚被改过，请看过现在的计划再改。")
    if at is None:
        raise NotFound
    if to not in {*_MOVES, "end"}:
        raise Invalid("请选上移、下移或停用。")
    plan = plans.pop(at)
    if to in _MOVES:
        plans.insert(max(0, at + _MOVES[to]), plan)
    set_plans(request.actor, plans, request.now, edition.number)
    messages.success(request, _("顺序已改。") if to in _MOVES else _("已停用，抽中的照旧问完。"))
    return redirect("admin:plans")


def _fresh(edition: Edition) -> str:
    """A code that no plan had before: every edition adds one at most."""
    return f"p{edition.number + 1}"


def _with(plans: Sequence[Plan], held: Plan | None, plan: Plan) -> Sequence[Plan]:
    return [plan if each is held else each for each in plans] if held else [*plans, plan]


def _tried(request: StaffRequest, plans: Sequence[Plan]) -> dict[str, Any]:
    check_all(plans)
    return _forecast(forecast_for(request.actor, plans, request.now))


def _say(form: PlanForm, error: HuyingError) -> None:
    """Put a refusal at its fields, under the names the form has for them."""
    names = {"ways": "way1", "points": _points(Risk.UNHAPPY)}
    moved = {names.get(name, name): text for name, text in error.fields.items()}
    refused(form, type(error)(error.message, fields=moved))


def _forecast(told: Forecast) -> dict[str, Any]:
    by_way: Mapping[AskWay, int] = told.by_way
    return {
        "ended": told.ended, "chosen": told.chosen, "cut": told.cut,
        "ways": [(_(way.zh), count) for way, count in by_way.items()],
    }  # fmt: skip


def _words(plan: Plan) -> dict[str, str]:
    share = "" if plan.ask is Ask.ALL else f" {plan.percent}%"
    narrowed = [
        *(_(Channel(one).zh) for one in sorted(plan.channels)), *(_(AppealKind(one).zh) for one in sorted(plan.kinds)),
        *(_(Level(one).zh) for one in sorted(plan.levels)), *plan.items,
    ]  # fmt: skip
    tried = _("%(n)d 次分 %(days)d 天") % {"n": plan.tries, "days": plan.over_days} if plan.tries else ""
    return {
        "about": " · ".join([_(plan.matters.zh), *narrowed]),
        "ask": f"{_(plan.ask.zh)}{share}",
        "ways": " → ".join(_(one.zh) for one in plan.ways),
        "long": " · ".join(filter(None, (_("每种方式 %(n)d 天") % {"n": plan.days}, tried))),
    }
