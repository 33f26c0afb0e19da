"""Promises in words: by when, and how they stand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from huying.cases.queries.desks.promises import PromiseKind, PromiseState
from huying.cases.rules.promising import Season
from huying.web.components import Tone
from huying.web.drawing import day

SHOWN: Final = (PromiseState.OPEN, PromiseState.KEPT, PromiseState.BROKEN)
KINDS: Final = tuple(PromiseKind)
STATES: Final[Mapping[str, Tone]] = {
    "open": Tone.ACCENT, "kept": Tone.GREEN, "broken": Tone.RED, "lapsed": Tone.DONE,
}  # fmt: skip


def season_words(code: str) -> str:
    """2027年春季; "" for what names no season."""
    year, _dash, name = code.partition("-")
    return (
        _("%(year)s年%(season)s") % {"year": year, "season": _(Season(name).zh)}
        if name in set(Season)
        else ""
    )


def due_words(season: str, until: datetime) -> str:
    """By when, as it was said, to stand before 前: the end of 2027年春季, or the day."""
    named = season_words(season)
    return _("%(season)s结束") % {"season": named} if named else day(until)
