"""Cells of files that people open in a spreadsheet."""

from typing import Final

# A cell that begins so is run as a formula; East Asian spreadsheets take the wide signs for the narrow ones.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def runs(text: str) -> bool:
    """Whether a spreadsheet would run this text as a formula."""
    return text.startswith(_STARTS)
