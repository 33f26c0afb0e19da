"""An item's own words, as the classifier's first lesson."""

from collections.abc import Iterable, Sequence
from typing import Final

from huying.catalogue.rules.lines import ItemText

# Residents' own words say most; the name of the wide class says little.
_NAMES: Final = (0.3, 0.7, 2.0)
_KEYWORD: Final = 1.5
_CONDITION: Final = 0.7


def documents(items: Iterable[ItemText]) -> list[tuple[str, Sequence[tuple[str, float]]]]:
    """(code, [(text, weight), …]) for each item of the list."""
    return [
        (
            item.code,
            [
                *zip(item.names, _NAMES, strict=True),
                *((keyword, _KEYWORD) for keyword in item.keywords),
                *((condition, _CONDITION) for condition in item.conditions),
            ],
        )
        for item in items
    ]
