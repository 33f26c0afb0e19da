"""How common each string is among the messages of a district, in a table of fixed size.

Strings are counted by a digest of 20 bits: a megabyte of numbers holds what is needed of any number of messages, and
two strings that share a number (one in some ten) only make each other look a little more common than they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Self
from zlib import crc32

import numpy as np

SIZE: Final = 1 << 20
Slots = np.ndarray[Any, np.dtype[np.int64]]
# Rarer than this share of messages is a name that tells places apart.
_RARE: Final = 0.02
_LEAST: Final = 10


@dataclass(slots=True)
class Lexicon:
    """In how many of ``messages`` messages each string occurred."""

    counts: np.ndarray[Any, np.dtype[np.uint32]]
    messages: int = 0

    @classmethod
    def empty(cls) -> Self:
        """Of no message yet: all strings are equally rare."""
        return cls(np.zeros(SIZE, np.uint32))

    def take(self, slots: Slots) -> None:
        """One further message, by the numbers of its different strings."""
        self.counts[np.unique(slots)] += 1
        self.messages += 1

    def seen(self, slots: Slots) -> Slots:
        """In how many messages each occurred."""
        return self.counts[slots].astype(np.int64)

    def rarity(self, seen: Slots) -> np.ndarray[Any, np.dtype[np.float64]]:
        """The weight of strings seen so often: ln((1 + messages) / (1 + messages with it)) + 1."""
        return np.asarray(np.log((1 + self.messages) / (1.0 + np.minimum(seen, self.messages))) + 1)

    def telling(self, string: str) -> bool:
        """Whether a name is rare enough to tell one place from others."""
        return int(self.counts[_slot(string)]) <= max(_LEAST, _RARE * self.messages)

    def packed(self) -> bytes:
        """As bytes to keep."""
        return self.counts.tobytes()

    @classmethod
    def unpacked(cls, kept: bytes, messages: int) -> Self:
        """From what was kept. Raises ValueError for bytes of another size."""
        counts = np.frombuffer(kept, np.uint32).copy()
        if counts.shape != (SIZE,):
            raise ValueError("a lexicon of another size")
        return cls(counts, messages)


def slots_of(strings: Iterable[str]) -> Slots:
    """The numbers under which strings are counted."""
    return np.array([_slot(one) for one in strings], np.int64)


def _slot(string: str) -> int:
    return crc32(string.encode()) & (SIZE - 1)
