"""Cells of files that people open in a spreadsheet."""

from typing import Final

Cell = str | int | float | None

# A cell that begins so is run as a formula; East Asian spreadsheets take the wide signs for the narrow ones.
_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def runs(text: str) -> bool:
    """Whether a spreadsheet would run this text as a formula."""
    return text.startswith(_STARTS)


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if runs(text) else text
