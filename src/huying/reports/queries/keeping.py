"""What the last report of the kind wanted done, with the numbers of now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from huying.access.actor import system
from huying.cases.queries.lists.arrivals import arrivals_of
from huying.cases.queries.lists.repeats import Spot, came_to_spots
from huying.figures.queries import board_for
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period, bounds
from huying.loop.supervise.rules.cuts import Cut
from huying.reports.models import Report
from huying.reports.rules.facts import Aim, Kept
from huying.reports.rules.kinds import ReportKind

Link = Mapping[str, Any]


def last_of(district: int, kind: ReportKind, area: str, before: date) -> Report | None:
    """The last report of the kind: its newest signed version, or the newest where nobody signed one."""
    same = Report.objects.filter(district=district, kind=kind.value, area=area, first__lt=before)
    newest = same.order_by("-first", "-number").first()
    if newest is None:
        return None
    return same.filter(first=newest.first, signing__isnull=False).order_by("-number").first() or newest


def kept_of(
    district: int, kind: ReportKind, area: str, period: Period, zone: ZoneInfo
) -> tuple[list[Kept], bool]:
    """The last report's measures with what their numbers are now; whether there was such a report at all."""
    last = last_of(district, kind, area, period.first)
    if last is None:
        return [], False
    aims = [_aim(one["aim"]) for one in last.measures]
    now = _numbers(district, area, period, zone, [aim.link if aim else None for aim in aims])
    return [
        Kept(one["who"], one["what"], date.fromisoformat(one["by"]), aim, count)
        for one, aim, count in zip(last.measures, aims, now, strict=True)
    ], True


def _aim(told: Mapping[str, Any] | None) -> Aim | None:
    return Aim(told["link"], told["was"], told["days"]) if told else None


def _numbers(
    district: int, area: str, period: Period, zone: ZoneInfo, links: Sequence[Link | None]
) -> list[int | None]:
    """The same questions asked of this period, each source read once."""
    spots = [_spot(link) for link in links if link and link["of"] == "spot"]
    came = came_to_spots(district, area, spots, *bounds(period, zone))
    classes: dict[str, int] = {}
    if any(link and link["of"] == "arrived" for link in links):
        for row in arrivals_of(district, area, *bounds(period, zone)):
            classes[row.item[:2]] = classes.get(row.item[:2], 0) + row.cases
    board = board_for(system(district), period, Cut.BODY, area)
    rows = {row.key: row.counts for row in board.rows}

    def count(link: Link | None) -> int | None:
        match link:
            case None:
                return None
            case {"of": "spot"}:
                return came.get(_spot(link), 0)
            case {"of": "arrived"}:
                return classes.get(link["item"], 0)
            case _:
                counts = rows.get(link["key"], {}) if link.get("key") else board.total.counts
                return sum(counts.get(Measure(name), 0) for name in link["measure"].split(","))

    return [count(link) for link in links]


def _spot(link: Link) -> Spot:
    return link["item"], link["x"], link["y"]
