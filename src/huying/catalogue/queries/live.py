"""The list that holds in a district now, kept in this process and asked for by its edition.

An edition that was live never changes, so its content is kept without end; which edition is live is
asked of the database again after ``CHECK_SECONDS`` and at once after a change made by this process.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from huying.catalogue.models import Edition
from huying.catalogue.queries.reading import content
from huying.catalogue.rules import AppealKind, EditionState
from huying.catalogue.rules.holding import Held
from huying.catalogue.rules.limits import DEFAULTS, Limits
from huying.catalogue.rules.lines import ItemLine, ItemText
from huying.catalogue.rules.search import Index
from huying.kernel.errors import NotFound
from huying.kernel.saying import said

CHECK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class LiveList:
    """One edition as it is used: by code, by kind, and searchable."""

    edition_id: int
    held: Held
    index: Index
    texts: tuple[ItemText, ...]


_live: dict[int, tuple[float, int | None]] = {}


def forget(district: int) -> None:
    """Ask the database again at the next call; for the actions that change what is live."""
    _live.pop(district, None)


def live_edition(district: int) -> int | None:
    """The id of the edition that holds in the district now, None when none went live yet."""
    kept = _live.get(district)
    if kept is not None and time.monotonic() - kept[0] < CHECK_SECONDS:
        return kept[1]
    live = Edition.objects.filter(district=district, state=EditionState.LIVE)
    edition_id = live.values_list("id", flat=True).first()
    _live[district] = (time.monotonic(), edition_id)
    return edition_id


@lru_cache(maxsize=64)
def _loaded(edition_id: int) -> LiveList:
    whole = content(edition_id)
    index, texts = _words(whole.items)
    return LiveList(edition_id, Held(whole), index, texts)


@lru_cache(maxsize=8)
def _words(items: tuple[ItemLine, ...]) -> tuple[Index, tuple[ItemText, ...]]:
    # What is built of words takes longer than to read them; editions that say the same share it.
    texts = (
        ItemText(line.code, line.names, line.keywords, tuple(c.text for c in line.conditions))
        for line in items
    )
    return Index(items), tuple(texts)


def live_list(district: int) -> LiveList:
    """The whole live list. Raises NotFound when the district has none."""
    edition_id = live_edition(district)
    if edition_id is None:
        raise NotFound("本区还没有生效的职责清单。")
    return _loaded(edition_id)


def item(district: int, code: str) -> ItemLine:
    """One item of the live list. Raises NotFound."""
    line = live_list(district).held.items.get(code)
    if line is None:
        raise NotFound(said("职责清单中没有事项 %(code)s。", code=code))
    return line


def limits(
    district: int, item_code: str | None, condition_no: int | None = None, kind: AppealKind | None = None
) -> Limits:
    """How long each stage of a matter may take.

    See ``Held.limits`` for which limit wins. Without a live list the platform's defaults by kind hold.
    """
    edition_id = live_edition(district)
    if edition_id is None:
        return DEFAULTS[kind or AppealKind.OTHER]
    return _loaded(edition_id).held.limits(item_code, condition_no, kind)


def items_for_text(district: int) -> tuple[ItemText, ...]:
    """What a classifier may learn from the live list. Raises NotFound when the district has none."""
    return live_list(district).texts


def condition_for_text(district: int, item_code: str, text: str) -> int | None:
    """The number of the condition the words speak for, None when the item's usual one holds.

    See ``Held.condition_for``. Without a live list, or for an item not on it, None.
    """
    edition_id = live_edition(district)
    if edition_id is None:
        return None
    condition = _loaded(edition_id).held.condition_for(item_code, text)
    return condition.number if condition else None
