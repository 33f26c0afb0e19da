"""The names that can be read in a text, and finding them: exactly, or with one slip of the pen."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from shapely.geometry.base import BaseGeometry

from huying.places.rules.levels import Level, PlaceKind
from huying.places.rules.names import plain
from huying.places.rules.reading.slips import SlipBook

_SLIP: Final = 0.75  # how sure a name with one slip is, against the same name written right
_SLIPS_KEPT: Final = 3


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the gazetteer; ``way`` is the course of a road or river in CGCS2000 degrees."""

    name: str
    aliases: tuple[str, ...]
    kind: PlaceKind
    lon: float
    lat: float
    area_code: str = ""
    address: str = ""
    way: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What a word may stand for: a place (``place`` is set) or an area (``level`` is set).

    ``doubt`` multiplies the confidence: below 1 for an alias or a short form.
    """

    name: str
    code: str
    lon: float | None
    lat: float | None
    level: Level | None = None
    place: PlaceRow | None = None
    doubt: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text from ``start`` up to ``end``; ``slip`` when it is not quite as written."""

    start: int
    end: int
    word: str
    meanings: tuple[Named, ...]
    slip: float = 1.0

    @property
    def places(self) -> tuple[PlaceRow, ...]:
        """The places the word may stand for."""
        return tuple(named.place for named in self.meanings if named.place is not None)


class WordBook:
    """All words with what they may stand for."""

    def __init__(self, entries: Iterable[tuple[str, Named]]) -> None:
        self._words: dict[str, list[Named]] = defaultdict(list)
        for word, named in entries:
            key = plain(word)
            if len(key) >= 2 and named not in self._words[key]:
                self._words[key].append(named)
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self._words:
            lengths[word[:2]].add(len(word))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}
        self._slips = SlipBook(self._words)

    def meanings(self, word: str) -> tuple[Named, ...]:
        """What a word stands for; empty when it is unknown."""
        return tuple(self._words.get(word, ()))

    def scan(self, text: str) -> list[Mention]:
        """The names in a plain text, from the left, always the longest that fits."""
        found, at = [], 0
        while at < len(text) - 1:
            mention = self._longest(text, at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.end
        return found

    def _longest(self, text: str, at: int) -> Mention | None:
        for length in self._lengths.get(text[at : at + 2], ()):
            word = text[at : at + length]
            if word in self._words:
                return Mention(at, at + length, word, tuple(self._words[word]))
        return None

    def scan_slips(self, text: str) -> list[Mention]:
        """Names with one character wrong, missing or too many; the longest first, at most three."""
        found: dict[str, Mention] = {}
        for start, end, word in self._slips.find(text):
            mention = Mention(start, end, word, tuple(self._words[word]), _SLIP)
            held = found.get(word)
            # Of two readings of one name, that of the name's own length is the better.
            if held is None or _stretch(mention) < _stretch(held):
                found[word] = mention
        return sorted(found.values(), key=lambda mention: (-len(mention.word), mention.start))[:_SLIPS_KEPT]


def _stretch(mention: Mention) -> int:
    """How many characters longer or shorter than its name a mention is."""
    return abs(mention.end - mention.start - len(mention.word))
