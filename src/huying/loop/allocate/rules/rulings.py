"""What rulings say together: where two of them contradict each other, and what the list should say instead (R206)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling that binds: cases of this item and condition (None: of all) within the area belong to the body."""

    id: int
    item: str
    condition: int | None
    area: str
    body_id: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """What rulings want of the list: for an item's condition (None: all of it) another body than it leads to now.

    ``for_it`` and ``against`` are the rulings that give it to ``body_id`` and to others.
    """

    item: str
    condition: int | None
    body_id: int
    for_it: Sequence[int]
    against: Sequence[int]


def contradictions(rulings: Iterable[Ruling]) -> Mapping[int, Sequence[int]]:
    """Each ruling's id with those that give some of the same cases to another body; others are left out."""
    by_item: dict[str, list[Ruling]] = {}
    for ruling in rulings:
        by_item.setdefault(ruling.item, []).append(ruling)
    found: dict[int, list[int]] = {}
    for those in by_item.values():
        for one in those:
            against = [other.id for other in those if _contradict(one, other)]
            if against:
                found[one.id] = against
    return found


def _contradict(one: Ruling, other: Ruling) -> bool:
    share_area = one.area.startswith(other.area) or other.area.startswith(one.area)
    share_condition = one.condition == other.condition or None in {one.condition, other.condition}
    return one.body_id != other.body_id and one.item == other.item and share_area and share_condition


def proposals(rulings: Iterable[Ruling], leads_now: Mapping[int, int | None]) -> list[Proposal]:
    """What the next edition should say, the best supported first.

    ``leads_now`` is, for each ruling, the body to which the list leads in its area today. A ruling that says what
    the list says proposes nothing; where rulings disagree, the body with more of them is proposed, and those for
    others are named beside it; a tie proposes nothing.
    """
    groups: dict[tuple[str, int | None], list[Ruling]] = {}
    for ruling in rulings:
        groups.setdefault((ruling.item, ruling.condition), []).append(ruling)
    found = []
    for (item, condition), those in groups.items():
        by_body: dict[int, list[Ruling]] = {}
        for ruling in those:
            by_body.setdefault(ruling.body_id, []).append(ruling)
        ranked = sorted(by_body.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        body_id, mine = ranked[0]
        tie = len(ranked) > 1 and len(ranked[1][1]) == len(mine)
        if tie or all(leads_now.get(ruling.id) == body_id for ruling in mine):
            continue
        against = [ruling.id for ruling in those if ruling.body_id != body_id]
        found.append(Proposal(item, condition, body_id, [ruling.id for ruling in mine], against))
    return sorted(found, key=lambda one: (-len(one.for_it), len(one.against), one.item, one.condition or 0))
