"""A board's question as its address: which days, cut how, of which area, ranked by what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.figures.queries import current_period
from huying.figures.rules.periods import Period
from huying.kernel.errors import Invalid
from huying.kernel.saying import worded
from huying.loop.supervise.rules.cuts import Cut

CUTS: Final = (Cut.BODY, Cut.AREA, Cut.ITEM)
# Around the first and the last day of all no period lies before or after.
_YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks. ``span`` names the period among ``spans``; ``wrong`` says why dates were not used."""

    span: str
    period: Period
    by: Cut
    area: str
    order: str
    wrong: str = ""


def read(query: QueryDict, now: datetime, actor: Actor) -> Asked:
    """What is not understood falls back to this month, by body, by score."""
    today = timezone.localdate(now)
    span, wrong = query.get("span", "month"), ""
    period = current_period(actor, now) if span == "assessed" else _named(span, today)
    if span == "days":
        try:
            period = Period(_day(query.get("since", "")), _day(query.get("until", "")))
        except Invalid as error:
            wrong = worded(error.message, _)
    by = query.get("by", "")
    area = query.get("area", "")
    return Asked(
        span, period, Cut(by) if by in {one.value for one in CUTS} else Cut.BODY,
        area if area.isascii() and area.isdigit() and len(area) <= 12 else "", query.get("order", "score")[:40], wrong,
    )  # fmt: skip


def spans(now: datetime) -> Sequence[tuple[str, str]]:
    """The periods offered."""
    return [
        ("month", _("本月")), ("last", _("上月")), ("week", _("近 7 天")), ("quarter", _("近 90 天")),
        ("assessed", _("本考核期")), ("days", _("自选日期")),
    ]  # fmt: skip


def _named(span: str, today: date) -> Period:
    match span:
        case "last":
            return Period.month(today.year, today.month).before
        case "week":
            return Period(today - timedelta(days=6), today)
        case "quarter":
            return Period(today - timedelta(days=89), today)
        case _:
            return Period.month(today.year, today.month)


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("请选开始和结束日期。", fields={"since": "请选日期。"}) from error
    if day.year not in _YEARS:
        raise Invalid("请选开始和结束日期。", fields={"since": "请选日期。"})
    return day
