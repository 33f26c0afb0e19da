"""What an entry itself says that a text may name: by when, and how it turned out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from huying.cases.ledger import Link
from huying.cases.lifecycle import ClockKind, Outcome
from huying.texts.rules.occasions import Placeholder

_MOST_WORDS: Final = 80
# Of the clocks that a step starts, by which one people understand "by when".
_FIRST: Final = (
    ClockKind.HANDLE, ClockKind.SUSPENSION, ClockKind.ACCEPT, ClockKind.SUPERVISION,
    ClockKind.CALL, ClockKind.PROMISE,
)  # fmt: skip


def due_of(entry: Link) -> datetime | None:
    """By when what the entry began must be done; None where it set no limit."""
    if "due_at" in entry.facts:
        return datetime.fromisoformat(entry.facts["due_at"])
    if extended := entry.facts.get("extended"):
        return datetime.fromisoformat(extended[2])
    begun = {kind: due for kind, _body, due in entry.facts.get("started", ())}
    return next((datetime.fromisoformat(begun[kind]) for kind in _FIRST if kind in begun), None)


def terms_of(entry: Link) -> Mapping[Placeholder, str]:
    """The Chinese terms of the clock that rang and of the outcome."""
    found = {}
    if entry.outcome:
        found[Placeholder.RESULT] = Outcome(entry.outcome).zh
    if clock := entry.facts.get("clock"):
        found[Placeholder.CLOCK] = ClockKind(clock).zh
    return found


def short(text: str) -> str:
    """Somebody's words on one line, cut where a message would become too long."""
    line = " ".join(text.split())
    return line if len(line) <= _MOST_WORDS else f"{line[: _MOST_WORDS - 1]}…"
