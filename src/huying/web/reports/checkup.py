"""体检: every street by a dozen indicators at a glance, and one street with what is off, where, and what repeats."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.rules.periods import Period
from huying.reports.channels.addresses import address_within
from huying.reports.queries.health import Checkup, checkups_for, street_health_for
from huying.reports.rules.health import COUNTS, LEAST_MONTHS, LEAST_OTHERS, Health, Indicator, Reading
from huying.reports.rules.links import cases, counted, reckoned
from huying.web.case.lists.lines import query_with
from huying.web.components import Chip, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import CHECKUP, address_of

_TONES: Final = {
    Health.GOOD: Tone.GREEN,
    Health.OFF: Tone.RED,
    Health.BEHIND: Tone.AMBER,
    Health.ALONE: Tone.PLAIN,
    Health.UNKNOWN: Tone.PLAIN,
}
_OFFERED: Final = 12


@guarded(P.REPORT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every street of the reader's; who has one alone is led to it."""
    month = month_asked(request.GET, timezone.localdate(request.now))
    found = checkups_for(request.actor, month)
    if len(found) == 1:
        return redirect(f"{reverse('checkup:street', args=[found[0].area])}{query_with(request.GET)}")
    context: dict[str, Any] = {
        "month": month,
        "months": months(request.GET, timezone.localdate(request.now)),
        "heads": [_(one.zh) for one in Indicator],
        "rows": [_row(one, request.GET) for one in found],
        "export": address_of(CHECKUP, request),
    }
    return render(request, "reports/checkups.html", context)


@guarded(P.REPORT_READ)
@require_GET
def street(request: StaffRequest, area: str) -> HttpResponse:
    """One street on one page. Raises NotFound for what is none of the reader's."""
    month = month_asked(request.GET, timezone.localdate(request.now))
    found = street_health_for(request.actor, area[:12], month, request.now)
    checkup = found.checkup
    context: dict[str, Any] = {
        "checkup": checkup,
        "month": month,
        "months": months(request.GET, timezone.localdate(request.now)),
        "readings": [reading_shown(checkup, one) for one in checkup.readings],
        "off": [
            {
                "name": _(one.indicator.zh), "chip": health_chip(one),
                "communities": [
                    (name, value_words(one.indicator, value), address_within(_link(one.indicator, month, key)))
                    for key, name, value in found.communities.get(one.indicator, ())
                ],
            }
            for one in checkup.readings
            if one.health in {Health.OFF, Health.BEHIND}
        ],
        "again": [(one, address_within(cases(one.cases, one.before))) for one in found.again],
        "again_places": found.again_places,
        "several": len(request.actor.grants) and _sees_more(request, area),
    }  # fmt: skip
    return render(request, "reports/checkup.html", context)


def month_asked(query: QueryDict, today: date) -> Period:
    """The month an address asks for, else the last whole one."""
    last = today.replace(day=1) - timedelta(days=1)
    try:
        asked = date.fromisoformat(f"{query.get('month', '')}-01")
    except ValueError:
        asked = last
    if not 2000 <= asked.year < 2200:
        asked = last
    return Period.month(asked.year, asked.month)


def months(query: QueryDict, today: date) -> list[tuple[str, str, bool]]:
    """(value, words, whether it is shown): the last twelve whole months and the one that runs."""
    chosen, first = month_asked(query, today).first, today.replace(day=1)
    found = []
    for _step in range(_OFFERED + 1):
        found.append((f"{first:%Y-%m}", f"{first:%Y-%m}", first == chosen))
        first = (first - timedelta(days=1)).replace(day=1)
    return found


def value_words(indicator: Indicator, value: Decimal | None) -> str:
    """A value as it is read; — where there is none."""
    if value is None:
        return "—"
    if indicator in COUNTS:
        return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.1f}"
    return f"{value:.1f}" if indicator is Indicator.HOURS else f"{100 * value:.1f}%"


def health_chip(one: Reading) -> Chip:
    return Chip(_(one.health.zh), _TONES[one.health], one.health.value)


def reading_shown(checkup: Checkup, one: Reading) -> Mapping[str, Any]:
    """One indicator as the page draws it."""
    low, high = (value_words(one.indicator, each) for each in (one.low, one.high))
    return {
        "name": _(one.indicator.zh),
        "unit": _("小时") if one.indicator is Indicator.HOURS else "",
        "value": value_words(one.indicator, one.value),
        "href": address_within(_link(one.indicator, checkup.month, checkup.area)) if one.value else "",
        "range": f"{low} – {high}"
        if one.low is not None
        else _("只有 %(n)d 个月，不足 %(least)d 个月，暂无可比") % {"n": one.months, "least": LEAST_MONTHS},
        "streets": _streets_words(checkup, one),
        "set": _set_words(one),
        "against": _listed(_(basis.zh) for basis in one.bases),
        "chip": health_chip(one),
        "code": one.indicator.value,
    }


def _listed(words: Iterable[str]) -> str:
    return (", " if get_language() == "en" else "、").join(words)


def _streets_words(checkup: Checkup, one: Reading) -> str:
    if one.indicator in COUNTS:
        return _("件数不与别的街道比")
    if one.streets is not None:
        told = {"value": value_words(one.indicator, one.streets), "n": one.others}
        return _("%(value)s（其他 %(n)d 个街道的中位数）") % told
    if not checkup.others:
        return _("区里没有别的街道，暂无可比")
    told = {"n": one.others, "least": LEAST_OTHERS}
    return _("只有 %(n)d 个别的街道有足够件数，不足 %(least)d 个，暂无可比") % told


def _set_words(one: Reading) -> str:
    low, high = (value_words(one.indicator, each) for each in (one.limits.low, one.limits.high))
    match one.limits.low is not None, one.limits.high is not None:
        case True, True:
            return f"{low} – {high}"
        case True, False:
            return _("不低于 %(value)s") % {"value": low}
        case False, True:
            return _("不高于 %(value)s") % {"value": high}
        case _:
            return _("没有设")


def _row(one: Checkup, query: QueryDict) -> Mapping[str, Any]:
    href = f"{reverse('checkup:street', args=[one.area])}{query_with(query)}"
    return {
        "name": one.name,
        "href": href,
        "off": one.off,
        "cells": [reading_shown(one, each) for each in one.readings],
    }


def _link(indicator: Indicator, month: Period, area: str) -> Mapping[str, Any]:
    measure = COUNTS.get(indicator)
    return counted(month, area, [measure]) if measure else reckoned(month, area, indicator.value)


def _sees_more(request: StaffRequest, area: str) -> bool:
    held: Sequence[str] = [grant.area for grant in request.actor.grants_for(P.REPORT_READ)]
    return any(area.startswith(one) and len(one) < len(area) for one in held)
