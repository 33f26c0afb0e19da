"""What is heard before it grows: hot issues, recurring problems, warnings, what people talk about."""

from datetime import timedelta
from typing import Any, Final

from pydantic import Field

from huying.access.permissions import Permission as P
from huying.api.assistants.asked import Asked, moment
from huying.api.assistants.registry import Input, Told, Tool
from huying.api.assistants.told.quoting import quoted
from huying.cases.queries.lists.themes import Weeks, talked_of
from huying.cases.queries.settings.calendars import calendar_of
from huying.catalogue.queries import live_edition, live_list
from huying.figures.rules.periods import Period, bounds
from huying.loop.supervise.queries import whole_scope_for
from huying.places.queries import area_name
from huying.prevent.hot_issues.queries.issues import IssuesWanted, issues_for
from huying.prevent.recurring.queries import recurrences_for
from huying.prevent.warnings.queries.lists import Wanted, standing_of, warnings_for
from huying.prevent.warnings.rules.kinds import WarningState
from huying.reports.rules.chance import counts_differ

_MOST: Final = 30
_WEEKS: Final = 8
_RECENT: Final = 4
_AREA: Final = "区划代码，6、9 或 12 位；空为本人岗位所管的全部"


class Where(Input):
    """An area."""

    area: str = Field("", max_length=12, pattern=r"^[0-9]*$", description=_AREA)


class Hot(Where):
    """An area and how far back."""

    days: int = Field(30, ge=1, le=365, description="近几天")


class Warned(Where):
    """Which warnings."""

    state: WarningState | None = Field(None, description="状态：new 新预警、acknowledged 已知悉 等；空为全部")


def _hot(asked: Asked, given: Hot) -> Told:
    found = issues_for(asked.actor, IssuesWanted(given.area, given.days), asked.now)[:_MOST]
    rows = [
        {
            "id": one.id, "title": quoted(one.title, 120), "place": quoted(one.place, 80), "cases": len(one.cases),
            "people": one.heat.people, "heat": round(one.heat.value, 1), "first": moment(one.first),
            "last": moment(one.last),
        }
        for one in found
    ]  # fmt: skip
    return Told(f"近 {given.days} 天热点问题 {len(rows)} 个，最热的在前。", {"issues": rows})


def _recurring(asked: Asked, given: Where) -> Told:
    rows = [
        {
            "id": one.id, "title": one.title, "item": one.item, "area": one.area_name, "cases": one.count,
            "again": one.again, "first": moment(one.first_at), "last": moment(one.last_at),
            "project": one.state.zh if one.state else None,
        }
        for one in recurrences_for(asked.actor, given.area)[:_MOST]
    ]  # fmt: skip
    return Told(f"办结后又来的地方 {len(rows)} 处，最严重的在前。", {"recurring": rows})


def _warnings(asked: Asked, given: Warned) -> Told:
    wanted = Wanted(given.state.value if given.state else "", area=given.area)
    rows = [
        {
            "id": one.id, "item": one.item_name, "area": one.area_name, "began": str(one.began),
            "until": str(one.last_day), "seen": one.seen, "expected": round(one.expected, 1),
            "by_chance": one.chance, "state": one.state.zh, "verdict": one.verdict.zh if one.verdict else None,
            "cause": quoted(one.cause, 200),
        }
        for one in warnings_for(asked.actor, wanted, limit=_MOST)
    ]  # fmt: skip
    watch = standing_of(asked.district)
    looked = moment(watch.looked_at) or "还没有看过"
    return Told(f"预警 {len(rows)} 条；最近一次查看：{looked}。", {"warnings": rows, "looked_at": looked})


def _insight(asked: Asked, given: Where) -> Told:
    scope = whole_scope_for(asked.actor, given.area, P.INSIGHT_READ)
    last = asked.today - timedelta(days=1)
    period = Period(last - timedelta(days=7 * _WEEKS - 1), last)
    found = talked_of(scope.district, scope.area, *bounds(period, calendar_of(scope.district).zone))
    names = _item_names(scope.district)
    themes = [one | {"name": names.get(one["key"], one["key"])} for one in _themes(found.groups)]
    places = [one | {"name": area_name(scope.district, one["key"])} for one in _themes(found.parts)]
    data = {
        "area": scope.area, "until": str(last), "weeks": _RECENT, "themes": themes, "places": places,
        "without_item": sum(found.groups.get("", {}).get(week, 0) for week in range(_WEEKS - _RECENT, _WEEKS)),
    }  # fmt: skip
    first = "、".join(f"{one['name']} {one['now']} 件" for one in themes[:3]) or "还没有"
    return Told(f"截至 {last} 的近四周，说得最多的：{first}。verdict 说明变化是否超出偶然。", data)


def _themes(weeks: Weeks) -> list[dict[str, Any]]:
    keys = [key for key in weeks if key]
    found: list[dict[str, Any]] = []
    for key in keys:
        counts = [weeks[key].get(week, 0) for week in range(_WEEKS)]
        now, before = sum(counts[_RECENT:]), sum(counts[:_RECENT])
        verdict = counts_differ(now, before, among=len(keys))
        found.append({"key": key, "now": now, "before": before, "by_week": counts, "verdict": verdict.value})
    return sorted(found, key=lambda one: (-one["now"], -one["before"], one["key"]))[:_MOST]


def _item_names(district: int) -> dict[str, str]:
    if live_edition(district) is None:
        return {}
    items = live_list(district).held.items
    return {code[:4]: line.group_name or line.name for code, line in reversed(list(items.items()))}


TOOLS: Final = (
    Tool(
        "hot_issues", "热点问题", "许多人在说的同一件事，按热度排。",
        Hot, {"issues": "热点问题"}, _hot, (P.INSIGHT_READ,),
    ),
    Tool(
        "recurring_problems", "反复问题", "办结后一再发生的地方和治理项目进展。",
        Where, {"recurring": "反复问题"}, _recurring, (P.INSIGHT_READ,),
    ),
    Tool(
        "early_warnings", "预警", "某类事项在某处的来件高过往常的提醒，附往常件数和偶然的可能。",
        Warned, {"warnings": "预警", "looked_at": "最近一次查看"}, _warnings, (P.INSIGHT_READ,),
    ),
    Tool(
        "public_sentiment", "民情", "近四周说得最多的事项和地方，与前四周比，说明变化是否超出偶然。",
        Where, {"themes": "事项", "places": "地方"}, _insight, (P.INSIGHT_READ,),
    ),
)  # fmt: skip
