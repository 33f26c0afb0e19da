"""The only readers of the responsibility list."""

from huying.catalogue.queries.editions import (
    EditionInfo,
    compare,
    compare_for,
    content_for,
    edition_for,
    editions_for,
    export_excel_for,
)
from huying.catalogue.queries.live import (
    condition_for_text,
    item,
    items_for_text,
    limits,
    live_edition,
    live_list,
)
from huying.catalogue.queries.searching import search_items

__all__ = [
    "EditionInfo",
    "compare",
    "compare_for",
    "condition_for_text",
    "content_for",
    "edition_for",
    "editions_for",
    "export_excel_for",
    "item",
    "items_for_text",
    "limits",
    "live_edition",
    "live_list",
    "search_items",
]
