"""My own duty: what is next, whom I relieve, what I have to hand over, and who asks me to take their shift."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from huying.teams.rules.kinds import DutyRole, SwapState

AHEAD: Final = timedelta(days=28)
#: How long before its end a shift may be handed over, and for how long after it is still asked for.
EARLY: Final = timedelta(hours=1)
LATE: Final = timedelta(hours=36)
#: Whoever comes within this after an end is handed over to.
FACE_TO_FACE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class MyShift:
    """One of my shifts; ``asked`` names whom I asked to take it."""

    id: int
    post_id: int
    post: str
    area: str
    turn: str
    role: DutyRole
    starts_at: datetime
    ends_at: datetime
    asked: str = ""
    swap_id: int = 0

    def on(self, now: datetime) -> bool:
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks me to take this shift."""

    id: int
    by: str
    reason: str
    shift: MyShift


@dataclass(frozen=True, slots=True)
class MyDuty:
    """``give``: my shifts that end or ended and were not handed over. ``take``: (handover id, post, from whom, at)."""

    shifts: tuple[MyShift, ...] = ()
    asked: tuple[Asked, ...] = ()
    give: tuple[MyShift, ...] = ()
    take: tuple[tuple[int, str, str, datetime], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.shifts or self.asked or self.give or self.take)


class _Turn(NamedTuple):
    """Whose turn at a post, from when to when."""

    post: int
    member: int
    starts: datetime
    ends: datetime


class _Given(NamedTuple):
    """A handover that one turn's end was signed with; ``taken`` where the next has signed too."""

    id: int
    post: int
    at: datetime
    by: str
    account: int
    taken: bool


# The page where everybody's day begins asks this: building such questions costs the framework more than
# answering them.
_MINE: Final = """
WITH me AS (SELECT id FROM teams_member WHERE account_id = %(account)s),
found AS (
    SELECT s.id, s.post_id, s.turn_id, s.area, s.role, s.starts_at, s.ends_at, s.member_id, FALSE AS asked,
           w.id AS swap, taker.name AS who, NULL AS reason
    FROM me JOIN teams_shift s ON s.member_id = me.id AND s.cancelled_at IS NULL
         AND s.ends_at > %(since)s AND s.starts_at < %(until)s
    LEFT JOIN teams_swap w ON w.shift_id = s.id AND w.state = %(open)s AND s.ends_at > %(now)s
    LEFT JOIN teams_member taker ON taker.id = w.to_id
    UNION ALL
    SELECT s.id, s.post_id, s.turn_id, s.area, s.role, s.starts_at, s.ends_at, s.member_id, TRUE,
           w.id, w.asked_by, w.reason
    FROM me JOIN teams_swap w ON w.to_id = me.id AND w.state = %(open)s
    JOIN teams_shift s ON s.id = w.shift_id AND s.starts_at > %(now)s
)
SELECT f.asked, f.member_id, coalesce(f.who, ''), f.reason,
       f.id, f.post_id, p.name, f.area, t.name, f.role, f.starts_at, f.ends_at, coalesce(f.swap, 0)
FROM found f JOIN teams_dutypost p ON p.id = f.post_id JOIN teams_turn t ON t.id = f.turn_id
ORDER BY f.starts_at, f.id
"""
_GIVEN: Final = """
SELECT id, post_id, at, given_by, given_by_account, taken_at IS NOT NULL FROM teams_handover
WHERE post_id = ANY(%s) AND at >= %s ORDER BY at, id
"""
_TURNS: Final = """
SELECT post_id, member_id, starts_at, ends_at FROM teams_shift
WHERE post_id = ANY(%s) AND cancelled_at IS NULL AND ends_at > %s AND starts_at < %s
"""


