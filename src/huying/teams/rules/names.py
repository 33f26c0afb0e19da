"""Names as they stand in a cell of a roster: 张三、李四 (138****1234)."""

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[、，,;；/\n\t]+")
_MOST: Final = 20


def split_names(text: str) -> tuple[str, ...]:
    """The names in a cell, each once, in their order."""
    names = (" ".join(part.split()) for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST]


def joined(names: list[str]) -> str:
    """Names as one cell."""
    return "、".join(names)
