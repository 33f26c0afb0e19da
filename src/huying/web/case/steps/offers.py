"""What may be picked in a step, best first and with reasons: items, bodies, areas, appeals, like cases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.lifecycle import OrderRole, OrderState
from huying.cases.queries.page import CaseView
from huying.cases.queries.seeing import numbers_for
from huying.catalogue.queries import condition_for_text, item, live_edition, search_items
from huying.catalogue.rules.lines import ItemLine
from huying.kernel.errors import NotFound
from huying.loop.allocate.queries import Asked, similar_cases, suggest_bodies, suggest_items
from huying.loop.allocate.queries.alike import Match
from huying.loop.allocate.rules.weighing import Suggestion
from huying.loop.allocate.rules.words.item_classifier import UNSURE_BELOW
from huying.people.queries import BodyInfo, bodies, body_for, unit_names
from huying.places.queries import Level, areas
from huying.web.case import words
from huying.web.case.lists import sameness
from huying.web.remembering import per_language

# A guess less likely than this only takes up room.
_WORTH_SAYING: Final = 0.01
_IN_HAND: Final = frozenset({OrderState.SENT, OrderState.SIGNED, OrderState.REPORTED})

Group = tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to pick. ``share`` is how sure the suggestion is in per cent; ``source`` who spoke for it.

    ``like`` are the numbers of past cases that decided.
    """

    value: str
    title: str
    note: str = ""
    why: Sequence[str] = ()
    share: int | None = None
    source: str = ""
    like: Sequence[str] = ()


def text_of(case: CaseView) -> str:
    """The first caller's words; the title where nobody said anything."""
    return next((appeal.text for appeal in case.appeals if appeal.active), case.line.title)


def item_offers(case: CaseView, also: Iterable[str] = (), limit: int = 5) -> list[Offer]:
    """What the words speak of, then the codes in ``also`` (what stands now, what was picked)."""
    district = case.line.district
    guesses = suggest_items(district, [text_of(case)], limit)[0]
    found = {
        guess.code: Offer(
            guess.code, "", share=round(guess.probability * 100),
            why=[_("依据：%(words)s") % {"words": "、".join(guess.words)}] if guess.words else (),
        )
        for guess in guesses
        if guess.probability >= _WORTH_SAYING
    }  # fmt: skip
    for code in also:
        if code:
            found.setdefault(code, Offer(code, ""))
    return [named for offer in found.values() if (named := _named(district, offer)) is not None]


def case_offers(found: Sequence[Match]) -> list[Offer]:
    """Cases that may be the same matter, each with its number, how likely and why."""
    return [
        Offer(
            one.line.number, one.line.title, f"{one.line.number} · {_(one.state.text)} · {one.line.area_name}",
            [f"{one.line.item_name or _('还没有定事项')} · {one.why}"], one.share,
        )
        for one in sameness.shown(found)
    ]  # fmt: skip


def with_like(actor: Actor, case: CaseView, found: Sequence[Offer]) -> list[Offer]:
    """The offers with the likest cases that decided for them, of those the actor may see; not the case itself."""
    district, text = case.line.district, text_of(case)
    like = {
        offer.value: [number for number, _share in similar_cases(district, text, offer.value)]
        for offer in found
        if offer.share is not None
    }
    others = {number for numbers in like.values() for number in numbers} - {case.line.id}
    seen = numbers_for(actor, others)
    return [
        replace(offer, like=[seen[number] for number in like.get(offer.value, ()) if number in seen])
        for offer in found
    ]


def sure(found: Sequence[Offer]) -> bool:
    """Whether the words speak clearly for the first of the offers."""
    return bool(found) and (found[0].share is None or found[0].share >= UNSURE_BELOW * 100)


def items_said(district: int, said: str, limit: int = 8) -> list[Offer]:
    """Items that answer typed words; none without a list."""
    if not said.strip() or live_edition(district) is None:
        return []
    return [_of_line(found.item, Offer(found.item.code, "")) for found in search_items(district, said, limit)]


def _named(district: int, offer: Offer) -> Offer | None:
    try:
        return _of_line(item(district, offer.value), offer)
    except NotFound:
        return None


def _of_line(line: ItemLine, offer: Offer) -> Offer:
    return Offer(offer.value, line.name, f"{line.class_name} · {line.group_name}", offer.why, offer.share)


