"""Calls of which it is known whether they speak of one matter: neighbours about the same, told by the simulator.

Each call is compared with those of the days before it, as if it were typed then. Two outbreaks of one sore spot are
neither the same nor not, and are left out.
"""

from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.catalogue.rules.lines import ItemText
from huying.catalogue.rules.starter import starter
from huying.geo.measure import distance
from huying.kernel.tokens import bigrams
from huying.loop.allocate.rules.sameness.likeness import Spoken
from huying.loop.allocate.rules.sameness.wording import wording
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier
from huying.loop.allocate.rules.words.list_words import documents
from huying.simulate.chance import dice
from huying.simulate.days import Call, Calls, Rhythm
from huying.simulate.land import district
from huying.simulate.speech import matter_of

_BACK: Final = timedelta(days=7)
_ITEMS: Final = 8
# Of the cases of the last week so many have no item yet when the next call comes.
_UNFILED: Final = 0.3
_FAR_METRES: Final = 2000.0
_ANYWHERE: Final = 40


@dataclass(frozen=True, slots=True)
class Pair:
    """A call being typed, one before it, and whether they are one matter."""

    typed: Spoken
    before: Spoken
    same: bool


def pairs(seed: int, calls: int, days: int, start: datetime | None = None) -> Iterator[list[Pair]]:
    """For each call of a simulated district the pairs with those before it: all near or of its item, some others."""
    told = _told(seed, calls, days, start)
    known = _frequencies([call.text for call in told])
    rng = dice(seed, "pairs")
    lately: deque[tuple[Call, Spoken]] = deque()
    for call, guesses in zip(told, _guessed(told), strict=True):
        typed = _spoken(call, known, guesses)
        while lately and call.at - lately[0][0].at > _BACK:
            lately.popleft()
        others = rng.sample(range(len(lately)), min(_ANYWHERE, len(lately)))
        near = {at for at, (one, _heard) in enumerate(lately) if _may_be(call, one)}
        yield [
            Pair(typed, lately[at][1], lately[at][0].series == call.series)
            for at in sorted(near | set(others))
            if not (call.sore and call.sore == lately[at][0].sore and call.series != lately[at][0].series)
        ]
        filed = {call.matter.code: 1.0} if rng.random() >= _UNFILED else guesses
        lately.append((call, _spoken(call, known, filed)))


def _told(seed: int, calls: int, days: int, start: datetime | None) -> list[Call]:
    zone = ZoneInfo("Asia/Shanghai")
    began = start or datetime(2026, 6, 1, tzinfo=zone)
    matters = [matter_of(seed, line) for line in starter().items]
    return list(Calls(seed, district(seed), matters, Rhythm(seed, began, days, calls, zone)))


def _guessed(told: Sequence[Call]) -> list[dict[str, float]]:
    classifier = ItemClassifier.from_list(documents(_own_text()))
    ranked = classifier.rank([call.text for call in told], _ITEMS)
    return [{guess.code: guess.probability for guess in guesses} for guesses in ranked]


def _frequencies(texts: Sequence[str]) -> Mapping[str, float]:
    seen = Counter(token for text in texts for token in bigrams(text))
    return {token: count / len(texts) for token, count in seen.items()}


def _spoken(call: Call, known: Mapping[str, float], items: Mapping[str, float]) -> Spoken:
    words = wording(f"{call.text} {call.place}", known)
    # Where only words say the place, the desk knows the community at most.
    area = call.area if call.lon is not None else call.area[:12]
    return Spoken(words, call.at, call.lon, call.lat, area, items, wording(call.place, known))


def _may_be(call: Call, other: Call) -> bool:
    if call.series == other.series or call.matter.code == other.matter.code:
        return True
    if call.lon is None or call.lat is None or other.lon is None or other.lat is None:
        return call.area[:12] == other.area[:12]
    return distance(call.lon, call.lat, other.lon, other.lat) <= _FAR_METRES


def _own_text() -> list[ItemText]:
    return [
        ItemText(line.code, line.names, line.keywords, tuple(one.text for one in line.conditions))
        for line in starter().items
    ]
