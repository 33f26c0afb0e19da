"""民情, what people talk of: themes and places of the reader's area, up to yesterday."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.core.cache import cache

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.cases.queries.lists.themes import Talked, talked_of
from huying.cases.queries.settings.calendars import calendar_of
from huying.catalogue.queries import live_edition, live_list
from huying.figures.rules.periods import Period, bounds, local_day
from huying.loop.supervise.queries import Scope, whole_scope_for
from huying.places.queries import area_path
from huying.reports.rules.themes import RECENT, WEEKS, Theme, themes

_KEPT: Final = 600  # seconds
YEAR: Final = timedelta(days=364)  # whole weeks, so that weekends meet weekends


@dataclass(frozen=True, slots=True)
class Gathered:
    """Themes and places, the most told of first; ``unsaid`` and ``nowhere`` count what has no item, no place yet."""

    scope: Scope
    recent: Period
    past: Period
    told: Sequence[Theme]
    where: Sequence[Theme]
    unsaid: int
    nowhere: int
    names: Mapping[str, str]

    @property
    def total(self) -> int:
        """Everything that came in within the recent weeks."""
        return self.unsaid + sum(one.now for one in self.told)

    def item_name(self, key: str) -> str:
        """The name of a group of items; its code where the list in force has none of them."""
        return self.names.get(key, key)

    def place_name(self, key: str) -> str:
        """The name of a part of the area."""
        path = area_path(self.scope.district, key)
        return path[-1] if path else key


def gathered(actor: Actor, area: str, now: datetime) -> Gathered:
    """What came in within an area. Raises Denied for a post within one body, NotFound for an area outside all posts."""
    scope = whole_scope_for(actor, area, P.INSIGHT_READ)
    until = last_day(scope.district, now)
    found, then = _talked(scope, until, WEEKS), _talked(scope, until - YEAR, RECENT)
    return Gathered(
        scope,
        weeks_until(until, RECENT),
        weeks_until(until - timedelta(weeks=RECENT), RECENT),
        themes(found.groups, _summed(then.groups)),
        themes(found.parts, _summed(then.parts)),
        _lately(found.groups.get("", {})),
        _lately(found.parts.get("", {})),
        _names(scope.district),
    )


def last_day(district: int, now: datetime) -> date:
    """The last day told of: yesterday, for today is not over."""
    return local_day(now, calendar_of(district).zone) - timedelta(days=1)


def weeks_until(last: date, weeks: int) -> Period:
    """So many weeks of seven days up to a day."""
    return Period(last - timedelta(days=7 * weeks - 1), last)


def _talked(scope: Scope, last: date, weeks: int) -> Talked:
    """Counted anew every ten minutes: whoever may read an area reads the same, and the days told of are over."""
    first, until = bounds(weeks_until(last, weeks), calendar_of(scope.district).zone)
    key = f"talked:{scope.district}:{scope.area}:{first.timestamp():.0f}:{until.timestamp():.0f}"
    found: Talked | None = cache.get(key)
    if found is None:
        found = talked_of(scope.district, scope.area, first, until)
        cache.set(key, found, _KEPT)
    return found


def _summed(weeks: Mapping[str, Mapping[int, int]]) -> Mapping[str, int]:
    return {key: sum(counts.values()) for key, counts in weeks.items()}


def _lately(weeks: Mapping[int, int]) -> int:
    return sum(weeks.get(week, 0) for week in range(WEEKS - RECENT, WEEKS))


def _names(district: int) -> Mapping[str, str]:
    """The names of the groups of the list in force; of two with one beginning the first."""
    if live_edition(district) is None:
        return {}
    items = live_list(district).held.items
    return {code[:4]: line.group_name or line.name for code, line in reversed(list(items.items()))}
