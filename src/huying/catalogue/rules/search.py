"""Finding an item by the words people use for it.

Every name, keyword and condition is cut into overlapping pairs of characters; an item scores by the pairs of
the query it holds, rarer pairs and better places weighing more. A keyword said whole counts most of all.
"""

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huying.catalogue.rules.lines import ItemLine

_NAME, _KEYWORD, _GROUP, _CONDITION = 3.0, 3.0, 1.0, 0.6
_WHOLE, _AGAIN = 6.0, 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """An item that answers the words, its score (higher is better) and the keywords or name said whole."""

    item: ItemLine
    score: float
    said: tuple[str, ...]


def normal(text: str) -> str:
    """Full-width forms folded, lower case, nothing but letters, figures and Chinese characters."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


def _pairs(text: str) -> list[str]:
    plain = normal(text)
    return [plain[i : i + 2] for i in range(len(plain) - 1)] or ([plain] if plain else [])


class Index:
    """Pairs of characters to the items that hold them; built once for an edition, read by many threads."""

    def __init__(self, items: Sequence[ItemLine]) -> None:
        self._items = tuple(items)
        self._holders: dict[str, dict[int, float]] = defaultdict(dict)
        self._whole: dict[str, list[int]] = defaultdict(list)
        self._codes = {line.code: position for position, line in enumerate(self._items)}
        for position, line in enumerate(self._items):
            self._add(position, [line.name], _NAME)
            self._add(position, line.keywords, _KEYWORD)
            self._add(position, [line.class_name, line.group_name], _GROUP)
            self._add(position, [condition.text for condition in line.conditions], _CONDITION)
            for word in {normal(word) for word in (line.name, *line.keywords)}:
                self._whole[word].append(position)
        self._longest = max((len(word) for word in self._whole), default=0)

    def _add(self, position: int, texts: Iterable[str], weight: float) -> None:
        for text in texts:
            for pair in _pairs(text):
                held = self._holders[pair]
                before = held.get(position, 0.0)
                held[position] = max(before, weight) + (_AGAIN * weight if before else 0.0)

    def search(self, words: str, limit: int) -> list[Found]:
        """The best items for the words, at most ``limit``; a code finds its item first."""
        scores: dict[int, float] = defaultdict(float)
        for pair, times in Counter(_pairs(words)).items():
            for key in self._near(pair):
                holders = self._holders[key]
                rarity = math.log(1 + len(self._items) / len(holders))
                for position, weight in holders.items():
                    scores[position] += weight * rarity * min(times, 2)
        said = self._said_whole(normal(words))
        for position, whole in said.items():
            scores[position] += sum(_WHOLE * len(word) for word in whole)
        direct = self._codes.get(words.strip())
        if direct is not None:
            scores[direct] += 1e6
        best = sorted(scores.items(), key=lambda pair: (-pair[1], self._items[pair[0]].code))[:limit]
        return [Found(self._items[at], score, tuple(sorted(said.get(at, ())))) for at, score in best]

    def _near(self, pair: str) -> Iterable[str]:
        if len(pair) >= 2:
            return (pair,) if pair in self._holders else ()
        return [held for held in self._holders if pair in held]

    def _said_whole(self, text: str) -> dict[int, set[str]]:
        said: dict[int, set[str]] = defaultdict(set)
        for start in range(len(text)):
            for end in range(start + 2, min(len(text), start + self._longest) + 1):
                for position in self._whole.get(text[start:end], ()):
                    said[position].add(text[start:end])
        return said