def condition_groups(district: int, codes: Iterable[str]) -> list[Group]:
    """The filing conditions of these items; a value is ``code:number``."""
    groups: list[Group] = []
    for code in dict.fromkeys(codes):
        try:
            line = item(district, code)
        except NotFound:
            continue
        if line.conditions:
            groups.append((line.name, [(f"{code}:{each.number}", each.text) for each in line.conditions]))
    return groups


def condition_of(case: CaseView, code: str, picked: str) -> int | None:
    """The number picked for this very item, else the one the caller's words speak for."""
    of, _colon, number = picked.partition(":")
    if of == code and number.isdecimal() and len(number) < 9:
        return int(number)
    return condition_for_text(case.line.district, code, text_of(case)) if code else None


def body_offers(case: CaseView, now: datetime, limit: int = 5, item_code: str = "") -> list[Offer]:
    """The bodies to which such a case belongs, with every reason; ``item_code`` where it is still to be filed."""
    line = case.line
    code = item_code or line.item
    number = case.condition if code == line.item else condition_of(case, code, "")
    asked = Asked(code, line.area, line.kind, line.channel, now, number)
    names = unit_names(line.district)
    return (
        [
            offer_of(one, names)
            for one in suggest_bodies(line.district, [asked], now, limit)[0]
            if one.probability >= _WORTH_SAYING
        ]
        if code
        else []
    )


def others_than_now(case: CaseView, found: Sequence[Offer]) -> list[Offer]:
    """Without the bodies that have this case in hand: they are neither added to it nor given it anew."""
    held = {
        str(order.body_id)
        for order in case.orders
        if order.state in _IN_HAND and order.role is not OrderRole.CALLED
    }
    return [offer for offer in found if offer.value not in held]


def proposed(case: CaseView) -> str:
    """The body that an objection still to be ruled on names instead of its own; "" where none does."""
    waiting = [one.proposed_body_id for one in case.disputes if one.ruled_at is None and one.state == "open"]
    return next((str(body_id) for body_id in waiting if body_id), "")


def offer_of(one: Suggestion, names: Mapping[int, str]) -> Offer:
    """A suggested body as it is picked."""
    name = names.get(one.body_id, str(one.body_id))
    share = round(one.probability * 100)
    return Offer(str(one.body_id), name, why=one.reasons, share=share, source=one.source.value)


def body_groups(district: int, now: datetime) -> list[Group]:
    """Every active body, by kind."""
    return list(_by_kind(bodies(district, now)))


@per_language
def _by_kind(active: tuple[BodyInfo, ...]) -> tuple[Group, ...]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for body in active:
        groups.setdefault(_(body.kind.zh), []).append((str(body.id), body.short_name or body.name))
    return tuple(groups.items())


def assisting(case: CaseView, now: datetime) -> list[str]:
    """The bodies that the filing condition names to assist at this place."""
    line = case.line
    try:
        found = (
            item(line.district, line.item).condition(case.condition) if case.condition is not None else None
        )
    except NotFound:
        return []
    duties = found.assisting if found else ()
    bearers = [body_for(line.district, duty, line.area, now) for duty in duties]
    return [str(body_id) for body_id in dict.fromkeys(bearers) if body_id is not None]


def area_groups(district: int) -> list[Group]:
    """Streets first, then every street's communities and their grids."""
    streets = areas(district, Level.STREET)
    communities, grids = areas(district, Level.COMMUNITY), areas(district, Level.GRID)
    groups: list[Group] = [(_("街道"), [(area.code, area.name) for area in streets])]
    groups += [
        (street.name, [(area.code, area.name) for area in communities if area.code.startswith(street.code)])
        for street in streets
    ]
    groups += [
        (place.name, [(area.code, area.name) for area in grids if area.code.startswith(place.code)])
        for place in communities
    ]
    return [(name, choices) for name, choices in groups if choices]


def appeal_offers(case: CaseView) -> list[Offer]:
    """The callers who still belong to the case, by receipt."""
    return [
        Offer(
            str(appeal.id),
            appeal.receipt,
            words.channel_words(appeal.channel) + (f" · {appeal.caller.name}" if appeal.caller else ""),
            [appeal.text[:60]],
        )
        for appeal in case.appeals
        if appeal.active
    ]
