"""Normal forms that make two spellings of one thing equal."""

import re
import unicodedata
from typing import Final

_NOT_LETTERS: Final = re.compile(r"[\W_]+")
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"


def normal_unit_name(text: str) -> str:
    """A unit's name without what typists vary: width, case, spaces, brackets, punctuation.

    Brackets go but what stands in them stays: 水务局（东部） equals 水务局(东部), and 水务局 is another unit.
    Applying it twice changes nothing.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _NOT_LETTERS.sub("", folded)


def is_id_number(text: str) -> bool:
    """Whether the text is a resident identity number: 17 digits and the check character of GB 11643-1999."""
    number = text.strip().upper()
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_CHECKS[total % 11] == number[17]
