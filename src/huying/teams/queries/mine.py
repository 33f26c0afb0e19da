"""My own duty: what is next, whom I relieve, what I have to hand over, and who asks me to take their shift."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from huying.teams.models import Handover, Member, Shift, Swap
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


def duty_of(account_id: int | None, now: datetime, ahead: timedelta = AHEAD) -> MyDuty:
    """An account's duty from now on. An account that is no member has none and costs one query."""
    if account_id is None:
        return MyDuty()
    member = Member.objects.filter(account_id=account_id).values_list("pk", flat=True).first()
    if member is None:
        return MyDuty()
    rows = list(
        Shift.objects.filter(
            member_id=member, cancelled_at=None, ends_at__gt=now - LATE, starts_at__lt=now + ahead
        )
        .select_related("post", "turn")
        .order_by("starts_at")
    )
    coming = [row for row in rows if row.ends_at > now]
    open_swaps = Swap.objects.filter(shift__in=coming, state=SwapState.ASKED).select_related("to")
    asked = {one.shift_id: (one.to.name, one.pk) for one in open_swaps} if coming else {}
    given, untaken = _handed(rows)
    return MyDuty(
        shifts=tuple(_shift(row, *asked.get(row.pk, ("", 0))) for row in coming),
        asked=_asking(member, now),
        give=_to_give([row for row in rows if row.ends_at - EARLY <= now], given),
        take=tuple(
            (one.pk, row.post.name, one.given_by, one.at)
            for row, one in _first_to_take(
                [
                    (row, one)
                    for row in rows
                    for one in untaken
                    if one.post_id == row.post_id
                    and relieves(row, one.at)
                    and one.given_by_account != account_id
                ]
            )
        ),
    )


def _first_to_take(pairs: list[tuple[Shift, Handover]]) -> list[tuple[Shift, Handover]]:
    """Of shifts that might take over those that come first: whoever follows them is not asked to sign in their place."""
    if not pairs:
        return []
    ends = [one.at for _row, one in pairs]
    others = list(
        Shift.objects.filter(
            post_id__in={one.post_id for _row, one in pairs}, cancelled_at=None, ends_at__gt=min(ends),
            starts_at__lt=max(ends) + LATE,
        )
    )  # fmt: skip

    def first(one: Handover) -> datetime:
        after = [each for each in others if each.post_id == one.post_id and relieves(each, one.at)]
        return max(one.at, min(each.starts_at for each in after))

    return [(row, one) for row, one in pairs if row.starts_at <= first(one)]


def _to_give(ended: list[Shift], given: set[tuple[int, datetime]]) -> tuple[MyShift, ...]:
    left = [row for row in ended if (row.post_id, row.ends_at) not in given]
    if not left:
        return ()
    window = (min(row.ends_at for row in left), max(row.ends_at for row in left) + LATE)
    others = Shift.objects.filter(
        post_id__in={row.post_id for row in left}, cancelled_at=None, ends_at__gt=window[0]
    ).filter(starts_at__lt=window[1])
    return tuple(_shift(row) for row in left if _relieved(row, list(others)))


def _relieved(row: Shift, others: list[Shift]) -> bool:
    """Whether somebody else follows: who goes on alone hands nothing over."""
    after = [one for one in others if one.post_id == row.post_id and relieves(one, row.ends_at)]
    first = min((one.starts_at for one in after), default=None)
    return first is not None and all(
        one.member_id != row.member_id for one in after if one.starts_at == first
    )


def relieves(shift: Shift, at: datetime) -> bool:
    """Whether a shift is one that takes over at a moment: it is under way then, or the next within a day and a half."""
    return shift.ends_at > at and shift.starts_at < at + LATE


def _handed(rows: list[Shift]) -> tuple[set[tuple[int, datetime]], list[Handover]]:
    if not rows:
        return set(), []
    since = min(row.starts_at for row in rows) - LATE
    found = list(Handover.objects.filter(post_id__in={row.post_id for row in rows}, at__gte=since))
    return {(one.post_id, one.at) for one in found}, [one for one in found if one.taken_at is None]


def _asking(member: int, now: datetime) -> tuple[Asked, ...]:
    rows = Swap.objects.filter(to_id=member, state=SwapState.ASKED, shift__starts_at__gt=now)
    found = rows.select_related("shift__post", "shift__turn").order_by("shift__starts_at")
    return tuple(Asked(one.pk, one.asked_by, one.reason, _shift(one.shift)) for one in found)


def _shift(row: Shift, asked: str = "", swap_id: int = 0) -> MyShift:
    return MyShift(
        row.pk,
        row.post_id,
        row.post.name,
        row.area,
        row.turn.name,
        DutyRole(row.role),
        row.starts_at,
        row.ends_at,
        asked,
        swap_id,
    )
