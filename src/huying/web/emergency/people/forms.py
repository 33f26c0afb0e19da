"""What is asked of a responder."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.emergency.actions import NewResponder
from huying.emergency.queries import ResponderRow, skills_of
from huying.emergency.rules.hours import hours_of
from huying.emergency.rules.kinds import ResponderKind
from huying.geo.datums import Datum
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.present.choices import put_choices


class ResponderForm(forms.Form):
    """A person or a station. The phone is asked for when they are registered; left empty later it stays."""

    kind = forms.ChoiceField(label=gettext_lazy("类型"))
    name = forms.CharField(label=gettext_lazy("姓名或名称"), max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("告警短信发到这里。加密保存，只显示头尾；每次查看都有记录。"),
    )
    contact = forms.CharField(
        label=gettext_lazy("负责人"), max_length=40, required=False, help_text=gettext_lazy("站点、队伍填。")
    )
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("技能"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=gettext_lazy("地址"), max_length=120, required=False)
    lon = forms.FloatField(label=gettext_lazy("经度"))
    lat = forms.FloatField(label=gettext_lazy("纬度"))
    datum = forms.ChoiceField(label=gettext_lazy("坐标系"), required=False)
    days = forms.CharField(
        label=gettext_lazy("日子"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("每天、工作日、周末、周一至周五、周一三五。"),
    )
    hours = forms.CharField(
        label=gettext_lazy("时段"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("全天，或 08:00-20:00。"),
    )
    on_roster = forms.BooleanField(
        label=gettext_lazy("按值班表告警"),
        required=False,
        help_text=gettext_lazy("只在值班时告警；电话要和队员名册里的一样。"),
    )
    login = forms.CharField(label=gettext_lazy("登录名"), max_length=60, required=False)

    def __init__(
        self, district: int, data: Any = None, row: ResponderRow | None = None, login: str = ""
    ) -> None:
        super().__init__(data, initial=_first(row, login), label_suffix="")
        put_choices(self, "kind", [(one.value, _(one.zh)) for one in ResponderKind])
        put_choices(self, "skills", [(code, _(name)) for code, name in skills_of(district).items()])
        put_choices(self, "datum", [(one.value, _(one.zh)) for one in Datum])

    def clean(self) -> dict[str, Any]:
        """Days and hours as they are written become what rules understand."""
        said = super().clean() or {}
        try:
            said["when"] = hours_of(said.get("days", ""), said.get("hours", ""))
        except HuyingError as error:
            self.add_error("hours" if "时段" in error.fields else "days", worded(error.message, _))
        return said

    def responder(self) -> NewResponder:
        """The person of a valid form."""
        said = self.cleaned_data
        return NewResponder(
            kind=ResponderKind(said["kind"]), name=said["name"], phone=said["phone"], skills=said["skills"],
            lon=said["lon"], lat=said["lat"], datum=said["datum"] or Datum.CGCS2000.value, contact=said["contact"],
            place_text=said["place"], hours=said["when"], login=said["login"], on_roster=said["on_roster"],
        )  # fmt: skip


def _first(row: ResponderRow | None, login: str) -> dict[str, Any]:
    if row is None:
        return {
            "kind": ResponderKind.VOLUNTEER.value,
            "days": "每天",
            "hours": "全天",
            "datum": Datum.CGCS2000.value,
        }
    days, hours = row.hours.words
    return {
        "kind": row.kind.value, "name": row.name, "contact": row.contact, "skills": list(row.skills),
        "place": row.place_text, "lon": row.lon, "lat": row.lat, "datum": Datum.CGCS2000.value, "days": days,
        "hours": hours, "on_roster": row.on_roster, "login": login,
    }  # fmt: skip
