"""What is asked of a volunteer, by a community or on their own phone."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.emergency.rules.hours import hours_of
from huying.geo.datums import Datum
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.places.queries import locate_text
from huying.volunteers.actions import point
from huying.volunteers.queries import Own, VolunteerRow, unit_choices
from huying.volunteers.rules.kinds import VolunteerKind
from huying.volunteers.rules.registering import NewVolunteer
from huying.web.present.choices import put_choices
from huying.web.volunteers.words import skill_choices

_DISTANCES = (500, 1000, 2000, 5000, 10_000, 20_000)


class VolunteerForm(forms.Form):
    """Who they are, what they can, when and how far they go, and the consent."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=40, help_text=gettext_lazy("服务证明上用的名字")
    )
    kind = forms.ChoiceField(label=gettext_lazy("身份"))
    area = forms.ChoiceField(label=gettext_lazy("报到的社区"))
    unit_id = forms.TypedChoiceField(
        label=gettext_lazy("所在单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("单位是共建单位的选一下。"),
    )  # fmt: skip
    unit_text = forms.CharField(label=gettext_lazy("名单上没有的单位"), max_length=60, required=False)
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("会什么"), required=False, widget=forms.CheckboxSelectMultiple
    )
    days = forms.CharField(
        label=gettext_lazy("哪几天有空"), max_length=20, required=False, initial="每天",
        help_text=gettext_lazy("每天、工作日、周末、周一至周五、周一三五。"),
    )  # fmt: skip
    hours = forms.CharField(
        label=gettext_lazy("什么时段有空"), max_length=20, required=False, initial="全天",
        help_text=gettext_lazy("全天，或 08:00-20:00。"),
    )  # fmt: skip
    metres = forms.TypedChoiceField(label=gettext_lazy("能走多远"), coerce=int)
    place = forms.CharField(
        label=gettext_lazy("从哪里出发"), max_length=120, required=False,
        help_text=gettext_lazy("住处附近的路口或小区，用来算远近，只存到约一百米，不存地址。"),
    )  # fmt: skip
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy = forms.CharField(required=False, widget=forms.HiddenInput)
    emergency = forms.BooleanField(
        label=gettext_lazy("也参加应急"), required=False,
        help_text=gettext_lazy("附近有人急病、着火时，第一时间短信叫您；去不去由您定。"),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=gettext_lazy("已满 18 周岁，同意登记说明"), required=False,
        help_text=gettext_lazy(
            "登记的姓名、手机号、技能、时间和大概位置，只用来召集、签到和记录时长；社区和召集人看得到姓名，"
            "查看手机号要有理由并留下记录。随时可以退出，退出后只保留时长数字。"
        ),
    )  # fmt: skip

    def __init__(
        self, district: int, areas: Sequence[Any], data: Any = None, row: VolunteerRow | Own | None = None
    ) -> None:
        super().__init__(data, initial=_first(row), label_suffix="")
        self.district, self.row = district, row
        put_choices(self, "kind", [(one.value, _(one.zh)) for one in VolunteerKind])
        put_choices(self, "area", [("", _("请选择")), *areas])
        put_choices(self, "unit_id", [("", "—"), *unit_choices(district)])
        put_choices(self, "skills", skill_choices(district))
        put_choices(self, "metres", [(each, _far(each)) for each in _DISTANCES])

    def clean(self) -> dict[str, Any]:
        """Days and hours as they are written, and the point, become what rules understand."""
        said = super().clean() or {}
        try:
            said["when"] = hours_of(said.get("days", ""), said.get("hours", ""))
        except HuyingError as error:
            self.add_error("hours" if "时段" in error.fields else "days", worded(error.message, _))
        said["point"] = self._point(said)
        return said

    def volunteer(self) -> NewVolunteer:
        """The person of a valid form. Raises Invalid for a point that is none."""
        said = self.cleaned_data
        lon, lat = point(*said["point"])
        return NewVolunteer(
            name=said["name"], area=said["area"], kind=VolunteerKind(said["kind"]), skills=said["skills"],
            hours=said["when"], lon=lon, lat=lat, metres=said["metres"], unit_id=said["unit_id"],
            unit_text=said["unit_text"], emergency=said["emergency"], agreed=said["agreed"],
        )  # fmt: skip

    def _point(self, said: dict[str, Any]) -> tuple[float | None, float | None, str]:
        """Of the phone (WGS-84), else of the place's name, else what was known before."""
        if said.get("lon") is not None and said.get("lat") is not None:
            return said["lon"], said["lat"], Datum.WGS84.value
        if said.get("place"):
            guess = next(iter(locate_text(self.district, said["place"])), None)
            if guess is not None and guess.area:
                return guess.lon, guess.lat, Datum.CGCS2000.value
            self.add_error("place", _("没认出这个地方，换个路名或小区名，或用手机定位。"))
        return (self.row.lon, self.row.lat, Datum.CGCS2000.value) if self.row else (None, None, "")


class StaffForm(VolunteerForm):
    """As a community registers somebody: with their number."""

    phone = forms.CharField(
        label=gettext_lazy("手机号"), max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "data-private": True}),
        help_text=gettext_lazy("召集短信发到这里。加密保存，只显示头尾。"),
    )  # fmt: skip
    field_order = ("name", "phone")


def _far(metres: int) -> str:
    return _("%(n)d 米以内") % {"n": metres} if metres < 1000 else _("%(n)d 公里以内") % {"n": metres // 1000}


def _first(row: VolunteerRow | Own | None) -> dict[str, Any]:
    if row is None:
        return {"kind": VolunteerKind.RESIDENT.value, "metres": 2000, "days": "每天", "hours": "全天"}
    days, hours = row.hours.words
    return {
        "name": row.name, "kind": row.kind.value, "area": row.area, "unit_id": row.unit_id,
        "unit_text": "" if row.unit_id else row.unit_name, "skills": list(row.skills), "days": days, "hours": hours,
        "metres": row.metres, "emergency": row.emergency, "agreed": True,
    }  # fmt: skip
