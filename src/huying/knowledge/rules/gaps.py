"""Questions that no article answered, told apart from one another and put together where they are the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from huying.kernel.tokens import bigrams
from huying.knowledge.rules.fitting import core
from huying.knowledge.rules.kinds import GapKind

MOST_WORDS: Final = 200
_ALIKE: Final = 0.4
# Numbers of phones, identities, plates and receipts: what makes a question somebody's own.
_PERSONAL: Final = re.compile(r"\d[\d\s-]{5,}[\dXx]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question without an article, as it was noticed. ``reply`` is what a seat answered by hand."""

    id: int
    kind: GapKind
    words: str
    reply: str
    at: datetime


@dataclass(slots=True)
class Group:
    """The same question, asked by several; the newest says it for all."""

    members: list[Asked]
    tokens: set[str] = field(repr=False)

    @property
    def words(self) -> str:
        return self.members[0].words

    @property
    def reply(self) -> str:
        """The newest answer a seat gave by hand; "" when none did."""
        return next((one.reply for one in self.members if one.reply), "")

    @property
    def times(self) -> int:
        return len(self.members)

    @property
    def last(self) -> datetime:
        return self.members[0].at

    def times_of(self, kind: GapKind) -> int:
        """How often it was noticed in this way."""
        return sum(one.kind is kind for one in self.members)


def without_persons(words: str) -> str:
    """A question as it may be kept: long numbers taken out, no longer than ``MOST_WORDS``."""
    return _PERSONAL.sub("＊", " ".join(words.split()))[:MOST_WORDS]


def grouped(asked: Iterable[Asked]) -> list[Group]:
    """Questions alike in one group each, the most asked first; ``asked`` comes newest first.

    Two are alike when the smaller one's words stand for the most part in the other.
    """
    groups: list[Group] = []
    for one in asked:
        tokens = set(bigrams(core(one.words)))
        near = max(groups, key=lambda group: _alike(tokens, group.tokens), default=None)
        if near is not None and _alike(tokens, near.tokens) >= _ALIKE:
            near.members.append(one)
        else:
            groups.append(Group([one], tokens))
    return sorted(groups, key=lambda group: (-group.times, -group.last.timestamp()))


def _alike(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
