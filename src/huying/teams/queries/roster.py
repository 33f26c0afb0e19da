"""A roster as a sheet: the squares of some days, who is in them, and where somebody is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huying.access.actor import Actor
from huying.cases.queries.settings.calendars import calendar_of
from huying.teams.models import Shift
from huying.teams.queries.labels import labels_of
from huying.teams.queries.posts import PostRow, TurnRow, post_for, turns_of
from huying.teams.rules.gaps import Cell, missing
from huying.teams.rules.kinds import DutyRole
from huying.teams.rules.turns import kept_on
from huying.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Roster:
    """A post's squares over some days. ``days`` are (day, whether it works, its festival or "")."""

    post: PostRow
    days: tuple[tuple[date, bool, str], ...]
    people: dict[Cell, list[str]]
    needed: dict[Cell, int]
    gaps: dict[Cell, int]
    over: frozenset[Cell]


def roster_for(actor: Actor, post_id: int, first: date, count: int, now: datetime) -> Roster:
    """The squares of a post from a day on. Raises NotFound."""
    post = post_for(actor, post_id)
    calendar = calendar_of(actor.district)
    days = [first + timedelta(days=number) for number in range(count)]
    needed = _needed(post.turns, days, calendar)
    people: dict[Cell, list[str]] = defaultdict(list)
    rows = Shift.objects.filter(post_id=post.id, day__in=days, cancelled_at=None)
    found = list(rows.select_related("member").order_by("id"))
    labels = labels_of(actor.district, post.area, [row.member for row in found], now)
    for row in found:
        people[Cell(row.turn_id, row.day, DutyRole(row.role))].append(labels[row.member_id])
    wanted = {cell for cell in needed if _end(post.turns, cell, calendar) > now}
    gaps = missing({cell: needed[cell] for cell in wanted}, {cell: len(on) for cell, on in people.items()})
    told = tuple((day, calendar.is_working(day), _festival(calendar, day)) for day in days)
    every = {Cell(turn.id, day, role) for turn in post.turns for day in days for role in DutyRole}
    over = frozenset(cell for cell in every if _end(post.turns, cell, calendar) <= now)
    return Roster(post, told, dict(people), needed, gaps, over)


def gaps_of(
    actor: Actor, posts: Sequence[PostRow], first: date, count: int, now: datetime
) -> dict[int, list[Cell]]:
    """The squares of these posts that lack somebody from a day on and are not over yet, by post.

    Four queries for any number of posts.
    """
    ids = [post.id for post in posts]
    turns, calendar = turns_of(ids), calendar_of(actor.district)
    days = [first + timedelta(days=number) for number in range(count)]
    rows = Shift.objects.filter(
        post_id__in=ids, day__gte=first, day__lt=first + timedelta(days=count), cancelled_at=None
    )
    on = Counter(
        Cell(turn, day, DutyRole(role)) for turn, day, role in rows.values_list("turn_id", "day", "role")
    )
    found = {}
    for post in posts:
        own = turns.get(post.id, ())
        needed = _needed(own, days, calendar)
        wanted = {cell: count for cell, count in needed.items() if _end(own, cell, calendar) > now}
        found[post.id] = sorted(missing(wanted, on), key=lambda cell: (cell.day, cell.turn))
    return found


def _needed(turns: Iterable[TurnRow], days: Iterable[date], calendar: Calendar) -> dict[Cell, int]:
    days = list(days)
    return {
        Cell(turn.id, day, role): turn.plan.needs(role)
        for turn in turns
        for day in days
        if kept_on(turn.plan.days, calendar.is_working(day))
        for role in DutyRole
        if turn.plan.needs(role)
    }


def _end(turns: Sequence[TurnRow], cell: Cell, calendar: Calendar) -> datetime:
    plan = next(turn.plan for turn in turns if turn.id == cell.turn)
    return plan.hours.span(cell.day, calendar.zone)[1]


def _festival(calendar: Calendar, day: date) -> str:
    return calendar.days[day].name if day in calendar.days else ""
