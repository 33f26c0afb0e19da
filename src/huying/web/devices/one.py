"""One device: how it stands, what it said last, the curve of a day, what came of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.devices.queries import (
    DeviceInfo,
    anomalies_for,
    curve_for,
    device_for,
    lasts_for,
    maintenance_of,
    matters_of,
    rules_for,
    water_of,
)
from huying.devices.rules.kinds import DeviceKind
from huying.people.queries import unit_names
from huying.web.admin.annals import beside
from huying.web.components import Chart, Column
from huying.web.devices.forms import MaintenanceForm
from huying.web.devices.listing import map_of
from huying.web.devices.water import state_of
from huying.web.devices.words import LastValue, factor, lines_of
from huying.web.guard import StaffRequest, guarded

_DAY: Final = timedelta(days=1)
_CURVES: Final = 6
_ANOMALIES: Final = 10


@guarded(P.DEVICE_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """The page."""
    return shown(request, number)


def shown(
    request: StaffRequest,
    number: int,
    secret: str = "",
    form: MaintenanceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with a credential that was made just now, or with a form that was refused."""
    actor, now = request.actor, request.now
    row = device_for(actor, number)
    lasts = lasts_for(actor, [row.id]).get(row.id, [])
    (line,) = lines_of(actor.district, [row], {row.id: lasts})
    names = {version.rule.code: version.rule.name for version in rules_for(actor)}
    context = {
        "line": line,
        "row": row,
        "lasts": [(factor(code), at, value) for code, at, value in lasts],
        "charts": [_chart(request, number, last, now) for last in lasts[:_CURVES]],
        "matters": [(one, names.get(one.rule, ""), factor(one.factor)) for one in matters_of(actor, number)],
        "resting": maintenance_of(actor, number),
        **_water(request, row),
        "map": map_of([line]) if row.lon is not None else None,
        "may_edit": actor.may_everywhere(P.DEVICE_EDIT),
        "secret": secret,
        "form": form or MaintenanceForm(now),
        "changes": beside(request, Subject.DEVICE, about=row.code),
        "now": now,
    }
    return render(request, "devices/one.html", context, status=status)


def _water(request: StaffRequest, row: DeviceInfo) -> dict[str, Any]:
    """Of a device of water its class and what is doubted."""
    if row.kind is not DeviceKind.WATER_QUALITY:
        return {}
    found = water_of(request.actor, row.id)
    grade, owners = found.grade, unit_names(request.actor.district)
    return {
        "water": found,
        "water_state": state_of(found),
        "answerable": owners.get(found.point.answerable_id or 0, "") if found.point else "",
        "worst": _factors(grade.worst if grade else ()),
        "missing": _factors(grade.missing if grade else ()),
        "doubted": _factors(grade.doubted if grade else ()),
        "anomalies": [(one, factor(one.factor)) for one in anomalies_for(request.actor, row.id, _ANOMALIES)],
    }


def _factors(codes: Sequence[str]) -> str:
    return "、".join(factor(code) for code in codes)


def _chart(request: StaffRequest, number: int, last: LastValue, now: datetime) -> Chart:
    """The day that ends now, or with what it said last when that is longer ago."""
    code, at, _value = last
    until = now if now - at < _DAY else at
    points = curve_for(request.actor, number, code, until - _DAY, until)
    times = [f"{timezone.localtime(point.at):%m-%d %H:%M}" for point in points]
    values = Column(factor(code), [point.value for point in points])
    name = _("%(factor)s，24 小时") % {"factor": factor(code)}
    return Chart(f"curve-{code.replace('.', '-')}", name, "line", times, [values], axis=_("时间"))
