"""Rotations, and making their shifts ahead of time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from huying.access.actor import Actor
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.errors import Invalid, NotFound
from huying.teams.actions.posts import locked
from huying.teams.actions.roster import all_meant
from huying.teams.models import Member, Rotation, Shift, Turn
from huying.teams.queries.posts import plan_of
from huying.teams.rules.kinds import DutyDays, DutyRole
from huying.teams.rules.names import split_names
from huying.teams.rules.rotating import whose
from huying.teams.rules.turns import LONGEST, kept_on
from huying.worktime import Calendar

#: For so many days ahead the shifts of rotations stand on the roster.
AHEAD: Final = 28
_LONGEST: Final = 31


@transaction.atomic
def set_rotation(
    by: Actor, turn_id: int, role: DutyRole, names: str, each: int, first_day: date, now: datetime
) -> int:
    """People take turns in a role from a day on, in place of the rotation before; its shifts are made at once.

    Raises Denied, NotFound, Invalid for names nobody bears here, or fewer people than are needed at once.
    """
    turn = _turn(by, turn_id)
    people = [member.pk for member in all_meant(turn.post, split_names(names), now)]
    if len(set(people)) < max(1, plan_of(turn).needs(role)):
        raise Invalid("轮值的人比一班要的还少。", fields={"names": "人数不够"})
    if not 1 <= each <= _LONGEST:
        raise Invalid("每人连续值 1 到 31 天。", fields={"each": "1 到 31"})
    for before in Rotation.objects.filter(turn=turn, role=role.value, ended_at=None):
        _end(before, by, now, first_day)
    row = Rotation.objects.create(
        turn=turn,
        role=role.value,
        people=people,
        each=each,
        first_day=first_day,
        made_at=now,
        made_by=by.name,
    )
    _fill(by.district, [row], now)
    return row.pk


@transaction.atomic
def end_rotation(by: Actor, rotation_id: int, now: datetime) -> None:
    """End a rotation; the shifts it made for later are cancelled. Twice changes nothing. Raises Denied, NotFound."""
    row = Rotation.objects.filter(pk=rotation_id, turn__post__district=by.district).first()
    if row is None:
        raise NotFound
    locked(by, row.turn.post_id)
    if row.ended_at is None:
        _end(row, by, now, None)


@transaction.atomic
def fill_rotations(district: int, now: datetime) -> int:
    """Make the shifts of all rotations up to ``AHEAD`` days from today; how many were made.

    Days already made are left as they are, also where somebody was taken off since.
    """
    rows = Rotation.objects.select_for_update(of=("self",), skip_locked=True).filter(
        ended_at=None, turn__post__district=district
    )
    return _fill(district, list(rows.select_related("turn__post").order_by("id")), now)


@dataclass(slots=True)
class _Sheet:
    """What stands on the roster already: squares with anybody in them, and when each person is busy."""

    taken: set[tuple[int, date, str]] = field(default_factory=set)
    busy: dict[int, list[tuple[datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def free(self, member: int, span: tuple[datetime, datetime]) -> bool:
        return all(end <= span[0] or start >= span[1] for start, end in self.busy[member])


def _fill(district: int, rotations: Sequence[Rotation], now: datetime) -> int:
    calendar = calendar_of(district)
    until = calendar.local_day(now) + timedelta(days=AHEAD)
    waiting = [row for row in rotations if row.filled_to is None or row.filled_to < until]
    if not waiting:
        return 0
    wanted = {number for row in waiting for number in row.people}
    sheet = _sheet(wanted, {row.turn_id for row in waiting}, now)
    here = set(Member.objects.filter(pk__in=wanted, left_at=None).values_list("pk", flat=True))
    made: list[Shift] = []
    for row in waiting:
        made += _made(row, calendar, until, sheet, here, now)
        row.filled_to = until
    Shift.objects.bulk_create(made, batch_size=1000)
    Rotation.objects.bulk_update(waiting, ["filled_to"], batch_size=500)
    return len(made)


def _made(
    row: Rotation, calendar: Calendar, until: date, sheet: _Sheet, here: set[int], now: datetime
) -> list[Shift]:
    plan, turn, role = plan_of(row.turn), row.turn, DutyRole(row.role)
    after = row.filled_to or row.first_day - timedelta(days=1)
    made = []
    for number, day in enumerate(_days(row.first_day, until, plan.days, calendar)):
        span = plan.hours.span(day, calendar.zone)
        if day <= after or span[1] <= now or (turn.pk, day, role.value) in sheet.taken:
            continue
        for member in whose(row.people, number, row.each, plan.needs(role)):
            if member in here and sheet.free(member, span):
                sheet.busy[member].append(span)
                made.append(_shift(row, member, day, span, now))
    return made


def _days(first: date, until: date, days: DutyDays, calendar: Calendar) -> list[date]:
    every = (first + timedelta(days=number) for number in range((until - first).days + 1))
    return [day for day in every if kept_on(days, calendar.is_working(day))]


def _shift(row: Rotation, member: int, day: date, span: tuple[datetime, datetime], now: datetime) -> Shift:
    post = row.turn.post
    return Shift(
        district=post.district,
        post=post,
        turn=row.turn,
        role=row.role,
        day=day,
        area=post.area,
        starts_at=span[0],
        ends_at=span[1],
        member_id=member,
        rotation=row,
        made_at=now,
        made_by=row.made_by,
    )


def _sheet(members: set[int], turns: set[int], now: datetime) -> _Sheet:
    sheet = _Sheet()
    asked = Q(member_id__in=members) | Q(turn_id__in=turns)
    rows = Shift.objects.filter(asked, cancelled_at=None, ends_at__gt=now - LONGEST)
    for turn, day, role, member, starts, ends in rows.values_list(
        "turn_id", "day", "role", "member_id", "starts_at", "ends_at"
    ):
        sheet.taken.add((turn, day, role))
        sheet.busy[member].append((starts, ends))
    return sheet


def _turn(by: Actor, turn_id: int) -> Turn:
    turn = Turn.objects.filter(pk=turn_id, post__district=by.district, ended_at=None).first()
    if turn is None:
        raise NotFound
    turn.post = locked(by, turn.post_id)
    return turn


def _end(row: Rotation, by: Actor, now: datetime, since: date | None) -> None:
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    coming = Shift.objects.filter(rotation=row, cancelled_at=None, starts_at__gt=now)
    if since is not None:
        coming = coming.filter(day__gte=since)
    coming.update(cancelled_at=now, cancelled_by=by.name)
