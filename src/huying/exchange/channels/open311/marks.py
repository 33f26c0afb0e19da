"""Our mark on what we wrote there: by it a letter whose answer was lost is found again, and our own words that come
back to us are no news."""

import re
from typing import Final

_MARK: Final = re.compile(r"〔呼应 (\d{6}-\d+)〕\s*$")
WORDS_MOST: Final = 3900


def marked(words: str, key: str) -> str:
    """The words with our mark under them; too long ones are cut before it."""
    return f"{words[:WORDS_MOST].rstrip()}\n〔呼应 {key}〕".lstrip()


def mark_in(words: str) -> str:
    """The key of the letter in which we wrote this; "" for what others wrote."""
    found = _MARK.search(words)
    return found[1] if found else ""
