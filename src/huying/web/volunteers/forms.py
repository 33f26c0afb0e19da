"""What is asked of a muster."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.access.permissions import Permission as P
from huying.geo.datums import Datum
from huying.places.queries import Level, area_name, locate_text
from huying.volunteers.actions import point
from huying.volunteers.policy import may_at
from huying.volunteers.rules.kinds import VolunteerKind
from huying.volunteers.rules.mustering import NewMuster
from huying.web.guard import StaffRequest
from huying.web.present.choices import put_choices
from huying.web.volunteers.words import area_choices, skill_choices

_MOMENT: Final = "%Y-%m-%dT%H:%M"
# A name that says where to within so many metres is as good as a point.
_EXACT: Final = 150.0


def _moment(label: Any) -> forms.DateTimeField:
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=picker, input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"])


class MusterForm(forms.Form):
    """Whom, for what, where and when. The position is the phone's (WGS-84), else what the place's name says exactly."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("要做什么"),
        max_length=40,
        help_text=gettext_lazy("例如：清扫 3 栋楼道、给独居老人送餐"),
    )
    words = forms.CharField(
        label=gettext_lazy("说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("带什么、找谁、注意什么。收到召集的人都看得到。"),
    )  # fmt: skip
    quota = forms.IntegerField(label=gettext_lazy("要几个人"), min_value=1, max_value=2000, initial=10)
    starts_at = _moment(gettext_lazy("开始"))
    ends_at = _moment(gettext_lazy("结束"))
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("叫哪里的人"), widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("街道、社区或网格，可以选几个（按住 Ctrl）。"),
    )  # fmt: skip
    only = forms.ChoiceField(label=gettext_lazy("叫哪些人"), required=False)
    skills = forms.MultipleChoiceField(
        label=gettext_lazy("要会其中一样"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=gettext_lazy("集合地点"), max_length=120, required=False)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy = forms.CharField(required=False, widget=forms.HiddenInput)
    check_metres = forms.IntegerField(
        label=gettext_lazy("多少米以内能签到"), min_value=50, max_value=2000, initial=300,
        help_text=gettext_lazy("手机定位常差几十米，楼里更多。"),
    )  # fmt: skip
    near = forms.IntegerField(
        label=gettext_lazy("只叫多少米以内的人"), required=False, min_value=0, max_value=50_000,
        help_text=gettext_lazy("从集合地点算；不填就叫所选区域的所有人。"),
    )  # fmt: skip

    def __init__(self, request: StaffRequest, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **more})
        self.district = request.actor.district
        put_choices(self, "areas", _areas(request))
        kinds = [(one.value, _(one.zh)) for one in VolunteerKind]
        put_choices(self, "only", [("", _("所有志愿者")), *kinds])
        put_choices(self, "skills", skill_choices(self.district))

    def clean(self) -> dict[str, Any]:
        """The point of the phone, or of the place's name where that says it exactly."""
        said = super().clean() or {}
        lon, lat, datum = said.get("lon"), said.get("lat"), Datum.WGS84.value
        if lon is None and said.get("place"):
            guess = next(iter(locate_text(self.district, said["place"])), None)
            if guess is not None and guess.metres <= _EXACT and guess.confidence >= 0.5:
                lon, lat, datum = guess.lon, guess.lat, Datum.CGCS2000.value
        said["point"] = (lon, lat, datum)
        return said

    def muster(self, case_id: int | None) -> NewMuster:
        """The muster of a valid form. Raises Invalid for a point that is none."""
        said = self.cleaned_data
        lon, lat = point(*said["point"])
        return NewMuster(
            title=said["title"], words=said["words"], areas=said["areas"], quota=said["quota"], skills=said["skills"],
            only=VolunteerKind(said["only"]) if said["only"] else None, place_text=said["place"], lon=lon, lat=lat,
            check_metres=said["check_metres"], near=said["near"] or 0, starts_at=said["starts_at"],
            ends_at=said["ends_at"], case_id=case_id,
        )  # fmt: skip


def _areas(request: StaffRequest) -> list[Any]:
    """The whole district for who has it, then streets, communities, and the grids of a post below the district."""
    actor = request.actor
    whole = str(actor.district)
    everywhere = may_at(actor, P.MUSTER_RUN, whole)
    groups = [(_("街道"), Level.STREET), (_("社区"), Level.COMMUNITY)]
    groups += [] if everywhere else [(_("网格"), Level.GRID)]
    named = [(name, area_choices(actor, P.MUSTER_RUN, [level])) for name, level in groups]
    first = [(whole, area_name(actor.district, whole))] if everywhere else []
    return [*first, *((name, found) for name, found in named if found)]
