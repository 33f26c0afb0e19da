"""重点人群类别, and how much of them a reader may be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huying.access.actor import Actor
from huying.kernel.saying import said
from huying.residents.models import KeyKind
from huying.residents.policy import READ, SET, WHOLE, must
from huying.residents.rules.kinds import CareLevel

#: Shown in the place of a sensitive kind to whom it is not told.
HIDDEN = said("（不显示）")


@dataclass(frozen=True, slots=True)
class KindInfo:
    """One kind of key persons."""

    code: str
    name: str
    level: CareLevel
    sensitive: bool
    hint: str
    place: int
    ended: bool


def kinds_of(district: int, *, ended: bool = False) -> Sequence[KindInfo]:
    """The kinds given today, in their order; ``ended``: those given no more too."""
    rows = KeyKind.objects.filter(district=district).order_by("place", "id")
    return [
        KindInfo(
            row.code,
            row.name,
            CareLevel(row.level),
            row.sensitive,
            row.hint,
            row.place,
            row.ended_at is not None,
        )
        for row in rows
        if ended or row.ended_at is None
    ]


def kinds_for(actor: Actor) -> Sequence[KindInfo]:
    """The same for a page. Raises Denied for who has nothing to do with the register."""
    if not actor.may_everywhere(SET):
        must(actor, READ)
    return kinds_of(actor.district, ended=True)


def names_for(actor: Actor, district: int) -> Mapping[str, str]:
    """Kind to the name this actor may read: what tells of somebody's health is for who may see whole data."""
    whole = actor.may(WHOLE)
    return {
        one.code: one.name if whole or not one.sensitive else HIDDEN for one in kinds_of(district, ended=True)
    }
