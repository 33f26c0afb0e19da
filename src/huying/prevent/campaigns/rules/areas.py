"""Areas by their codes."""

from collections.abc import Sequence
from typing import Final

_DIGITS: Final = (15, 12, 9, 6)


def shared(codes: Sequence[str]) -> str:
    """The smallest area that holds all of them."""
    for digits in _DIGITS:
        heads = {code[:digits] for code in codes}
        if len(heads) == 1 and all(len(code) >= digits for code in codes):
            return heads.pop()
    return codes[0][:6]
