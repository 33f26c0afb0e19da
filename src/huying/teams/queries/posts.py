"""Where duty is kept, and in which turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import NotFound
from huying.teams.models import DutyPost, Member, Rotation, Turn
from huying.teams.policy import may_change, may_see
from huying.teams.rules.kinds import DutyDays, DutyRole
from huying.teams.rules.turns import Hours, TurnPlan


@dataclass(frozen=True, slots=True)
class RotationRow:
    """A rotation by the names of its people; ``filled_to`` is the last day whose shifts were made."""

    id: int
    role: DutyRole
    people: tuple[str, ...]
    each: int
    first_day: date
    filled_to: date | None


@dataclass(frozen=True, slots=True)
class TurnRow:
    """A turn of a post with the rotations that fill it."""

    id: int
    plan: TurnPlan
    rotations: tuple[RotationRow, ...] = ()
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PostRow:
    """A place where duty is kept; ``editable`` says whether the reader draws up its roster."""

    id: int
    area: str
    name: str
    editable: bool
    turns: tuple[TurnRow, ...] = ()


def posts_for(actor: Actor, area: str = "") -> list[PostRow]:
    """The posts the actor sees within an area, widest first; one query."""
    rows = DutyPost.objects.filter(district=actor.district, ended_at=None, area__startswith=area)
    seen = [_post(actor, row) for row in rows if may_see(actor, row.area)]
    return sorted(seen, key=lambda one: (len(one.area), one.area, one.name))


def post_for(actor: Actor, post_id: int) -> PostRow:
    """One post with its turns and rotations. Raises NotFound."""
    row = DutyPost.objects.filter(district=actor.district, pk=post_id, ended_at=None).first()
    if row is None or not may_see(actor, row.area):
        raise NotFound
    return _post(actor, row, turns_of([row.pk]).get(row.pk, ()))


def turns_of(post_ids: Sequence[int]) -> dict[int, tuple[TurnRow, ...]]:
    """The turns in force of these posts by post, in the order of the day; three queries at most."""
    rows = list(Turn.objects.filter(post_id__in=post_ids, ended_at=None).order_by("starts", "id"))
    turning = list(Rotation.objects.filter(turn__in=rows, ended_at=None).order_by("role", "id"))
    wanted = {number for one in turning for number in one.people}
    names = dict(Member.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    rotations: dict[int, list[RotationRow]] = {}
    for one in turning:
        people = tuple(names[number] for number in one.people if number in names)
        made = RotationRow(one.pk, DutyRole(one.role), people, one.each, one.first_day, one.filled_to)
        rotations.setdefault(one.turn_id, []).append(made)
    found: dict[int, tuple[TurnRow, ...]] = {}
    for row in rows:
        line = TurnRow(row.pk, plan_of(row), tuple(rotations.get(row.pk, ())))
        found[row.post_id] = (*found.get(row.post_id, ()), line)
    return found


def plan_of(row: Turn) -> TurnPlan:
    """What a turn's row says, as rules read it."""
    return TurnPlan(row.name, Hours(row.starts, row.ends), DutyDays(row.days), row.leads, row.officers)


def _post(actor: Actor, row: DutyPost, turns: tuple[TurnRow, ...] = ()) -> PostRow:
    editable = may_change(actor, Permission.DUTY_EDIT, row.area)
    return PostRow(row.pk, row.area, row.name, editable, turns)
