"""Items by words, for desks and suggestions."""

from huying.catalogue.queries.live import live_list
from huying.catalogue.rules.search import Found


def search_items(district: int, words: str, limit: int = 10) -> list[Found]:
    """Items of the live list that answer the words (name, keyword, condition or code), best first.

    Raises NotFound when the district has no live list.
    """
    return live_list(district).index.search(words, limit)
