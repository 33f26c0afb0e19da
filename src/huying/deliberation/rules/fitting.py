"""Words that are too long are refused, never cut: nobody would know what is missing."""

from huying.kernel.errors import Invalid
from huying.kernel.saying import said


def must_fit(text: str, most: int, field: str) -> str:
    """The text without what surrounds it. Raises Invalid, at its field, when it is longer than so many characters."""
    kept = text.strip()
    if len(kept) > most:
        told = said("最多 %(most)d 字，请写短一些。", most=most)
        raise Invalid(told, fields={field: told})
    return kept
