"""Reading a caller's words for danger. What comes of it is told to a person and decides nothing by itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from huying.prevent.risk.rules.guards import is_harmless
from huying.prevent.risk.rules.kinds import AT_ONCE, RiskKind, Urgency, Width
from huying.prevent.risk.rules.plain import plain
from huying.prevent.risk.rules.signs import IDIOMS, PRECISE, WIDE

_MOST_OF_A_KIND: Final = 3
_LONGEST_MATCH: Final = 40
_PRESSING: Final = re.compile(
    r"紧急|十万火急|非常危险|很危险|特别危险|随时可能|马上派人|立即派人|人命关天|危在旦夕"
)


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of danger, the words that spoke of it as they were said, and whether they are plain about it."""

    kind: RiskKind
    words: tuple[str, ...]
    precise: bool = True


def signals(said: str, width: Width = Width.PRECISE) -> list[Signal]:
    """The kinds of danger a text speaks of, the most pressing kind first; with ``WIDE`` also what only may be one."""
    read = plain(said)
    if not read.text:
        return []
    hushed = _idioms().sub(lambda found: "□" * len(found[0]), read.text)
    found = {kind: _spans(kind, hushed, PRECISE, guarded=True) for kind in RiskKind}
    plainly = {kind for kind, spans in found.items() if spans}
    if width is Width.WIDE:
        found |= {kind: _spans(kind, hushed, WIDE, guarded=False) for kind in RiskKind if kind not in plainly}
    return [
        Signal(kind, tuple(dict.fromkeys(read.words(*span) for span in spans)), kind in plainly)
        for kind, spans in found.items()
        if spans
    ]


def urgency(said: str, found: Sequence[Signal]) -> Urgency:
    """How soon somebody has to act: at once on danger to life, soon on the other plain signals and pressing words."""
    plainly = {signal.kind for signal in found if signal.precise}
    if plainly & AT_ONCE:
        return Urgency.IMMEDIATE
    if plainly or _PRESSING.search(plain(said).text):
        return Urgency.URGENT
    return Urgency.NORMAL


def _spans(
    kind: RiskKind, text: str, signs: Mapping[RiskKind, tuple[str, ...]], *, guarded: bool
) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for pattern in _compiled(signs is PRECISE)[kind]:
        for match in pattern.finditer(text):
            span = match.span()
            overlaps = any(span[0] < end and start < span[1] for start, end in found)
            if overlaps or (guarded and is_harmless(kind, text, *span)):
                continue
            found.append(span)
            if len(found) == _MOST_OF_A_KIND:
                return found
    return found


@cache
def _compiled(precise: bool) -> Mapping[RiskKind, tuple[re.Pattern[str], ...]]:
    signs = PRECISE if precise else WIDE
    return {kind: tuple(re.compile(one) for one in signs.get(kind, ())) for kind in RiskKind}


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in IDIOMS))
