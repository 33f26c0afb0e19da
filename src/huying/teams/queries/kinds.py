"""The kinds of members of a district."""

from dataclasses import dataclass

from huying.teams.models import MemberKind
from huying.teams.rules.kinds import Part


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of member; ``ended``: kept by who has it, given to nobody new."""

    id: int
    code: str
    name: str
    part: Part
    ended: bool


def kinds_of(district: int, *, ended: bool = False) -> list[KindRow]:
    """The kinds in their order; with ``ended`` also those not given any more."""
    rows = MemberKind.objects.filter(district=district)
    if not ended:
        rows = rows.filter(ended_at=None)
    return [
        KindRow(row.pk, row.code, row.name, Part(row.part), row.ended_at is not None)
        for row in rows.order_by("place", "id")
    ]
