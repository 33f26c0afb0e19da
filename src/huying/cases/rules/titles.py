"""What a case is called in a line."""

from typing import Final

_LENGTH: Final = 40


def title_of(text: str) -> str:
    """The beginning of a caller's words, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _LENGTH else line[: _LENGTH - 1] + "…"
