"""What one choice of an operator is, and how numbers and lists of them are read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

PREFIX: Final = "HUYING_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One choice: its name without the prefix, how its text is read, what holds without it, what it means.

    ``read`` turns the text into the value and raises ValueError, in words an operator can act on.
    ``default`` is the text that holds when the variable is unset; ``shown`` replaces it in the documentation.
    What is ``secret`` is repeated in no message.
    """

    name: str
    read: Callable[[str], Any]
    default: str
    zh: str
    en: str
    shown: str = ""
    secret: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name


def number(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not value.isascii() or not value.isdigit() or not low <= int(value) <= high:
            raise ValueError(f"{low}–{high}")
        return int(value)

    return read


def names(value: str) -> list[str]:
    return [name.strip() for name in value.split(",") if name.strip()]
