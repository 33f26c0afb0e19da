"""Finding names in which one character is wrong, missing or too many.

One slip leaves either the head or the rest of a name untouched, so only names that share one of them with
the text at some spot are compared. What tells one name from its neighbour is never taken for a slip: the
numerals and compass words (创业一路, 创业二路) and the kind of place (钟楼市场, 钟楼广场); and a name with
only two characters before its kind has none to spare (金色花园, 银色花园).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

_TELLING: Final = frozenset(
    "0123456789零一二三四五六七八九十甲乙丙丁东西南北中上下前后左右新老旧大小abcdefghijklmnopqrstuvwxyz"
)
_KIND: Final = re.compile(
    r"^(.+?)(?:幼儿园|工业园|工业区|居委会|村委会|卫生院|派出所|停车场|服务站|体育馆|图书馆|家属院"
    r"|花园|小区|社区|市场|公园|广场|大厦|小学|中学|学校|医院|大道|新村|街道|家园|公寓|商场|菜场"
    r"|超市|酒店|饭店|面馆|餐厅|公司|中心|码头|车站|公路|大桥|宿舍|[路街巷桥村苑园城里河湖山])$"
)
_SHORTEST, _LONGEST = 4, 12  # characters of a name in which one slip is forgiven
_CORE: Final = 3  # characters before its ending that such a name must have


def slip_at(word: str, seen: str) -> int | None:
    """Where ``seen`` departs from ``word`` by one character wrong, missing or too many; None otherwise.

    The place is counted in ``word``; None also when both are equal, or when the character is one that
    tells names apart.
    """
    gap = len(seen) - len(word)
    if abs(gap) > 1 or word == seen:
        return None
    at = next((i for i, pair in enumerate(zip(word, seen, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        at = min(len(word), len(seen))
    rest_word, rest_seen = word[at + (gap <= 0) :], seen[at + (gap >= 0) :]
    odd = {*word[at : at + (gap <= 0)], *seen[at : at + (gap >= 0)]}
    return at if rest_word == rest_seen and not odd & _TELLING else None


def core(word: str) -> str:
    """A name without its ending: what tells 金色花园 from other gardens."""
    found = _KIND.match(word)
    return found[1] if found else word


class SlipBook:
    """All names long enough to bear a slip, by their heads and by their rests."""

    def __init__(self, words: Iterable[str]) -> None:
        self._heads: dict[str, list[str]] = defaultdict(list)
        self._rests: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if _SHORTEST <= len(word) <= _LONGEST and len(core(word)) >= _CORE:
                cut = _cut(word)
                self._heads[word[:cut]].append(word)
                self._rests[word[cut:]].append(word)
        self._head_sizes = sorted({len(head) for head in self._heads})
        self._rest_sizes = sorted({len(rest) for rest in self._rests})

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and the name meant, for every spot of the text one slip away from a name."""
        for at in range(len(text)):
            yield from self._by_head(text, at)
            yield from self._by_rest(text, at)

    def _by_head(self, text: str, at: int) -> Iterator[tuple[int, int, str]]:
        for size in self._head_sizes:
            for word in self._heads.get(text[at : at + size], ()):
                rest, start = word[size:], at + size
                for length in (len(rest), len(rest) - 1, len(rest) + 1):
                    seen = text[start : start + length]
                    slip = slip_at(rest, seen)
                    if slip is not None and _same_kind(word, size + slip, seen):
                        yield at, start + length, word

    def _by_rest(self, text: str, at: int) -> Iterator[tuple[int, int, str]]:
        for size in self._rest_sizes:
            for word in self._rests.get(text[at : at + size], ()):
                cut = _cut(word)
                for length in (cut, cut - 1, cut + 1):
                    slip = slip_at(word[:cut], text[at - length : at]) if at >= length else None
                    if slip is not None:
                        yield at - length, at + size, word


def _cut(word: str) -> int:
    """Where head and rest part: both long enough to be rare."""
    return 2 if len(word) <= 5 else 3


def _same_kind(word: str, slip: int, seen: str) -> bool:
    """Whether the slip leaves the kind of place as it is: 市厂 may be a 市场, 广场 is none."""
    return slip < len(core(word)) or core(seen) == seen
