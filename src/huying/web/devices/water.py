"""Water: the sections with their classes, the outfalls with what is beyond, and what a device stands for."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.devices.actions.water import put_point
from huying.devices.queries import PointInfo, Water, water_for, water_of
from huying.devices.rules.kinds import MatterKind
from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.devices.rules.water.points import NewPoint, PointSort
from huying.kernel.errors import HuyingError
from huying.people.queries import bodies, unit_names
from huying.places.queries import area_words
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists.lines import query_with
from huying.web.components import Chip, MapPoint, MapView, Pager, Tone
from huying.web.devices.words import factor
from huying.web.guard import StaffRequest, guarded
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused

_PAGE: Final = 100
_NAMES: Final = ("hold", "water", "source", "permit", "answerable_id")


@dataclass(frozen=True, slots=True)
class Line:
    """One device of water in words. ``beyond``: the factors that decide, or those that are beyond a limit."""

    row: Water
    where: str
    answerable: str
    state: Chip
    beyond: str
    missing: str


class PointForm(forms.Form):
    """What a device of water stands for."""

    sort = forms.ChoiceField(label=gettext_lazy("点位"))
    water = forms.CharField(label=gettext_lazy("水体名称"), max_length=40, required=False)
    body = forms.ChoiceField(label=gettext_lazy("水体类型"))
    target = forms.ChoiceField(
        label=gettext_lazy("水质目标"), help_text=gettext_lazy("断面用；排口按监测规则的限值。")
    )
    hold = forms.IntegerField(label=gettext_lazy("劣于目标多少小时才立案"), initial=2)
    answerable_id = forms.TypedChoiceField(
        label=gettext_lazy("责任单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("对水质负责的单位；设备本身由权属单位负责。"),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("排污单位"), max_length=60, required=False)
    permit = forms.CharField(label=gettext_lazy("排污许可证编号"), max_length=40, required=False)

    def __init__(self, request: StaffRequest, point: PointInfo | None, data: Any = None) -> None:
        super().__init__(data, initial=_first(point), label_suffix="")
        for name, terms in (("sort", PointSort), ("body", WaterBody), ("target", WaterClass)):
            put_choices(
                self, name, [(one.value, _(one.zh)) for one in terms if one is not WaterClass.BEYOND_V]
            )
        units = [(one.id, one.short_name or one.name) for one in bodies(request.actor.district, request.now)]
        put_choices(self, "answerable_id", [("", "—"), *units])

    def point(self) -> NewPoint:
        """The point of a valid form."""
        said = self.cleaned_data
        plain = {name: said[name] for name in _NAMES}
        return NewPoint(
            sort=PointSort(said["sort"]),
            body=WaterBody(said["body"]),
            target=WaterClass(said["target"]),
            **plain,
        )


@guarded(P.DEVICE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every device of water: the worst first within a page."""
    after = number_of(request.GET.get("after", "")) or 0
    found = water_for(request.actor, after, _PAGE + 1)
    rows = found[:_PAGE]
    owners = unit_names(request.actor.district)
    lines = sorted((_line(request, row, owners) for row in rows), key=_rank)
    context = {
        "lines": lines,
        "map": _map(lines),
        "pager": Pager(
            previous=query_with(request.GET, after="") if after else "",
            next=query_with(request.GET, after=str(rows[-1].device.id)) if len(found) > _PAGE else "",
            shown=len(rows),
        ),
    }
    return render(request, "devices/water.html", context)


@guarded(P.DEVICE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def point(request: StaffRequest, number: int) -> HttpResponse:
    """What a device of water stands for."""
    row = water_of(request.actor, number)
    form = PointForm(request, row.point, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                put_point(request.actor, number, form.point(), request.now)
            except HuyingError as error:
                if error.status in (403, 404):
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "device:one", number)
    return render(request, "devices/edit.html", {"form": form, "row": row.device}, status=status)


def state_of(row: Water) -> Chip:
    """The class of a section against its target, or whether an outfall is beyond its limits."""
    if row.point is not None and row.point.sort is PointSort.OUTFALL:
        beyond = any(kind == MatterKind.RULE.value for kind, _factor, _since in row.open)
        return Chip(_("超限"), Tone.RED) if beyond else Chip(_("未超限"), Tone.GREEN)
    if row.grade is None:
        return Chip(_("还没评价"))
    worse = row.grade.below_since is not None
    return Chip(_(row.grade.grade.zh), Tone.RED if worse else Tone.GREEN)


def _line(request: StaffRequest, row: Water, owners: dict[int, str]) -> Line:
    point, grade = row.point, row.grade
    if point is not None and point.sort is PointSort.OUTFALL:
        beyond = [factor(name) for kind, name, _since in row.open if kind == MatterKind.RULE.value]
    else:
        beyond = [factor(code) for code in grade.worst] if grade and grade.grade.rank > 1 else []
    missing = "、".join(factor(code) for code in grade.missing) if grade else ""
    answerable = owners.get(point.answerable_id or 0, "") if point else ""
    where = area_words(request.actor.district, row.device.area)
    return Line(row, where, answerable, state_of(row), "、".join(dict.fromkeys(beyond)), missing)


def _rank(line: Line) -> tuple[bool, int, int]:
    grade = line.row.grade
    worse = line.state.tone is Tone.RED
    return (not worse, -(grade.grade.rank if grade else 0), line.row.device.id)


def _map(lines: list[Line]) -> MapView:
    points = [
        MapPoint(
            one.row.device.lon, one.row.device.lat, f"{one.row.device.name} · {one.state.text}",
            reverse("device:one", args=[one.row.device.id]),
            Tone.RED if one.state.tone is Tone.RED else Tone.ACCENT, one.beyond,
        )
        for one in lines
        if one.row.device.lon is not None and one.row.device.lat is not None
    ]  # fmt: skip
    middle = (points[0].lon, points[0].lat) if points else None
    return MapView("water", _("断面和排口在哪里"), {}, points, middle, 13.0)


def _first(point: PointInfo | None) -> dict[str, Any] | None:
    if point is None:
        return None
    chosen = {"sort": point.sort.value, "body": point.body.value, "target": point.target.value}
    return chosen | {name: getattr(point, name) for name in _NAMES}
