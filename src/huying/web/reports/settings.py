"""When reports are written, and what of a street's health is normal."""

from collections.abc import Callable
from datetime import time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.saying import worded
from huying.reports.actions import set_limits, set_time
from huying.reports.queries import limits_of, times_of
from huying.reports.rules.health import COUNTS, Indicator, Limits
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import MOST_AFTER, MOST_SIGN_WITHIN, Times
from huying.web.admin.annals import beside
from huying.web.guard import StaffRequest, guarded


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Everything that may be set, as it holds."""
    return _page(request)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def put_time(request: StaffRequest, kind: str) -> HttpResponse:
    """When reports of a kind are written."""
    if kind not in set(ReportKind):
        raise NotFound
    return _put(
        request,
        kind,
        lambda: set_time(request.actor, ReportKind(kind), _times(request, ReportKind(kind)), request.now),
    )


@guarded(P.CATALOGUE_EDIT)
@require_POST
def put_limits(request: StaffRequest, indicator: str) -> HttpResponse:
    """What is normal of an indicator."""
    if indicator not in set(Indicator):
        raise NotFound
    one = Indicator(indicator)
    return _put(
        request, indicator, lambda: set_limits(request.actor, one, _limits(request, one), request.now)
    )


def _put(request: StaffRequest, form: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except HuyingError as error:
        return _page(request, form, worded(error.message, _), status=400)
    messages.success(request, _("已保存。"))
    return redirect("reports:settings")


def _page(request: StaffRequest, form: str = "", wrong: str = "", status: int = 200) -> HttpResponse:
    typed = request.POST
    times = [
        {
            "kind": kind, "name": _(kind.zh), "at": typed.get("at") if kind == form else f"{held.at:%H:%M}",
            "after": typed.get("after") if kind == form else held.after, "most": MOST_AFTER[kind],
            "sign_within": typed.get("sign_within") if kind == form else held.sign_within,
            "on": typed.get("on") == "1" if kind == form else held.on, "wrong": wrong if kind == form else "",
        }
        for kind, held in times_of(request.actor.district).items()
    ]  # fmt: skip
    limits = [
        {
            "indicator": one, "name": _(one.zh), "unit": _unit(one), "wrong": wrong if one == form else "",
            "width": typed.get("width") if one == form else f"{held.width.normalize():f}",
            "low": typed.get("low") if one == form else _shown(one, held.low),
            "high": typed.get("high") if one == form else _shown(one, held.high),
        }
        for one, held in limits_of(request.actor.district).items()
    ]  # fmt: skip
    context: dict[str, Any] = {
        "times": times,
        "most_sign_within": MOST_SIGN_WITHIN,
        "limits": limits,
        "changes": beside(request, Subject.REPORT, limit=20),
    }
    return render(request, "reports/settings.html", context, status=status)


def _times(request: StaffRequest, kind: ReportKind) -> Times:
    given, held = request.POST, times_of(request.actor.district)[kind]
    try:
        return Times(
            time.fromisoformat(given.get("at", "")),
            int(given.get("after") or 1),
            given.get("on") == "1",
            int(given.get("sign_within", held.sign_within)),
        )
    except ValueError as error:
        raise Invalid("请写几点几分、期满后第几天、几个工作日内签发。") from error


def _limits(request: StaffRequest, one: Indicator) -> Limits:
    low, high = (_number(request.POST.get(name, ""), one) for name in ("low", "high"))
    try:
        width = Decimal(request.POST.get("width", "").strip())
        # What is no number at all cannot be compared.
        return Limits(width if width > 0 else Decimal(0), low, high)
    except InvalidOperation as error:
        raise Invalid("宽度请写数字。") from error


def _number(text: str, one: Indicator) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().removesuffix("%"))
        sensible = 0 <= value < 10**7
    except InvalidOperation as error:
        raise Invalid("上下限请写数字，不设就空着。") from error
    if not sensible:
        raise Invalid("上下限请写数字，不设就空着。")
    return value / 100 if _is_share(one) else value


def _is_share(one: Indicator) -> bool:
    return one not in COUNTS and one is not Indicator.HOURS


def _shown(one: Indicator, value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{(100 * value if _is_share(one) else value).normalize():f}"


def _unit(one: Indicator) -> str:
    if one is Indicator.HOURS:
        return _("小时")
    return _("件") if one in COUNTS else "%"
