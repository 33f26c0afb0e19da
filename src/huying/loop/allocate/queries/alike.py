"""Cases that may be the same matter as a call or a case: by meaning, place and time, most likely first (R208)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import CaseLine
from huying.cases.queries.lists.resembling import (
    Found,
    Frequencies,
    Wanted,
    frequencies,
    resembling,
    with_words,
)
from huying.geo.measure import around
from huying.loop.allocate.queries.items import suggest_items
from huying.loop.allocate.rules.sameness.likeness import LIKELY, Likeness, Spoken, likeness
from huying.loop.allocate.rules.sameness.wording import MOST_READ, NOTHING, wording

#: What was closed or came in before this long is another matter, or the same again.
RECENT: Final = timedelta(days=60)
_NEAR_METRES: Final = 300.0
_ITEMS: Final = 8
_LIKELY_ITEM: Final = 0.05
_SHOWN: Final = 6
_ENOUGH: Final = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What a caller says while it is typed: words, place (as named, degrees, area's code), the item if chosen."""

    text: str
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    area: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A case that may be the same matter, and why."""

    line: CaseLine
    likeness: Likeness


def same_matter(actor: Actor, said: Said, now: datetime, limit: int = _SHOWN) -> list[Match]:
    """Cases the actor may see, open or opened in the last 60 days, likely the same matter; the likeliest first."""
    if len(said.text.strip()) < _ENOUGH:
        return []
    known = frequencies()
    typed = _typed(actor.district, said, now, known)
    return _ranked(
        typed,
        resembling(actor, _wanted(typed, f"{said.text[:MOST_READ]} {said.place}", now), now),
        known,
        limit,
    )


def matches_among(district: int, said: Said, found: Sequence[Found], now: datetime) -> list[Match]:
    """Those of these cases that are likely the same matter as what is said; the likeliest first."""
    if len(said.text.strip()) < _ENOUGH or not found:
        return []
    known = frequencies()
    return _ranked(_typed(district, said, now, known), found, known, _SHOWN)


def alike(
    actor: Actor, line: CaseLine, now: datetime, limit: int = _SHOWN, *, text: str = "", place: str = ""
) -> list[Match]:
    """Open cases the actor may see that are likely the same matter as this one; the likeliest first.

    ``text`` and ``place``: what its callers said, where the reader has it already.
    """
    known = frequencies()
    own = Found(line, text, place) if text else with_words(line.district, [line.id], now)[0]
    spoken = _heard(own, known, _guessed([own]), {})
    found = resembling(actor, _wanted(spoken, own.text, line.opened_at), now, without=line.id)
    return _ranked(spoken, [one for one in found if one.line.closed_at is None], known, limit)


def ranked_like(line: CaseLine, others: Sequence[CaseLine], now: datetime) -> list[Match]:
    """These cases by how likely they are the same matter as ``line``, all of them."""
    known = frequencies()
    own, *found = with_words(line.district, [line.id, *(other.id for other in others)], now)
    return _ranked(_heard(own, known, _guessed([own]), {}), found, known, len(found), least=0.0)


def _typed(district: int, said: Said, now: datetime, known: Frequencies) -> Spoken:
    items = {said.item: 1.0} if said.item else _items(district, [said.text])[0]
    words, place = wording(f"{said.text} {said.place}", known.shares), wording(said.place, known.shares)
    return Spoken(words, now, said.lon, said.lat, said.area, items, place)


def _heard(
    found: Found, known: Frequencies, guessed: Mapping[int, Mapping[str, float]], weighed: dict[str, float]
) -> Spoken:
    line = found.line
    items = {line.item: 1.0} if line.item else guessed.get(line.id, {})
    words = wording(found.text, known.shares, weighed)
    place = wording(found.place, known.shares, weighed) if found.place else NOTHING
    return Spoken(words, line.opened_at, line.lon, line.lat, line.area, items, place)


def _items(district: int, texts: Sequence[str]) -> list[dict[str, float]]:
    ranked = suggest_items(district, [text[:1000] for text in texts], _ITEMS, words=False)
    return [{guess.code: guess.probability for guess in guesses} for guesses in ranked]


def _guessed(found: Sequence[Found]) -> dict[int, dict[str, float]]:
    """The likely items of the cases that have none yet."""
    unfiled = [one for one in found if not one.line.item]
    if not unfiled:
        return {}
    items = _items(unfiled[0].line.district, [one.text for one in unfiled])
    return {one.line.id: chances for one, chances in zip(unfiled, items, strict=True)}


def _wanted(spoken: Spoken, text: str, at: datetime) -> Wanted:
    known = spoken.lon is not None and spoken.lat is not None
    box = around(spoken.lon or 0.0, spoken.lat or 0.0, _NEAR_METRES) if known else None
    likely = [code for code, chance in spoken.items.items() if chance >= _LIKELY_ITEM]
    return Wanted(text, at - RECENT, box, likely)


def _ranked(
    spoken: Spoken, found: Sequence[Found], known: Frequencies, limit: int, least: float = LIKELY
) -> list[Match]:
    guessed, weighed = _guessed(found), dict[str, float]()
    matches = [Match(one.line, likeness(spoken, _heard(one, known, guessed, weighed))) for one in found]
    likely = [match for match in matches if match.likeness.score >= least]
    return sorted(likely, key=lambda match: (-match.likeness.score, -match.line.id))[:limit]
