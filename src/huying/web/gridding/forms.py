"""What is asked of a plan, of the day it holds from, and of a file of what stands on the ground."""

from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.geo.datums import Datum
from huying.gridding.queries import PlanInfo
from huying.gridding.rules.kinds import SiteKind, Within
from huying.gridding.rules.weighing import COUNTED, Weights
from huying.gridding.rules.wishes import Wishes
from huying.web.present.choices import put_choices

LARGEST: Final = 30 * 1024 * 1024
_SUFFIXES: Final = (".csv", ".txt", ".json", ".geojson")


class Slider(forms.NumberInput):
    """A number drawn along a line; the script beside it says how much it is."""

    input_type = "range"

    def __init__(self, step: int = 5) -> None:
        super().__init__(attrs={"min": 0, "max": 100, "step": step, "data-slider": ""})


def _weight(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, widget=Slider())


class PlanForm(forms.Form):
    """A plan as it is wished for."""

    name = forms.CharField(label=gettext_lazy("方案名称"), max_length=60)
    scope = forms.ChoiceField(label=gettext_lazy("哪里的网格"))
    grids = forms.IntegerField(
        label=gettext_lazy("划成多少个网格"), min_value=1, max_value=3000, required=False,
        help_text=gettext_lazy("不填就和现在一样多。各社区（街道）按工作量分，每处至少一个。"),
    )  # fmt: skip
    within = forms.ChoiceField(label=gettext_lazy("能不能跨社区"), widget=forms.RadioSelect)
    keep = forms.IntegerField(
        label=gettext_lazy("尽量少动现在的边界"), min_value=0, max_value=100, widget=Slider(),
        help_text=gettext_lazy("0：不管现在怎么分，重新划；100：只动工作量不均的地方，换网格的住户最少。"),
    )  # fmt: skip
    tolerance = forms.IntegerField(
        label=gettext_lazy("工作量相差不超过（%）"), min_value=3, max_value=50,
        help_text=gettext_lazy("各网格的工作量和平均数相比。"),
    )  # fmt: skip
    people = _weight(gettext_lazy("人口的权重"))
    homes = _weight(gettext_lazy("住户的权重"))
    buildings = _weight(gettext_lazy("楼栋的权重"))
    shops = _weight(gettext_lazy("商铺的权重"))
    cases = _weight(gettext_lazy("案件的权重"))
    days = forms.IntegerField(label=gettext_lazy("案件往前算多少天"), min_value=0, max_value=1100)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, scopes: list[tuple[str, str]], data: Any = None, like: PlanInfo | None = None) -> None:
        wishes = like.wishes if like else Wishes("", scopes[0][0] if scopes else "", 0)
        initial: dict[str, Any] = {
            "name": _("%(name)s 另一版") % {"name": wishes.name} if like else "", "scope": wishes.scope,
            "grids": wishes.grids or None, "within": wishes.within.value, "keep": wishes.keep,
            "tolerance": wishes.tolerance, "days": wishes.days, "once": uuid4(), **wishes.weights.as_dict(),
        }  # fmt: skip
        super().__init__(data, initial=initial, label_suffix="")
        put_choices(self, "scope", scopes)
        put_choices(self, "within", [(one.value, _(one.zh)) for one in Within])

    @property
    def first(self) -> list[forms.BoundField]:
        """What is asked in any case."""
        return [self[name] for name in ("name", "scope", "grids", "within", "keep", "tolerance")]

    @property
    def weighed(self) -> list[forms.BoundField]:
        """How much each thing counts."""
        return [self[name] for name in (*COUNTED, "days")]

    def wishes(self, grids: int) -> Wishes:
        """The wishes of a valid form; ``grids`` where no number was given."""
        said = self.cleaned_data
        return Wishes(
            said["name"].strip(), said["scope"], said["grids"] or grids, Within(said["within"]),
            Weights(**{name: said[name] for name in COUNTED}), said["tolerance"], said["keep"], said["days"],
        )  # fmt: skip

    def key(self) -> UUID:
        """By which sending twice makes one plan."""
        given: UUID | None = self.cleaned_data.get("once")
        return given or uuid4()


class PublishForm(forms.Form):
    """From which day, and why."""

    day = forms.DateField(
        label=gettext_lazy("从哪天起生效"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("今天就是马上；以后的日子从零点起。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("原因"),
        max_length=160,
        help_text=gettext_lazy("例如会议纪要、文件号，留在变更记录里。"),
    )

    def __init__(self, today: Any, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"day": f"{today:%Y-%m-%d}"})


class StockForm(forms.Form):
    """A file of buildings, estates or shops."""

    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("CSV（第一行是列名）或 GeoJSON，最大 30 MB。"),
        error_messages={
            "required": gettext_lazy("请选一个文件。"),
            "empty": gettext_lazy("这个文件是空的。"),
        },
        widget=forms.FileInput(attrs={"accept": ",".join(_SUFFIXES)}),
    )
    datum = forms.ChoiceField(label=gettext_lazy("经纬度坐标系"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, label_suffix="", initial={"datum": Datum.CGCS2000.value})
        put_choices(self, "datum", [(one.value, _(one.zh)) for one in Datum])

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if not given.name.lower().endswith(_SUFFIXES):
            raise forms.ValidationError(_("只收 CSV 和 GeoJSON 文件。"))
        if given.size > LARGEST:
            raise forms.ValidationError(_("文件最大 30 MB，请分开导入。"))
        return given


def kind_of(text: str) -> SiteKind | None:
    """A kind of site by its value; None for anything else."""
    return SiteKind(text) if text in set(SiteKind) else None
