"""How streets stand: a dozen indicators of a month, read from the tallies of thirteen months in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from huying.access.actor import Actor, system
from huying.cases.queries.lists.repeats import Repeat, repeats_of
from huying.cases.queries.settings.calendars import calendar_of
from huying.figures.queries import board_for, formulas_for, months_by_area_for
from huying.figures.queries.boards.months import Months
from huying.figures.rules.formulas import Formula
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period, bounds
from huying.kernel.errors import NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import Level, area_words, areas
from huying.reports.policy import areas_of, must_see
from huying.reports.queries.parties import Parties
from huying.reports.queries.settings import limits_of
from huying.reports.rules.facts import Again
from huying.reports.rules.health import WORSE_UP, Health, Indicator, Reading, Value, read, value_of
from huying.reports.rules.writing.repeating import WITHIN_DAYS

_MONTHS: Final = 12
_WORST: Final = 3
_STREET: Final = 9


@dataclass(frozen=True, slots=True)
class Checkup:
    """One street: its readings of a month in the order of the indicators; how many other streets there are."""

    area: str
    name: str
    month: Period
    readings: Sequence[Reading]
    others: int = 0

    @property
    def off(self) -> int:
        """How many readings are not as they should be."""
        return sum(one.health in {Health.OFF, Health.BEHIND} for one in self.readings)

    @property
    def judged(self) -> int:
        """How many could be held against something."""
        return sum(bool(one.bases) for one in self.readings)

    @property
    def unknown(self) -> int:
        """How many are reckoned of too few matters."""
        return sum(one.health is Health.UNKNOWN for one in self.readings)

    @property
    def alone(self) -> int:
        """How many have nothing to be held against."""
        return sum(one.health is Health.ALONE for one in self.readings)


@dataclass(frozen=True, slots=True)
class StreetHealth:
    """A street whole: its readings, of each that is off the communities that stand worst, and the places that repeat."""

    checkup: Checkup
    communities: Mapping[Indicator, Sequence[tuple[str, str, Decimal]]]
    again: Sequence[Again]
    again_places: int


def checkups_for(actor: Actor, month: Period) -> list[Checkup]:
    """Every street that the actor's posts reach, the one with the most readings off first; three queries."""
    held = areas_of(actor)
    names = {one.code: one.name for one in areas(actor.district, Level.STREET)}
    mine = [code for code in names if any(code.startswith(prefix) for prefix in held)]
    found = _checkups(actor.district, month, {code: names[code] for code in mine})
    return sorted(found, key=lambda one: (-one.off, one.area))


def street_health_for(actor: Actor, area: str, month: Period, now: datetime) -> StreetHealth:
    """One street whole. Raises NotFound for what is no street, or none of the actor's."""
    must_see(actor, area)
    name = next((one.name for one in areas(actor.district, Level.STREET) if one.code == area), None)
    if name is None:
        raise NotFound
    checkup = _checkups(actor.district, month, {area: name})[0]
    again = repeats_of(
        actor.district, area, *bounds(month, calendar_of(actor.district).zone), timedelta(days=WITHIN_DAYS)
    )
    parties = Parties(actor.district, area, now)
    places = [_again(actor.district, parties, one) for one in again.worst]
    return StreetHealth(checkup, _communities(actor.district, checkup), places, again.places)


def _checkups(district: int, month: Period, names: Mapping[str, str]) -> list[Checkup]:
    found = months_by_area_for(system(district), month.first, _MONTHS + 1, str(district))
    formulas = {one.code: one for one in formulas_for(system(district), month.last)}
    limits = limits_of(district)
    streets = [area for area in found if len(area) == _STREET]
    there = len(areas(district, Level.STREET))
    made = []
    for area, name in names.items():
        readings = []
        for indicator in Indicator:
            every = [_of(found, each, month.first, indicator, formulas) for each in streets if each != area]
            value = _of(found, area, month.first, indicator, formulas)
            past = _past(found, area, month.first, indicator, formulas)
            known = [one.value for one in every if one is not None]
            readings.append(read(indicator, value, past, known, limits[indicator]))
        made.append(Checkup(area, name, month, readings, there - 1))
    return made


def _of(
    found: Months, area: str, month: date, indicator: Indicator, formulas: Mapping[str, Formula]
) -> Value | None:
    counts: Mapping[Measure, int] = found.get(area, {}).get(month, {})
    return value_of(indicator, counts, formulas)


def _past(
    found: Months, area: str, month: date, indicator: Indicator, formulas: Mapping[str, Formula]
) -> list[Decimal]:
    """The street's own months before, from the first whole one in which anything was counted."""
    begun = sorted(start for start in found.get(area, {}) if start < month)
    known = [value_of(indicator, found[area][start], formulas) for start in begun[1:]]
    return [one.value for one in known if one is not None]


def _communities(district: int, checkup: Checkup) -> Mapping[Indicator, Sequence[tuple[str, str, Decimal]]]:
    """Of each reading that is off, the communities that stand worst by it; where each has too little, none."""
    off = [one.indicator for one in checkup.readings if one.health in {Health.OFF, Health.BEHIND}]
    if not off:
        return {}
    board = board_for(system(district), checkup.month, Cut.AREA, checkup.area)
    formulas = {one.code: one for one in board.formulas}
    worst = {}
    for indicator in off:
        read_ones = [
            (row.key, row.name, value_of(indicator, row.counts, formulas)) for row in board.rows if row.key
        ]
        known = [(key, name, value.value) for key, name, value in read_ones if value is not None]
        sign = -1 if indicator in WORSE_UP else 1
        worst[indicator] = sorted(known, key=lambda one: (sign * one[2], one[0]))[:_WORST]
    return worst


def _again(district: int, parties: Parties, one: Repeat) -> Again:
    place = area_words(district, one.area) or one.area
    return Again(
        one.item, parties.item_name(one.item), one.area, place, one.spot, one.times, one.cases, one.before
    )
