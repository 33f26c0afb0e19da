"""What is asked of whoever redraws borders: one edit, and the day from which all of it holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.places.rules.redrawing import Step, StepKind, read_points


class _Sometimes(forms.CharField):
    """Needed by some edits and not by others: neither 选填 nor always asked for; its hint says when."""

    sometimes = True


class StepForm(forms.Form):
    """One edit. The areas are ticked in the list beside it; the map writes into ``points``."""

    kind = forms.ChoiceField(label=gettext_lazy("怎么改"), widget=forms.RadioSelect)
    points = _Sometimes(
        label=gettext_lazy("坐标"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "class": "few number"}),
        help_text=gettext_lazy("在地图上点出来；也可以一行填一个“经度,纬度”，或粘贴 GeoJSON。合并时不用填。"),
    )
    name = _Sometimes(
        label=gettext_lazy("新区域名称"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("拆分、划出时要填；合并时不填就用代码最小的那个的名称。"),
    )
    length = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, length: int, data: Any = None, kind_before: StepKind = StepKind.SPLIT) -> None:
        super().__init__(data, label_suffix="", initial={"kind": kind_before.value, "length": length})
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one.value, _(one.zh)) for one in StepKind]

    def step(self, codes: list[str]) -> Step:
        """The edit, on the areas ticked. Raises Invalid for positions that cannot be read."""
        said = self.cleaned_data
        kind = StepKind(said["kind"])
        points = read_points(said["points"]) if kind is not StepKind.MERGE else ()
        kept = codes if kind in {StepKind.SPLIT, StepKind.MERGE} else []
        return Step(
            kind, tuple(sorted(kept)), points, said["name"].strip() if kind is not StepKind.MOVE else ""
        )


class ForceForm(forms.Form):
    """From which day, and why."""

    day = forms.DateField(
        label=gettext_lazy("从哪天起生效"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("今天就是马上；以后的日子从零点起。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=200,
        help_text=gettext_lazy("例如会议纪要、文件号，留在变更记录里。"),
    )
    length = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, length: int, today: Any, data: Any = None) -> None:
        super().__init__(
            data, label_suffix="", prefix="force", initial={"length": length, "day": f"{today:%Y-%m-%d}"}
        )