def duty_of(account_id: int | None, now: datetime, ahead: timedelta = AHEAD) -> MyDuty:
    """An account's duty from now on: one query for whoever has none, at most three for the others."""
    if account_id is None:
        return MyDuty()
    told = {
        "account": account_id, "open": SwapState.ASKED.value, "now": now, "since": now - LATE, "until": now + ahead,
    }  # fmt: skip
    rows = _rows(_MINE, told)
    asked = tuple(
        Asked(shift.swap_id, who, reason, _plain(shift)) for ask, _me, who, reason, shift in rows if ask
    )
    mine = [(me, shift) for ask, me, _who, _reason, shift in rows if not ask]
    if not mine:
        return MyDuty(asked=asked)
    given = _given({shift.post_id for _me, shift in mine}, min(shift.starts_at for _me, shift in mine) - LATE)
    signed = {(one.post, one.at) for one in given}
    left = [
        (me, shift)
        for me, shift in mine
        if shift.ends_at - EARLY <= now and (shift.post_id, shift.ends_at) not in signed
    ]
    waiting = [
        (shift, one)
        for _me, shift in mine
        for one in given
        if not one.taken and one.post == shift.post_id and one.account != account_id
        and relieves(shift.starts_at, shift.ends_at, one.at)
    ]  # fmt: skip
    moments = [shift.ends_at for _me, shift in left] + [one.at for _shift, one in waiting]
    posts = {shift.post_id for _me, shift in left} | {one.post for _shift, one in waiting}
    turns = _turns(posts, min(moments), max(moments) + LATE) if moments else []
    return MyDuty(
        shifts=tuple(shift for _me, shift in mine if shift.ends_at > now),
        asked=asked,
        give=tuple(_plain(shift) for me, shift in left if _relieved(me, shift, turns)),
        take=tuple(
            (one.id, shift.post, one.by, one.at) for shift, one in waiting if _is_first(shift, one, turns)
        ),
    )


def relieves(starts: datetime, ends: datetime, at: datetime) -> bool:
    """Whether a shift is one that takes over at a moment: it is under way then, or the next within a day and a half."""
    return ends > at and starts < at + LATE


def _following(post: int, at: datetime, turns: Sequence[_Turn]) -> list[_Turn]:
    return [one for one in turns if one.post == post and relieves(one.starts, one.ends, at)]


def _is_first(shift: MyShift, handed: _Given, turns: Sequence[_Turn]) -> bool:
    """Of shifts that might take over, whether this comes first: whoever follows is not asked to sign in its place."""
    first = min(one.starts for one in _following(handed.post, handed.at, turns))
    return shift.starts_at <= max(handed.at, first)


def _relieved(member: int, shift: MyShift, turns: Sequence[_Turn]) -> bool:
    """Whether somebody else follows: who goes on alone hands nothing over."""
    after = _following(shift.post_id, shift.ends_at, turns)
    first = min((one.starts for one in after), default=None)
    return first is not None and all(one.member != member for one in after if one.starts == first)


def _plain(shift: MyShift) -> MyShift:
    """The shift without what is asked about it."""
    return replace(shift, asked="", swap_id=0)


def _given(posts: Collection[int], since: datetime) -> list[_Given]:
    return [_Given(*row) for row in _answers(_GIVEN, [list(posts), since])]


def _turns(posts: Collection[int], since: datetime, until: datetime) -> list[_Turn]:
    return [_Turn(*row) for row in _answers(_TURNS, [list(posts), since, until])]


def _rows(question: str, told: dict[str, Any]) -> list[tuple[bool, int, str, str, MyShift]]:
    return [
        (ask, member, who, reason, _shift(shift, "" if ask else who))
        for ask, member, who, reason, *shift in _answers(question, told)
    ]


def _shift(row: Sequence[Any], asked: str) -> MyShift:
    number, post_id, post, area, turn, role, starts, ends, swap = row
    return MyShift(number, post_id, post, area, turn, DutyRole(role), starts, ends, asked, swap)


def _answers(question: str, told: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, told)
        return list(cursor.fetchall())
