"""Two reports of a kind beside each other: their numbers, then their words."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.kernel.errors import Invalid, NotFound
from huying.reports.channels.addresses import address_within
from huying.reports.queries import KeyNumber, ReportInfo, report_for
from huying.reports.rules.writing.phrases import signed
from huying.web.guard import StaffRequest, guarded
from huying.web.reports.addresses import digits
from huying.web.reports.archive import period_words, state_chip
from huying.web.reports.page import page_of


@guarded(P.REPORT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """``?a=`` and ``?b=``: two versions of one kind. Raises NotFound for others."""
    one, other = (_report(request, name) for name in ("a", "b"))
    if one.line.kind is not other.line.kind:
        raise Invalid("只能对比同一种报告。")
    context: dict[str, Any] = {
        "kind": _(one.line.kind.zh),
        "sides": [_side(one, request), _side(other, request)],
        "numbers": _numbers(one, other),
    }
    return render(request, "reports/compare.html", context)


def _report(request: StaffRequest, name: str) -> ReportInfo:
    number = digits(request.GET.get(name, ""))
    if not number or len(number) > 18:
        raise NotFound
    return report_for(request.actor, int(number))


def _side(report: ReportInfo, request: StaffRequest) -> dict[str, Any]:
    return {
        "line": report.line,
        "title": report.title(get_language() or "zh-hans"),
        "period": period_words(report.line),
        "chip": state_chip(report.line, request.now),
        **page_of(report),
    }


def _numbers(one: ReportInfo, other: ReportInfo) -> list[dict[str, Any]]:
    """The numbers that both have. How they differ is told as a number and not judged."""
    language, there = get_language() or "zh-hans", {each.code: each for each in other.numbers}
    pairs = [(each, there[each.code]) for each in one.numbers if each.code in there]
    return [
        {"name": a.names[language], "a": _number(a), "b": _number(b), "by": signed(b.value - a.value)}
        for a, b in pairs
    ]


def _number(one: KeyNumber) -> tuple[int, str]:
    return one.value, address_within(one.to) if one.to else ""
