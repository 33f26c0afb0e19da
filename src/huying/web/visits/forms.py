"""What is asked at the door, after a great change, of an arrangement, of a plan, of who is away, of a standard."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.residents.rules.kinds import CareLevel
from huying.visits.actions import NewNeed, NewRecord
from huying.visits.queries import StandardInfo
from huying.visits.rules.checklists import NO, YES, Question
from huying.visits.rules.kinds import AnswerKind, VisitOutcome
from huying.visits.rules.standards import Standard
from huying.web.present.choices import put_choices

_ANSWER: Final = "q."


def _day(label: Any, **more: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=picker, **more)


def _terms(kind: Any) -> list[tuple[str, str]]:
    return [(one.value, _(one.zh)) for one in kind]


class VisitForm(forms.Form):
    """The form at the door: light enough for a weak signal, one column, big choices."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)
    outcome = forms.ChoiceField(label=gettext_lazy("见到了吗"), widget=forms.RadioSelect)

    def __init__(self, questions: Sequence[Question], data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"key": str(uuid4())})
        put_choices(self, "outcome", _terms(VisitOutcome))
        for one in questions:
            field = _field(one)
            # Asked where somebody was met: neither always needed nor as one likes.
            field.sometimes = one.needed  # type: ignore[attr-defined]
            self.fields[f"{_ANSWER}{one.code}"] = field
        self.fields["words"] = forms.CharField(
            label=_("还看到什么"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )
        self.fields["need"] = forms.CharField(
            label=_("需要谁来解决的事"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("写了就登记成诉求，派给责任单位，有回执号。"),
        )  # fmt: skip
        self.fields["call_back"] = forms.BooleanField(
            label=_("本人同意把姓名、电话、房号给办理单位回电"), required=False
        )

    def record(self) -> NewRecord:
        """What the form says; what is missing is asked by the domain."""
        told = self.cleaned_data
        need = told.get("need", "").strip()
        return NewRecord(
            VisitOutcome(told["outcome"]), told["key"], self.answers(), told.get("words", ""),
            [NewNeed(need, "", bool(told.get("call_back")))] if need else [],
        )  # fmt: skip

    def answers(self) -> Mapping[str, str]:
        """Question's code to answer."""
        return {
            name.removeprefix(_ANSWER): str(given)
            for name, given in self.cleaned_data.items()
            if name.startswith(_ANSWER) and given
        }

    def put_wrong(self, wrong: Mapping[str, str]) -> Mapping[str, str]:
        """Field of the form to what the domain says is wrong with a question, a key or a need."""
        names = {name: f"{_ANSWER}{name}" if f"{_ANSWER}{name}" in self.fields else name for name in wrong}
        return {("need" if names[name] == "needs" else names[name]): text for name, text in wrong.items()}


def _field(one: Question) -> forms.Field:
    # Whoever was met is asked by the domain what they must answer: who was not at home answers nothing.
    label = f"{one.text} *" if one.needed else one.text
    if one.kind is AnswerKind.TEXT:
        return forms.CharField(
            label=label, max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
        )
    choices = (
        [(YES, _("是")), (NO, _("否"))] if one.kind is AnswerKind.YES_NO else [(c, c) for c in one.choices]
    )
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)


class AwayForm(forms.Form):
    """Who cannot go, and when."""

    worker_id = forms.TypedChoiceField(label=gettext_lazy("谁"), coerce=int)
    since = _day(gettext_lazy("从哪天"))
    until = _day(gettext_lazy("到哪天"))
    why = forms.CharField(label=gettext_lazy("原因"), max_length=60)

    def __init__(self, workers: Sequence[tuple[int, str]], today: date, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"since": today, "until": today, "why": _("病假")})
        put_choices(self, "worker_id", workers)


class StandardForm(forms.Form):
    """How often somebody of a level is visited."""

    every = forms.IntegerField(label=gettext_lazy("最长隔几天"))
    upheaval_hours = forms.IntegerField(
        label=gettext_lazy("重大变故后几小时内"), help_text=gettext_lazy("0 表示不另加走访。")
    )
    minutes = forms.IntegerField(label=gettext_lazy("一次几分钟"))
    community_hours = forms.IntegerField(label=gettext_lazy("逾期几小时告诉社区"))
    street_hours = forms.IntegerField(label=gettext_lazy("逾期几小时告诉街道"))
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200)

    def __init__(self, held: StandardInfo, data: Any = None) -> None:
        names = ("every", "upheaval_hours", "minutes", "community_hours", "street_hours")
        first = {name: getattr(held.standard, name) for name in names}
        super().__init__(data, label_suffix="", prefix=held.standard.level.value, initial=first)

    def standard(self, level: CareLevel) -> Standard:
        """The standard of a valid form."""
        told = self.cleaned_data
        return Standard(
            level,
            told["every"],
            told["upheaval_hours"],
            told["minutes"],
            told["community_hours"],
            told["street_hours"],
        )


class ChecklistForm(forms.Form):
    """The questions of a kind, a line each."""

    questions = forms.CharField(
        label=gettext_lazy("问题，一行一个"), max_length=4000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("问题 | 选项（是、否／好、一般、差／填写） | 选了哪个要登记需求 | 必答"),
    )  # fmt: skip
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, label_suffix="", initial=initial)
