"""Which item a text speaks of."""

from collections.abc import Sequence

from huying.kernel.errors import NotFound
from huying.loop.allocate.queries.held import items_held
from huying.loop.allocate.rules.words.item_classifier import ItemGuess


def suggest_items(
    district: int, texts: Sequence[str], limit: int = 5, *, words: bool = True
) -> list[list[ItemGuess]]:
    """For each text the likeliest items of the live list, best first, with the words that decided.

    Empty for every text while the district has no live list. Whether the first is sure is for
    ``thresholds(district).item_above`` to say.
    """
    try:
        classifier = items_held(district).classifier
    except NotFound:
        return [[] for _ in texts]
    return classifier.rank(texts, limit, words=words)
