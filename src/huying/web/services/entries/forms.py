"""What is asked of an entry, of an exception, of a kind."""

from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.geo.datums import Datum
from huying.people.queries import bodies, unit_names
from huying.services.queries import FacilityInfo, kinds_of
from huying.services.rules.entries import NewException, NewFacility
from huying.services.rules.kinds import Amenity, FacilityKindInfo, Settling
from huying.web.citizen.forms import PhotosField
from huying.web.present.choices import put_choices

_HOURS: Final = "周一至周五 09:00-12:00 14:00-17:30；周六 09:00-12:00；节假日 休息"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class FacilityForm(forms.Form):
    """One entry."""

    kind = forms.ChoiceField(label=gettext_lazy("类型"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    lon = forms.FloatField(label=gettext_lazy("经度"))
    lat = forms.FloatField(label=gettext_lazy("纬度"))
    datum = forms.ChoiceField(label=gettext_lazy("坐标系"), required=False)
    address = forms.CharField(label=gettext_lazy("地址"), max_length=160, required=False)
    phone = forms.CharField(label=gettext_lazy("对外电话"), max_length=40, required=False)
    hours = forms.CharField(
        label=gettext_lazy("开放时间"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    amenities = forms.MultipleChoiceField(
        label=gettext_lazy("有什么"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("居民看得到，例如“从西门进，二楼”。"),
    )  # fmt: skip
    body_id = forms.TypedChoiceField(
        label=gettext_lazy("维护单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("居民反映信息有误时由它核对；没有的归所在社区、街道。"),
    )  # fmt: skip

    def __init__(
        self, district: int, now: datetime, data: Any = None, row: FacilityInfo | None = None
    ) -> None:
        super().__init__(data, initial=_first(row) if row else None, label_suffix="")
        kinds = [(one.code, _(one.name)) for one in kinds_of(district)]
        if row is not None and row.kind not in dict(kinds):
            kinds.append((row.kind, row.kind))
        put_choices(self, "kind", kinds)
        put_choices(self, "datum", [(one.value, _(one.zh)) for one in Datum])
        told = _("照这样写：%(example)s。写“每天 全天”表示一直开；不清楚就空着。")
        self.fields["hours"].help_text = told % {"example": _HOURS}
        put_choices(self, "amenities", [(one.value, _(one.zh)) for one in Amenity])
        units = [(one.id, one.short_name or one.name) for one in bodies(district, now)]
        if row is not None and row.body_id is not None and row.body_id not in dict(units):
            units.append((row.body_id, unit_names(district).get(row.body_id, "")))
        put_choices(self, "body_id", [("", "—"), *units])

    def facility(self) -> NewFacility:
        """The entry of a valid form."""
        said = dict(self.cleaned_data)
        amenities = frozenset(Amenity(one) for one in said.pop("amenities"))
        datum = said.pop("datum") or Datum.CGCS2000.value
        return NewFacility(amenities=amenities, datum=datum, **said)


def _first(row: FacilityInfo) -> dict[str, Any]:
    names = ("kind", "name", "lon", "lat", "address", "phone", "hours", "note", "body_id")
    told = {name: getattr(row, name) for name in names}
    return told | {"amenities": [one.value for one in row.amenities], "datum": Datum.CGCS2000.value}


class ExceptionForm(forms.Form):
    """Days on which other hours hold."""

    first = _day(gettext_lazy("从"))
    last = _day(gettext_lazy("到"))
    spans = forms.CharField(
        label=gettext_lazy("这几天的时间"), max_length=100, required=False,
        help_text=gettext_lazy("如 09:00-12:00；休息就空着。"),
    )  # fmt: skip
    why = forms.CharField(label=gettext_lazy("原因"), max_length=100, help_text=gettext_lazy("居民看得到。"))

    def exception(self) -> NewException:
        """The exception of a valid form."""
        return NewException(**self.cleaned_data)


class PhotosForm(forms.Form):
    """Photos of the place."""

    photos = PhotosField(label=gettext_lazy("照片"))


class KindForm(forms.Form):
    """A kind of the district's own, or another name for a known one."""

    code = forms.SlugField(label=gettext_lazy("代号"), max_length=24)
    name = forms.CharField(label=gettext_lazy("名称"), max_length=20)
    circle = forms.BooleanField(label=gettext_lazy("算进生活圈"), required=False)
    minutes = forms.IntegerField(label=gettext_lazy("步行几分钟内算到得了"), initial=15)
    rank = forms.IntegerField(label=gettext_lazy("次序"), initial=200, min_value=0, max_value=9999)

    def kind(self) -> FacilityKindInfo:
        """The kind of a valid form."""
        return FacilityKindInfo(**self.cleaned_data)


class SettleForm(forms.Form):
    """What came of a report."""

    settling = forms.ChoiceField()
    answer = forms.CharField(max_length=200, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        put_choices(self, "settling", [(one.value, _(one.zh)) for one in Settling])
