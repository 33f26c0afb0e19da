"""Everything a report is written from, gathered in a few questions whatever the number of cases.

What came in is counted from the cases by their present item and place, all else from the boards' tallies.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from huying.access.actor import Actor, system
from huying.cases.queries.lists.arrivals import Arrived, arrivals_of
from huying.cases.queries.lists.called_out import CalledOut, called_out
from huying.cases.queries.lists.repeats import Repeat, repeats_of
from huying.cases.queries.settings.calendars import calendar_of
from huying.emergency.queries.reported import happened_count, happenings_of
from huying.figures.queries import Board, board_for, days_for
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period, bounds
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import area_name, area_words
from huying.reports.queries.keeping import kept_of
from huying.reports.queries.parties import Parties
from huying.reports.rules.facts import Again, Alarm, BodyFacts, Came, Facts
from huying.reports.rules.kinds import ReportKind, a_year_before, compared_with
from huying.reports.rules.writing.repeating import WITHIN_DAYS

# How far back it is looked whether the platform counted already.
_LOOK_BACK: Final = timedelta(days=60)
_DAYS_DRAWN: Final = 14
_AFTER: Final[Mapping[ReportKind, int]] = {ReportKind.DAY: 1, ReportKind.WEEK: 5, ReportKind.MONTH: 15}


def gather(district: int, kind: ReportKind, area: str, period: Period, now: datetime) -> Facts:
    """The facts of one report of the district (6 digits) or of a street (9)."""
    actor, zone = system(district), calendar_of(district).zone
    past = compared_with(kind, period)
    board, before = (board_for(actor, each, Cut.BODY, area) for each in (period, past))
    rows, rows_before = (_arrivals(district, area, each, zone) for each in (period, past))
    parties = Parties(district, area, now)
    comparable = _counted_since(actor, past)
    again = repeats_of(district, area, *bounds(period, zone), timedelta(days=WITHIN_DAYS))
    kept, last_report = kept_of(district, kind, area, period, zone)
    out = called_out(district, area, *bounds(period, zone))
    facts = Facts(
        kind, period, area, area_name(district, area), parties.unit, _came(rows), _came(rows_before),
        comparable=comparable, counts=board.total.counts, counts_before=before.total.counts,
        figures=board.total.figures, bodies=_bodies(board, before), series=_series(actor, area, kind, period, zone),
        again=[_again(district, parties, one) for one in again.worst],
        again_places=again.places, again_times=again.times, kept=kept, last_report=last_report,
        item_names=parties.class_names(), area_names=_area_names(district, [*rows, *rows_before]),
        by=due_day(district, kind, period), calls=out.calls, minutes=out.minutes, undone=_undone(out),
        alarms=_alarms(district, area, period, zone),
        alarms_before=happened_count(district, area, *bounds(past, zone)),
    )  # fmt: skip
    facts = replace(facts, year_before=_a_year_ago(actor, district, area, period, zone))
    return replace(facts, parties=_parties(parties, facts), places=_places(parties, facts.again))


def due_day(district: int, kind: ReportKind, period: Period) -> date:
    """When measures are due: the next day, the next Friday, the 15th of the next month, or the working day after it."""
    calendar, day = calendar_of(district), period.last + timedelta(days=_AFTER[kind])
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def _arrivals(district: int, area: str, period: Period, zone: ZoneInfo) -> Sequence[Arrived]:
    return arrivals_of(district, area, *bounds(period, zone))


def _came(rows: Iterable[Arrived]) -> Came:
    cut: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    for row in rows:
        for counter, key in zip(cut, (row.item[:2], row.part, row.channel, row.item), strict=True):
            counter[key] += row.cases
    return Came(*cut)


def _counted_since(actor: Actor, past: Period) -> bool:
    """Whether the district was counted from the first day compared with: begun within, it is no whole period."""
    found = days_for(actor, Period(past.first - _LOOK_BACK, past.first))
    return bool(found)


def _a_year_ago(actor: Actor, district: int, area: str, period: Period, zone: ZoneInfo) -> int | None:
    past = a_year_before(period)
    if past is None or not _counted_since(actor, past):
        return None
    return sum(row.cases for row in _arrivals(district, area, past, zone))


def _bodies(board: Board, before: Board) -> list[BodyFacts]:
    past: Mapping[str, Mapping[Measure, int]] = {row.key: row.counts for row in before.rows}
    return [BodyFacts(row.key, row.name, row.counts, past.get(row.key, {})) for row in board.rows]


def _undone(out: CalledOut) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for body, case in out.undone:
        found.setdefault(str(body), []).append(case)
    return found


def _alarms(district: int, area: str, period: Period, zone: ZoneInfo) -> list[Alarm]:
    return [
        Alarm(one.case_id, one.name, one.first_yes, one.first_there, one.lines, one.over, one.reviewed)
        for one in happenings_of(district, area, *bounds(period, zone))
    ]


def _series(
    actor: Actor, area: str, kind: ReportKind, period: Period, zone: ZoneInfo
) -> list[tuple[Period, int, int]]:
    """Received and closed by day: of a day's report the two weeks up to it."""
    shown = (
        Period(period.last - timedelta(days=_DAYS_DRAWN - 1), period.last)
        if kind is ReportKind.DAY
        else period
    )
    counts: dict[date, Mapping[Measure, int]] = dict(days_for(actor, shown, area))
    days = [shown.first + timedelta(days=n) for n in range(shown.days)]
    return [
        (
            Period.day(day),
            counts.get(day, {}).get(Measure.RECEIVED, 0),
            counts.get(day, {}).get(Measure.CLOSED, 0),
        )
        for day in days
    ]


def _area_names(district: int, rows: Iterable[Arrived]) -> Mapping[str, str]:
    return {
        code: area_words(district, code).split(" ")[-1] or code for code in {row.part for row in rows} if code
    }


def _again(district: int, parties: Parties, one: Repeat) -> Again:
    place = area_words(district, one.area) or one.area
    return Again(
        one.item, parties.item_name(one.item), one.area, place, one.spot, one.times, one.cases, one.before
    )


def _parties(parties: Parties, facts: Facts) -> Mapping[str, str]:
    wanted: Collection[Any] = {*facts.came.leaves, *(one.item for one in facts.again)}
    return {item: parties.bearer(item) for item in wanted if item}


def _places(parties: Parties, again: Iterable[Again]) -> Mapping[str, str]:
    found = {one.area: parties.community(one.area) for one in again}
    return {area: name for area, name in found.items() if name}
