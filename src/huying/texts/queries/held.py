"""A district's texts in force, kept in the process for a few seconds: asked for with every notice."""

import threading
import time
from collections.abc import Mapping
from typing import Final

from django.db import connection

from huying.texts.rules.kinds import ReplyFor, TextKind
from huying.texts.rules.occasions import Occasion
from huying.texts.rules.starter import CHINESE, Key, Wording, starter

_FRESH_SECONDS: Final = 5.0
_SQL: Final = """
SELECT DISTINCT ON (kind, name, language) kind, name, language, title, body, item, fits, retired
FROM texts_textversion WHERE district = %s ORDER BY kind, name, language, number DESC
"""
_held: dict[int, tuple[float, Mapping[Key, Wording]]] = {}
_lock = threading.Lock()


def notice_wording(district: int, occasion: Occasion, language: str) -> Wording:
    """What the district says on this occasion; in Chinese where it has nothing in the language."""
    found = _texts(district)
    return (
        found.get((TextKind.NOTICE, occasion.value, language))
        or found[TextKind.NOTICE, occasion.value, CHINESE]
    )


def reply_templates(district: int, item: str, fits: ReplyFor | None = None) -> list[tuple[str, Wording]]:
    """Names and wordings offered for an item, those for it before those for every item."""
    offered = [
        (key[1], wording)
        for key, wording in _texts(district).items()
        if key[0] is TextKind.REPLY
        and item.startswith(wording.item)
        and (fits is None or wording.fits in {fits, ReplyFor.ALWAYS})
    ]
    return sorted(offered, key=lambda pair: (-len(pair[1].item), pair[1].title))


def forget() -> None:
    """Read every district's texts anew at the next use; called after a change."""
    _held.clear()


def _texts(district: int) -> Mapping[Key, Wording]:
    held = _held.get(district)
    if held and time.monotonic() - held[0] < _FRESH_SECONDS:
        return held[1]
    with _lock:
        found = {**starter(), **_own(district)}
        in_force = {key: wording for key, wording in found.items() if wording is not None}
        _held[district] = (time.monotonic(), in_force)
        return in_force


def _own(district: int) -> dict[Key, Wording | None]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [district])
        return {
            (TextKind(kind), name, language): None if retired else Wording(title, body, item, ReplyFor(fits))
            for kind, name, language, title, body, item, fits, retired in cursor.fetchall()
        }
