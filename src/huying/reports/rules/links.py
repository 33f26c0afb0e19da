"""What stands behind a number, as a question that a page can answer years later."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.loop.supervise.rules.cuts import Cut

Link = Mapping[str, Any]
# So many cases of a place that repeats are kept by number.
MOST_CASES: Final = 60


def arrived(period: Period, area: str, item: str = "", channel: str = "", part: str = "") -> Link:
    """The cases that came in; ``item`` a class or a code, ``part`` a smaller area; "-" what has none yet."""
    return _told(of="arrived", period=period, area=area, item=item, channel=channel, part=part)


def counted(period: Period, area: str, measures: Sequence[Measure], by: Cut = Cut.ALL, key: str = "") -> Link:
    """What was counted in a cell of a board."""
    names = ",".join(one.value for one in measures)
    return _told(of="counted", period=period, area=area, measure=names, by=by.value, key=key)


def reckoned(period: Period, area: str, code: str) -> Link:
    """What stands behind an indicator."""
    return _told(of="reckoned", period=period, area=area, code=code)


def cases(numbers: Sequence[int], before: Sequence[int] = (), what: str = "") -> Link:
    """These cases, and beside them those that came before; ``what`` they are where they do not repeat one another."""
    told = {"of": "cases", "ids": _listed(numbers), **({"what": what} if what else {})}
    return {**told, "before": _listed(before)} if before else told


def emergencies(period: Period, area: str) -> Link:
    """The cases of the emergencies of these days."""
    return _told(of="emergencies", period=period, area=area)


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers[:MOST_CASES]))


def _told(period: Period, **given: str) -> Link:
    said = {name: value for name, value in given.items() if value}
    return {**said, "since": period.first.isoformat(), "until": period.last.isoformat()}
