"""What is asked of a device, of a time of maintenance, of a rule, and of silence."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.devices.queries import DeviceInfo
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.geo.datums import Datum
from huying.people.queries import bodies, unit_names
from huying.places.queries import Level, area_words, areas
from huying.web.present.choices import put_choices

_MOMENT: Final = "%Y-%m-%dT%H:%M"


def _day(label: Any) -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=picker)


def _moment(label: Any) -> forms.DateTimeField:
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=picker, input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"])


class DeviceForm(forms.Form):
    """A device of the register."""

    code = forms.CharField(
        label=gettext_lazy("设备编号"), max_length=40, help_text=gettext_lazy("印在设备上的，全区不重复。")
    )
    kind = forms.ChoiceField(label=gettext_lazy("类型"))
    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    lon = forms.FloatField(label=gettext_lazy("经度"), required=False)
    lat = forms.FloatField(label=gettext_lazy("纬度"), required=False)
    datum = forms.ChoiceField(label=gettext_lazy("坐标系"), required=False)
    area = forms.ChoiceField(
        label=gettext_lazy("区域"), required=False, help_text=gettext_lazy("有经纬度时自动判断，可以不选。")
    )
    place_text = forms.CharField(label=gettext_lazy("地点"), max_length=200, required=False)
    body_id = forms.TypedChoiceField(
        label=gettext_lazy("权属单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("设备失联由它处理；它看得到自己的设备。"),
    )  # fmt: skip
    maker = forms.CharField(label=gettext_lazy("厂家"), max_length=40, required=False)
    model = forms.CharField(label=gettext_lazy("型号"), max_length=40, required=False)
    every = forms.IntegerField(
        label=gettext_lazy("多久联系一次（秒）"), initial=0,
        help_text=gettext_lazy("连续三次没有联系算失联；0 表示只在有事时联系。"),
    )  # fmt: skip
    installed_on = _day(gettext_lazy("安装日期"))
    calibrated_on = _day(gettext_lazy("上次校准日期"))
    calibrate_days = forms.IntegerField(
        label=gettext_lazy("校准周期（天）"), initial=0, help_text=gettext_lazy("0 表示不校准。")
    )
    home = forms.CharField(
        label=gettext_lazy("户号"), max_length=24, required=False,
        help_text=gettext_lazy("独居守护用：同一户的红外、门磁、床垫写同一个，不写姓名。"),
    )  # fmt: skip

    def __init__(self, district: int, now: datetime, data: Any = None, row: DeviceInfo | None = None) -> None:
        super().__init__(data, initial=_first(row) if row else None, label_suffix="")
        put_choices(self, "kind", [(one.value, _(one.zh)) for one in DeviceKind])
        put_choices(self, "datum", [(one.value, _(one.zh)) for one in Datum])
        put_choices(self, "area", [("", "—"), *_places(district)])
        units = [(one.id, one.short_name or one.name) for one in bodies(district, now)]
        if row is not None and row.body_id is not None and row.body_id not in dict(units):
            units.append((row.body_id, unit_names(district).get(row.body_id, "")))
        put_choices(self, "body_id", [("", "—"), *units])

    def device(self) -> NewDevice:
        """The device of a valid form."""
        said = dict(self.cleaned_data)
        kind, datum = DeviceKind(said.pop("kind")), said.pop("datum") or Datum.CGCS2000.value
        return NewDevice(kind=kind, datum=datum, **said)


def _places(district: int) -> list[tuple[str, str]]:
    levels = (Level.STREET, Level.COMMUNITY, Level.GRID)
    return [(one.code, area_words(district, one.code)) for level in levels for one in areas(district, level)]


def _first(row: DeviceInfo) -> dict[str, Any]:
    names = (
        "code", "name", "lon", "lat", "area", "place_text", "body_id", "maker", "model", "every", "installed_on",
        "calibrated_on", "calibrate_days", "home",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "kind": row.kind.value,
        "datum": Datum.CGCS2000.value,
    }


class MaintenanceForm(forms.Form):
    """When somebody works on it."""

    since = _moment(gettext_lazy("开始"))
    until = _moment(gettext_lazy("结束"))
    why = forms.CharField(label=gettext_lazy("维护内容"), max_length=200)

    def __init__(self, now: datetime, data: Any = None) -> None:
        here = timezone.localtime(now).replace(second=0, microsecond=0)
        super().__init__(data, initial={"since": here, "until": here + timedelta(hours=2)}, label_suffix="")
