"""What rulings propose for the list's next edition (R206)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.catalogue.queries import live_edition, live_list
from huying.catalogue.rules.lines import ItemLine
from huying.loop.allocate.queries.precedents import PrecedentInfo, precedents_for
from huying.loop.allocate.rules.rulings import Proposal, Ruling, contradictions, proposals
from huying.people.queries import bearing, body_for


@dataclass(frozen=True, slots=True)
class Proposed:
    """One change for the next edition: the duty that leads now and those that the ruled body bears at the place.

    Without ``duties`` the body bears none there, and the list, which names duties, cannot name it.
    """

    proposal: Proposal
    item: ItemLine
    condition: str
    lead_now: str
    duties: Sequence[str]
    rulings: Sequence[PrecedentInfo]


def ruling_of(info: PrecedentInfo) -> Ruling:
    """A precedent as rulings are read together."""
    return Ruling(info.id, info.item, info.condition, info.area, info.body_id)


def contradicting(actor: Actor) -> Mapping[int, Sequence[int]]:
    """The precedents in force that contradict one another: id to ids; empty without catalogue:read."""
    return contradictions(ruling_of(one) for one in precedents_for(actor) if one.revoked_at is None)


def proposed_for(actor: Actor, now: datetime) -> list[Proposed]:
    """The changes that the rulings in force propose, the best supported first; empty without a live list."""
    if live_edition(actor.district) is None:
        return []
    items = live_list(actor.district).held.items
    held = {one.id: one for one in precedents_for(actor) if one.revoked_at is None and one.item in items}
    leads = {one.id: lead_of(items[one.item], one.condition) for one in held.values()}
    leads_now = {
        number: body_for(actor.district, lead, held[number].area, now) for number, lead in leads.items()
    }
    borne = bearing(actor.district, now)
    return [
        Proposed(
            proposal=one, item=items[one.item], condition=_condition(items[one.item], one.condition),
            lead_now=leads[one.for_it[0]], duties=_duties(borne, one.body_id, held[one.for_it[0]].area),
            rulings=[held[number] for number in (*one.for_it, *one.against)],
        )
        for one in proposals(map(ruling_of, held.values()), leads_now)
    ]  # fmt: skip


def lead_of(line: ItemLine, number: int | None) -> str:
    """The duty that leads in a condition, or in the item as a whole."""
    condition = line.condition(number) if number is not None else None
    return condition.lead if condition else (line.conditions[0].lead if line.conditions else line.duty)


def _condition(line: ItemLine, number: int | None) -> str:
    found = line.condition(number) if number is not None else None
    return found.text if found else ""


def _duties(borne: Mapping[tuple[str, str], int], body_id: int, area: str) -> list[str]:
    return sorted(
        {duty for (duty, place), body in borne.items() if duty and body == body_id and area.startswith(place)}
    )
