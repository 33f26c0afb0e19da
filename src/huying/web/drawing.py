"""The parts a list draws by the hundred, put together without the template engine: a tenth of its cost.

Every text passes ``said``, so nothing a person wrote can become markup.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Final

from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from huying.web.components import LAMP_WORDS, Chip, Choice, Filter, Lamp, Photo, Tone, TrackStep
from huying.web.remembering import per_language

_SHAPES: Final = {
    Tone.GREEN: '<circle cx="7" cy="7" r="6"/>',
    Tone.AMBER: '<path d="M7 .8 13.6 13H.4z"/>',
    Tone.RED: '<path d="M7 0l7 7-7 7-7-7z"/>',
    Tone.PAUSED: '<path d="M2 1h4v12H2zM8 1h4v12H8z"/>',
}
_DONE: Final = '<path d="M1.5 7.5 5.5 11.5 12.5 2.5" fill="none" stroke="currentColor" stroke-width="2.4"/>'


def said(text: str) -> str:
    """The text as markup that shows it; what is markup already stays as it is."""
    return text if isinstance(text, SafeString) else escape(text)


@lru_cache(4096)
def chip(value: Chip) -> SafeString:
    """A word with its tone."""
    marked = f' data-value="{said(value.value)}"' if value.value else ""
    return mark_safe(f'<span class="chip chip-{value.tone.value}"{marked}>{said(value.text)}</span>')


def moment(value: datetime | None) -> str:
    """An aware time as 11月21日 18:05 in the local zone, with the year when it is another one."""
    if value is None:
        return ""
    # The zone of the settings: nobody has another, and to ask for the thread's own costs more than to draw.
    local = value.astimezone(timezone.get_default_timezone()).replace(microsecond=0)
    return _moment(local, _year(int(time.time() // 60)), get_language() == "en")


def day(value: datetime | None) -> str:
    """The day of a moment in few signs, as people say it: 12月1日, 1 Dec."""
    if value is None:
        return ""
    local = value.astimezone(timezone.get_default_timezone())
    return f"{local.day} {local:%b}" if get_language() == "en" else f"{local.month}月{local.day}日"


@lru_cache(4)
def _year(minute: int) -> int:
    return datetime.fromtimestamp(60 * minute, timezone.get_default_timezone()).year


@lru_cache(4096)
def _moment(local: datetime, year: int, english: bool) -> SafeString:
    if english:
        text = f"{local:%d %b %H:%M}" if local.year == year else f"{local:%d %b %Y %H:%M}"
    else:
        day = f"{local.month}月{local.day}日 {local:%H:%M}"
        text = day if local.year == year else f"{local.year}年{day}"
    return mark_safe(f'<time datetime="{local.isoformat()}">{text}</time>')


def lamp(clock: Lamp | None) -> SafeString:
    """A clock: shape, words, exact time, and line by line why."""
    if clock is None:
        return mark_safe("")
    word, due = _lamp_words(clock.tone)
    shape = _SHAPES.get(clock.tone, _DONE)
    face = (
        f'<svg class="lamp-shape" viewBox="0 0 14 14" aria-hidden="true">{shape}</svg>'
        f'<span class="lamp-words">{said(clock.kind)} {said(clock.left) or word}</span>'
    )
    if clock.left:
        face += f'<span class="unseen">{word}</span>'
    if clock.due_at:
        face += f'<span class="lamp-due">{due} {moment(clock.due_at)}</span>'
    look = f"lamp lamp-{clock.tone.value}"
    if not clock.explanation:
        return mark_safe(f'<span class="{look}"><span class="lamp-face">{face}</span></span>')
    why = "".join(f"<li>{said(line)}</li>" for line in clock.explanation)
    return mark_safe(
        f'<details class="{look}"><summary>{face}</summary><ol class="lamp-why">{why}</ol></details>'
    )


@per_language
def _lamp_words(tone: Tone) -> tuple[str, str]:
    return said(gettext(LAMP_WORDS[tone]) if tone in LAMP_WORDS else ""), said(gettext("期限"))


def track(steps: Iterable[TrackStep], title: str = "") -> SafeString:
    """A case's track like a parcel's, in the order given."""
    named = f' aria-label="{said(title)}"' if title else ""
    return mark_safe(f'<ol class="track"{named}>\n{"".join(_step(step) for step in steps or ())}</ol>')


def _step(step: TrackStep) -> str:
    marked = ' data-current aria-current="step"' if step.current else ""
    head = f'<span class="track-title">{said(step.title)}</span>{moment(step.at)}'
    parts = [
        f'<li{marked}><span class="track-dot" aria-hidden="true"></span><div class="track-head">{head}</div>'
    ]
    if step.by:
        parts.append(f'<div class="track-by">{said(step.by)}</div>')
    if step.text:
        parts.append(f"<p>{said(step.text)}</p>")
    if step.lines:
        facts = "".join(f"<dt>{said(label)}</dt><dd>{said(text)}</dd>" for label, text in step.lines)
        parts.append(f'<dl class="facts">{facts}</dl>')
    if step.photos:
        parts.append(f'<div class="photo-row">{"".join(_photo(photo) for photo in step.photos)}</div>')
    return "".join((*parts, "</li>\n"))


def _photo(photo: Photo) -> str:
    shown = said(photo.thumb or photo.src)
    return (
        f'<a href="{said(photo.src)}"><img src="{shown}" alt="{said(photo.alt)}" loading="lazy"'
        ' width="88" height="88"></a>'
    )


def csrf_input(token: str) -> str:
    """The field by which a form shows that it comes from a page of ours; ``token`` is the page's."""
    return f'<input type="hidden" name="csrfmiddlewaretoken" value="{said(token)}">'


def chart_rows(rows: Iterable[tuple[str, str, Sequence[float | None]]]) -> SafeString:
    """The table of a chart: (category, address or "", values by series)."""
    return mark_safe("".join(_chart_row(*row) for row in rows))


def _chart_row(name: str, link: str, values: Sequence[float | None]) -> str:
    head = f'<a href="{said(link)}">{said(name)}</a>' if link else said(name)
    cells = "".join(f"<td>{'—' if value is None else localize(value)}</td>" for value in values)
    return f'<tr><th scope="row">{head}</th>{cells}</tr>'


def options(choices: Iterable[Choice]) -> SafeString:
    """The choices of a filter as options."""
    return mark_safe("".join(_option(choice) for choice in choices))


@lru_cache(4096)
def _option(choice: Choice) -> str:
    chosen = " selected" if choice.chosen else ""
    count = f"（{choice.count}）" if choice.count is not None else ""
    return f'<option value="{said(choice.value)}"{chosen}>{said(choice.text)}{count}</option>'


@lru_cache(512)
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite; with a label it speaks, without one it is ornament."""
    spoken = f'role="img" aria-label="{said(label)}"' if label else 'aria-hidden="true"'
    return mark_safe(
        f'<svg class="icon" {spoken}><use href="{said(static("icons.svg"))}#{said(name)}"/></svg>'
    )


def asked_words(questions: Sequence[Filter]) -> str:
    """What is asked, in the words of the questions: a name for it until somebody finds a better one."""
    words = [
        next((choice.text for choice in one.choices if choice.chosen), "")
        if one.kind == "choice"
        else one.value
        for one in questions
        if one.kind != "hidden"
    ]
    return " · ".join(word for word in words if word)[:60]
