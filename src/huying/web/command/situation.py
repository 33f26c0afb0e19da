"""How things stand, from what is kept anyway: the same few stored rows at ten cases and at ten million."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.clocks import Lamp as Stands
from huying.cases.queries.desks.soonest import soonest_for
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, count_for, queue_for
from huying.figures.queries import BoardRow, board_for, days_for
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period, local_day
from huying.loop.supervise.queries import Oversight, oversight_for
from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge
from huying.places.queries import district as district_row
from huying.places.rules.names import public_words
from huying.teams.policy import may_see
from huying.teams.queries import on_duty_within
from huying.teams.rules.kinds import DutyRole
from huying.web.case import showing
from huying.web.case.lists.lines import page_address
from huying.web.command.addresses import NOWHERE, Addresses
from huying.web.command.rising import trends
from huying.web.command.shown import Day, Line, Matter, Number, Situation
from huying.web.components import Tone

_DAYS: Final = 7
_URGENT: Final = 3
_MOST_COUNTED: Final = 1000
_BURNING, _SOON, _LATE, _ITEMS = 5, 5, 6, 5


def situation_for(actor: Actor, area: str, now: datetime) -> Situation:
    """How the actor's area, or a part of it, stands. Raises Denied; NotFound for an area outside the posts."""
    stands = oversight_for(actor, Cut.AREA, area)
    to, today = Addresses(stands.scope), _today(actor, now)
    board = board_for(actor, Period.day(today), Cut.AREA, area)
    days = days_for(actor, Period(today - timedelta(days=_DAYS), today - timedelta(days=1)), area)
    wanted = CaseFilter(area=to.part, body_id=stands.scope.body_id, lamp=Stands.YELLOW)
    close = count_for(actor, wanted, now, _MOST_COUNTED)
    return Situation(
        at=now,
        numbers=_numbers(stands, board.total, today, _average(days, today), close, to),
        duty=_duty(actor, to, now),
        areas=_areas(stands, board.rows, to),
        bodies=_bodies(oversight_for(actor, Cut.BODY, area), to),
        items=_items(actor, area, today, days, to),
        days=_days(days, today, board.total, to),
        burning=_burning(actor, to, now),
        soon=[_matter(line, now) for line in soonest_for(actor, now, _SOON, to.part, stands.scope.body_id)],
    )


def _today(actor: Actor, now: datetime) -> date:
    return local_day(now, ZoneInfo(district_row(actor.district).zone))


def _numbers(
    stands: Oversight, today: BoardRow, on: date, average: float | None, close: int, to: Addresses
) -> list[Number]:
    late, rate = stands.total.gauges[Gauge.LATE], today.figures["in_time_rate"]
    usual = "" if average is None else _("前 7 天日均 %(n)s") % {"n": f"{average:.1f}"}
    judged = _("按期 %(kept)s，逾期 %(passed)s") % {
        "kept": today.counts.get(M.HANDLE_IN_TIME, 0), "passed": today.counts.get(M.HANDLE_LATE, 0),
    }  # fmt: skip
    return [
        Number("received", _("今日受理"), str(today.counts.get(M.RECEIVED, 0)), to.counted(M.RECEIVED), note=usual),
        Number("open", _("在办"), str(stands.total.gauges[Gauge.OPEN]), to.open()),
        Number("late", _("有超时"), str(late), to.late(), Tone.RED if late else Tone.GREEN),
        Number("close", _("快到时限"), _up_to(close), to.open(lamp="yellow"), Tone.AMBER if close else Tone.GREEN),
        Number("closed", _("今日结案"), str(today.counts.get(M.CLOSED, 0)), to.counted(M.CLOSED)),
        Number(
            "in_time", _("今日按期办结率"), "—" if rate.value is None else f"{rate.value * 100:.1f}%",
            to.judged("in_time_rate", on), note=judged,
        ),
    ]  # fmt: skip


def _duty(actor: Actor, to: Addresses, now: datetime) -> Number | None:
    if not may_see(actor, to.scope.area):
        return None
    found = on_duty_within(actor, to.scope.area, now)
    leads = sum(one.role is DutyRole.LEAD for one in found)
    note = _("带班领导 %(n)s 人") % {"n": leads}
    return Number(
        "duty", _("值班在岗"), str(len(found)), to.duty(), Tone.PLAIN if found else Tone.AMBER, note
    )


def _up_to(count: int) -> str:
    return _("%(n)d 以上") % {"n": count} if count >= _MOST_COUNTED else str(count)


