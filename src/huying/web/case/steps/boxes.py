"""Every body of a district as boxes and as options, drawn once: a district has hundreds, and few of them change."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from huying.web.drawing import said

Named = tuple[str, tuple[tuple[str, str], ...]]


@lru_cache(64)
def boxes(name: str, groups: tuple[Named, ...], without: frozenset[str]) -> SafeString:
    """Groups of boxes named ``name``; values in ``without`` stand elsewhere."""
    parts = []
    for title, rows in groups:
        drawn = "".join(
            f'<li><label><input type="checkbox" name="{said(name)}" value="{said(value)}"> {said(label)}</label></li>'
            for value, label in rows
            if value not in without
        )
        if drawn:
            parts.append(f'<p class="faint">{said(title)}</p><ul class="boxes">{drawn}</ul>')
    return mark_safe("".join(parts))


@lru_cache(64)
def grouped_options(groups: tuple[Named, ...], chosen: str) -> SafeString:
    """The options of a select, in groups."""
    return mark_safe("".join(_optgroup(title, rows, chosen) for title, rows in groups))


def _optgroup(title: str, rows: Sequence[tuple[str, str]], chosen: str) -> str:
    drawn = "".join(
        f'<option value="{said(value)}"{" selected" if value == chosen else ""}>{said(label)}</option>'
        for value, label in rows
    )
    return f'<optgroup label="{said(title)}">{drawn}</optgroup>'


def named(groups: Iterable[Any]) -> tuple[Named, ...]:
    """Groups of choices as what can be remembered."""
    return tuple(
        (str(title), tuple((str(value), str(label)) for value, label in rows)) for title, rows in groups
    )
