"""What the platform would do with each case of the queue, and whether it is sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.cases.lifecycle import State
from huying.cases.queries.described import Described, described
from huying.cases.queries.lists.queue import CaseLine
from huying.catalogue.queries import condition_for_text, item
from huying.kernel.errors import NotFound
from huying.loop.allocate.queries import Asked, suggest_bodies, suggest_items, thresholds
from huying.people.queries import unit_names
from huying.web.case.steps.offers import Offer, offer_of

STANDS: Final = timedelta(seconds=30)
_MOST_KEPT: Final = 10_000
_kept: dict[tuple[int, int, int], tuple[datetime, "Judgement"]] = {}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The likeliest item and body. ``sure`` where both lie above what the district has set (秒派)."""

    item: str
    item_name: str
    condition: int | None
    body: Offer | None
    sure: bool
    version: int


def judge(district: int, lines: Sequence[CaseLine], now: datetime) -> Mapping[int, Judgement]:
    """A judgement for every case that waits to be filed or dispatched; in a few batches, not case by case.

    What was judged of a version of a case stands for ``STANDS``: a list is drawn again and again.
    """
    judged, new = {}, []
    for line in _waiting(lines):
        kept = _kept.get((district, line.id, line.version))
        if kept is not None and now - STANDS < kept[0] <= now:
            judged[line.id] = kept[1]
        else:
            new.append(line)
    fresh = judge_anew(district, new, now)
    if len(_kept) > _MOST_KEPT:
        _kept.clear()
    _kept.update({(district, number, found.version): (now, found) for number, found in fresh.items()})
    return judged | fresh


def judge_anew(district: int, lines: Sequence[CaseLine], now: datetime) -> dict[int, Judgement]:
    """As ``judge``, by what is known at this moment: for whoever acts on it."""
    waiting = _waiting(lines)
    if not waiting:
        return {}
    known = described(district, [line.id for line in waiting])
    told = [known[line.id] for line in waiting if line.id in known]
    items = _items(district, told)
    asked = [
        Asked(code, one.area, one.kind, one.channel, now, condition)
        for one, (code, _sure, condition) in zip(told, items, strict=True)
    ]
    names, above = unit_names(district), thresholds(district).automatic_above
    found = suggest_bodies(district, asked, now, 1) if asked else []
    judged = {}
    for one, (code, item_sure, condition), bodies in zip(told, items, found, strict=True):
        first = bodies[0] if bodies and code else None
        judged[one.case_id] = Judgement(
            code, item_name(district, code), condition, offer_of(first, names) if first else None,
            sure=item_sure and first is not None and first.probability >= above, version=one.version,
        )  # fmt: skip
    return judged


def _waiting(lines: Sequence[CaseLine]) -> list[CaseLine]:
    return [line for line in lines if line.state in {State.RECEIVED, State.FILED}]


def item_name(district: int, code: str) -> str:
    """The item's name on the list in force; the code itself where it is not there."""
    try:
        return item(district, code).name if code else ""
    except NotFound:
        return code


def _items(district: int, told: Sequence[Described]) -> list[tuple[str, bool, int | None]]:
    """(item, sure, condition) for each; an item that stands already is sure."""
    guesses = suggest_items(district, [one.text for one in told], 1) if told else []
    above = thresholds(district).item_above
    items: list[tuple[str, bool, int | None]] = []
    for one, guess in zip(told, guesses, strict=True):
        if one.item:
            items.append((one.item, True, one.condition))
        elif guess:
            code = guess[0].code
            sure = guess[0].probability >= above
            items.append((code, sure, condition_for_text(district, code, one.text)))
        else:
            items.append(("", False, None))
    return items
