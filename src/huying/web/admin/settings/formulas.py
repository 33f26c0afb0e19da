"""统计公式和权重: indicators in versions, and what last month's ranking would have been under another."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.figures.actions import NewFormula, write_formula
from huying.figures.queries import FormulaInfo, board_for, formula_versions_for, formulas_for
from huying.figures.rules.formulas import Formula, Unit, reckon
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.kernel.errors import HuyingError, NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.people.queries import account_names
from huying.web.admin.annals import beside
from huying.web.evaluation.saying import divided, name_of, unspoken, words_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.formulas import spoken
from huying.web.present.refused import refused

_BETTER = [
    ("1", gettext_lazy("越高越好")),
    ("-1", gettext_lazy("越低越好")),
    ("0", gettext_lazy("不分好坏")),
]


class FormulaForm(forms.Form):
    """A version to be written. ``numerator`` and ``denominator`` are read in the words of what is counted."""

    code = forms.CharField(
        label=gettext_lazy("代码"), max_length=30, help_text=gettext_lazy("字母、数字和下划线，定了不再改")
    )
    zh = forms.CharField(label=gettext_lazy("名称"), max_length=30)
    en = forms.CharField(label=gettext_lazy("英文名称"), max_length=60)
    numerator = forms.CharField(
        label=gettext_lazy("分子"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    denominator = forms.CharField(
        label=gettext_lazy("分母"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("怎么显示"), choices=[(one.value, gettext_lazy(one.zh)) for one in Unit]
    )
    better = forms.ChoiceField(label=gettext_lazy("排名"), choices=_BETTER)
    valid_from = forms.DateField(
        label=gettext_lazy("自哪天起"),
        help_text=gettext_lazy("统计期的最后一天在这天或以后的，按这一版算；以前的排名一个数也不变"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def new(self) -> NewFormula:
        """The version of a valid form."""
        said = self.cleaned_data
        return NewFormula(
            said["code"], said["zh"], said["en"], unspoken(said["numerator"]), unspoken(said["denominator"]),
            said["valid_from"], Unit(said["unit"]), int(said["better"]),
        )  # fmt: skip


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every indicator as it holds today."""
    today = timezone.localdate(request.now)
    rows = [
        {
            "formula": one,
            "name": name_of(one),
            "reckoned": divided(one),
        }
        for one in formulas_for(request.actor, today)
    ]
    context = {"tab": "formulas", "rows": rows, "changes": beside(request, Subject.FORMULA, limit=30)}
    return render(request, "admin/settings/formulas.html", context)


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One indicator, its versions, and a new one to be tried on last month and then written; ``new`` begins one."""
    versions = [] if code == "new" else formula_versions_for(request.actor, code)
    if code != "new" and not versions:
        raise NotFound
    form = FormulaForm(request.POST if request.method == "POST" else None, initial=_held(request, versions))
    form.label_suffix = ""
    if versions:
        form.fields["code"].widget = forms.HiddenInput()
    context: dict[str, Any] = {"trial": None}
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                new = form.new()
                if request.POST.get("do") == "save":
                    number = write_formula(request.actor, new, request.now)
                    messages.success(request, _("第 %(n)d 版已保存。") % {"n": number})
                    return redirect("admin:formula", new.code)
                context["trial"] = _trial(request, new)
                status = 200
            except HuyingError as error:
                refused(form, error)
                status = error.status
    names = account_names(info.made_by for info in versions if info.made_by)
    context |= {
        "tab": "formulas",
        "code": code,
        "title": name_of(versions[0].formula) if versions else _("新指标"),
        "form": form,
        "versions": [_version(info, names) for info in versions],
        "measures": [(_(one.zh), one.value) for one in Measure],
    }
    return render(request, "admin/settings/formula.html", context, status=status)


def _held(request: StaffRequest, versions: list[FormulaInfo]) -> dict[str, Any]:
    today = timezone.localdate(request.now)
    if not versions:
        return {"valid_from": today, "unit": Unit.SHARE.value, "better": "1"}
    held = versions[0].formula
    return {
        "code": held.code, "zh": held.zh, "en": held.en, "numerator": spoken(held.numerator),
        "denominator": spoken(held.denominator), "unit": held.unit.value, "better": str(held.better),
        "valid_from": max(today, held.valid_from),
    }  # fmt: skip


def _version(info: FormulaInfo, names: dict[int, str]) -> dict[str, Any]:
    held = info.formula
    return {
        "number": held.version,
        "since": held.valid_from if held.version else None,
        "reckoned": divided(held),
        "made_at": info.made_at,
        "by": names.get(info.made_by or 0, ""),
    }


def _trial(request: StaffRequest, new: NewFormula) -> dict[str, Any]:
    """Last month by unit, under the formula that held and under the new one."""
    tried = Formula(new.code, new.zh, new.en, new.numerator, new.denominator, new.unit, new.better)
    tried.check()
    period = _last_month(timezone.localdate(request.now))
    board = board_for(request.actor, period, Cut.BODY, order=new.code)
    after = {row.key: reckon(tried, row.counts) for row in board.rows}
    valued = sorted(
        (figure.value for figure in after.values() if figure.value is not None), reverse=new.better >= 0
    )
    behind = f"{reverse('figures:behind')}?since={period.first}&until={period.last}&span=days&code={new.code}"
    rows = []
    for row in board.rows:
        figure = row.figures.get(new.code)
        value = after[row.key].value
        rank = valued.index(value) + 1 if value is not None else None
        rows.append(
            {
                "name": row.name,
                "before": words_of(figure) if figure else "—",
                "href": f"{behind}&by={Cut.BODY.value}&key={row.key}"
                if figure and figure.value is not None
                else "",
                "after": words_of(after[row.key]),
                "rank": row.rank,
                "rank_after": rank,
                "moved": rank != row.rank,
            }
        )
    held = board.total.figures.get(new.code)
    rows.sort(key=lambda one: (one["rank_after"] is None, one["rank_after"]))
    return {
        "period": period,
        "rows": rows,
        "before": words_of(held) if held else "—",
        "after": words_of(reckon(tried, board.total.counts)),
        "moved": sum(one["moved"] for one in rows),
        "reckoned": divided(tried),
    }


def _last_month(today: date) -> Period:
    return Period.month(today.year, today.month).before
