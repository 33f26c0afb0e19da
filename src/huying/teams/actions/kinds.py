"""The kinds of members a district has."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.teams.models import MemberKind
from huying.teams.policy import must_change
from huying.teams.rules.kinds import Part
from huying.teams.rules.starter import starter_kinds


@transaction.atomic
def load_starter_kinds(by: Actor, now: datetime) -> int:
    """The kinds the platform brings along, where the district has none of its own; how many were made."""
    _must(by)
    if MemberKind.objects.filter(district=by.district).exists():
        return 0
    made = MemberKind.objects.bulk_create(
        (
            MemberKind(district=by.district, code=line.code, name=line.name, part=line.part, place=place)
            for place, line in enumerate(starter_kinds())
        ),
        ignore_conflicts=True,
    )
    return len(made)


def put_kind(by: Actor, name: str, part: Part, now: datetime, kind_id: int | None = None) -> int:
    """A new kind, or another name for one. What a kind is of 1+2+N stays: teams were counted by it.

    Raises Denied, Invalid for an empty name, Conflict for one that is taken, NotFound.
    """
    _must(by)
    wanted = " ".join(name.split())[:20]
    if not wanted:
        raise Invalid("类别要有名称。", fields={"name": "不能为空"})
    try:
        with transaction.atomic():
            if kind_id is not None:
                if not MemberKind.objects.filter(district=by.district, pk=kind_id).update(name=wanted):
                    raise NotFound
                return kind_id
            place = MemberKind.objects.filter(district=by.district).count()
            row = MemberKind.objects.create(
                district=by.district, code=f"own-{place}", name=wanted, part=part, place=place
            )
            return row.pk
    except IntegrityError:
        raise Conflict("已经有这个类别了。", fields={"name": "已经有了"}) from None


def end_kind(by: Actor, kind_id: int, now: datetime) -> None:
    """Give a kind to nobody new; who has it keeps it. Doing it twice changes nothing. Raises Denied, NotFound."""
    _must(by)
    row = MemberKind.objects.filter(district=by.district, pk=kind_id)
    if not row.exists():
        raise NotFound
    row.filter(ended_at=None).update(ended_at=now)


def _must(by: Actor) -> None:
    must_change(by, Permission.TEAM_EDIT, str(by.district))