def _average(days: Sequence[tuple[date, Mapping[M, int]]], today: date) -> float | None:
    """Received on an average day since the first of the last seven on which there was anything."""
    return sum(counts.get(M.RECEIVED, 0) for _day, counts in days) / _since(days, today) if days else None


def _since(days: Sequence[tuple[date, Mapping[M, int]]], today: date) -> int:
    return (today - days[0][0]).days if days else 0


def _areas(stands: Oversight, today: Sequence[BoardRow], to: Addresses) -> list[Line]:
    received = {row.key: row.counts.get(M.RECEIVED, 0) for row in today}
    names = {row.key: row.name for row in today} | {row.key: row.name for row in stands.rows}
    names |= {"": _("位置未定")} if "" in names else {}
    gauges = {row.key: row.gauges for row in stands.rows}
    lines = []
    for key, name in names.items():
        number, late = (gauges[key][one] if key in gauges else 0 for one in (Gauge.OPEN, Gauge.LATE))
        numbers = [
            Number(
                f"{key}-received", _("今日"), str(received.get(key, 0)), to.counted(M.RECEIVED, Cut.AREA, key)
            ),
            Number(f"{key}-open", _("在办"), str(number), to.open(key or NOWHERE)),
            Number(f"{key}-late", _("超时"), str(late), to.late(key or NOWHERE), _alarm(late)),
        ]
        lines.append(Line(name, to.screen(key) if 0 < len(key) <= 12 else "", numbers))
    return sorted(lines, key=lambda one: (-int(one.numbers[2].value), -int(one.numbers[1].value), one.name))


def _alarm(late: int) -> Tone:
    return Tone.RED if late else Tone.PLAIN


def _bodies(stands: Oversight, to: Addresses) -> list[Line]:
    lines = []
    for row in stands.rows[:_LATE]:
        if not row.gauges[Gauge.LATE]:
            break
        late = Number(
            f"body-{row.key}", _("超时"), str(row.gauges[Gauge.LATE]), to.late(body=row.key), Tone.RED
        )
        lines.append(Line(row.name, "", [late]))
    return lines


def _items(
    actor: Actor, area: str, today: date, days: Sequence[tuple[date, Mapping[M, int]]], to: Addresses
) -> list[Number]:
    count = _since(days, today)
    now = board_for(actor, Period.day(today), Cut.ITEM, area)
    if now.by is not Cut.ITEM:
        # A post within one body reads no classes.
        return []
    past = Period(today - timedelta(days=max(1, count)), today - timedelta(days=1))
    before = _filed(board_for(actor, past, Cut.ITEM, area).rows)
    names = {row.key: row.name for row in now.rows}
    return [
        Number(
            f"item-{one.key}",
            names[one.key],
            str(one.today),
            to.counted(M.FILED, Cut.ITEM, one.key),
            Tone.ACCENT if one.rises else Tone.PLAIN,
            "" if one.average is None else _("日均 %(n)s") % {"n": f"{one.average:.1f}"},
        )
        for one in trends(_filed(now.rows), before, count, _ITEMS)
    ]


def _days(
    days: Sequence[tuple[date, Mapping[M, int]]], today: date, so_far: BoardRow, to: Addresses
) -> list[Day]:
    known = {day: counts.get(M.RECEIVED, 0) for day, counts in days} | {
        today: so_far.counts.get(M.RECEIVED, 0)
    }
    largest = max(*known.values(), 1)
    every = [today - timedelta(days=back) for back in range(_DAYS, -1, -1)]
    return [
        Day(day, known.get(day, 0), round(100 * known.get(day, 0) / largest), to.day(day)) for day in every
    ]


def _filed(rows: Sequence[BoardRow]) -> dict[str, int]:
    # When it is received nobody knows yet what it is; by the time it is filed somebody does.
    return {row.key: row.counts.get(M.FILED, 0) for row in rows}


def _burning(actor: Actor, to: Addresses, now: datetime) -> list[Matter]:
    wanted = CaseFilter(area=to.part, body_id=to.scope.body_id)
    first = queue_for(actor, wanted, now, limit=_BURNING).lines
    return [_matter(line, now) for line in first if line.urgency >= _URGENT]


def _matter(line: CaseLine, now: datetime) -> Matter:
    # The grid matters to who goes there, not to a wall.
    return Matter(line, public_words(line.area_name), page_address(line.number), showing.line_lamp(line, now))
