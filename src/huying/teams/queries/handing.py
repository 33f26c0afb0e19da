"""What is handed over: how things stood at an area's post, what was said, who signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef

from huying.access.actor import Actor
from huying.cases.clocks import Lamp
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, count_for, lines_of, queue_for
from huying.kernel.errors import NotFound
from huying.teams.models import Handover, Shift
from huying.teams.policy import may_see
from huying.teams.queries.mine import FACE_TO_FACE, relieves

_LISTED: Final = 30
_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """What is open in an area as the actor may see it: gauges by name, and the most urgent cases."""

    numbers: Mapping[str, int]
    cases: Sequence[CaseLine]


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A handover as it was signed. ``mine`` says that the reader may sign for what they take over."""

    id: int
    post_id: int
    post: str
    at: datetime
    notes: str
    numbers: Mapping[str, int]
    cases: Sequence[CaseLine]
    given_by: str
    given_at: datetime
    taken_by: str
    taken_at: datetime | None
    remark: str
    mine: bool


def standing_of(actor: Actor, area: str, now: datetime) -> Standing:
    """What whoever comes has to know of: how many are open, late, nearly late, and the most urgent of them."""
    part = area if len(area) > 6 else ""

    def count(lamp: Lamp | None) -> int:
        return count_for(actor, CaseFilter(area=part, lamp=lamp), now, _MOST)

    numbers = {"open": count(None), "late": count(Lamp.RED), "close": count(Lamp.YELLOW)}
    return Standing(numbers, queue_for(actor, CaseFilter(area=part), now, limit=_LISTED).lines)


def handover_for(actor: Actor, handover_id: int, now: datetime) -> HandoverRow:
    """One handover; its cases as far as the reader may see them. Raises NotFound."""
    row = Handover.objects.filter(district=actor.district, pk=handover_id).select_related("post").first()
    if row is None or not may_see(actor, row.post.area):
        raise NotFound
    cases = lines_of(actor, row.cases, now)
    return _row(row, cases, row.taken_at is None and may_take(actor, row))


def handovers_for(actor: Actor, post_id: int, since: datetime) -> list[HandoverRow]:
    """The handovers of a post, newest first, without their cases."""
    rows = Handover.objects.filter(district=actor.district, post_id=post_id, at__gte=since)
    found = rows.select_related("post").order_by("-at")
    return [_row(row, (), False) for row in found if may_see(actor, row.post.area)]


def unsigned_for(actor: Actor, post_ids: Sequence[int], now: datetime, days: int = 3) -> dict[int, int]:
    """How many ends of turns of the last days at these posts nobody signed for on either side; two queries.

    Only ends at which somebody else comes count; the first hour is left to those who are just doing it.
    """
    since, until = now - timedelta(days=days), now - timedelta(hours=1)
    follows = Shift.objects.filter(
        post_id=OuterRef("post_id"),
        cancelled_at=None,
        starts_at__gte=OuterRef("ends_at"),
        starts_at__lte=OuterRef("ends_at") + FACE_TO_FACE,
    ).exclude(member_id=OuterRef("member_id"))
    ends = Shift.objects.filter(
        Exists(follows), post_id__in=post_ids, cancelled_at=None, ends_at__gt=since, ends_at__lte=until
    )
    wanted = set(ends.values_list("post_id", "ends_at").distinct())
    signed = Handover.objects.filter(post_id__in=post_ids, at__gt=since, taken_at__isnull=False)
    left = wanted - set(signed.values_list("post_id", "at"))
    return {post: sum(one == post for one, _at in left) for post in post_ids}


def may_take(actor: Actor, row: Handover) -> bool:
    """Whether the actor is one of those whose shift takes over, and not who gave."""
    if actor.account_id is None or actor.account_id == row.given_by_account:
        return False
    shifts = Shift.objects.filter(
        post_id=row.post_id, cancelled_at=None, member__account_id=actor.account_id, ends_at__gt=row.at
    )
    return any(relieves(shift.starts_at, shift.ends_at, row.at) for shift in shifts.order_by("starts_at")[:5])


def _row(row: Handover, cases: Sequence[CaseLine], mine: bool) -> HandoverRow:
    return HandoverRow(
        row.pk, row.post_id, row.post.name, row.at, row.notes, row.numbers, cases, row.given_by, row.given_at,
        row.taken_by, row.taken_at, row.remark, mine,
    )  # fmt: skip
