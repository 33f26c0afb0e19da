"""A notice's title and text: the district's wording for the occasion with what is known of the case filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from huying.kernel.numbers import case_number, shown
from huying.notices.rules.reading import short
from huying.people.queries import unit_names
from huying.places.queries import area_path, area_words
from huying.texts.queries import notice_wording
from huying.texts.rules.filling import filled
from huying.texts.rules.occasions import Occasion
from huying.texts.rules.occasions import Placeholder as P
from huying.texts.rules.starter import Wording

_MOST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Happened:
    """What is told: about which case, and what the text may name. ``terms`` are Chinese terms to be translated.

    ``path`` is the page it leads to where that is neither a case's nor a receipt's.
    """

    district: int
    occasion: Occasion
    case_id: int | None = None
    title: str = ""
    area: str = ""
    body_id: int | None = None
    due_at: datetime | None = None
    receipt: str = ""
    words: str = ""
    who: str = ""
    count: int = 0
    terms: Mapping[P, str] = field(default_factory=dict)
    path: str = ""


def worded(told: Happened, language: str, link: str, now: datetime) -> tuple[str, str]:
    """Title and text in a language; without a link the text ends before it."""
    return filled_with(notice_wording(told.district, told.occasion, language), told, language, link, now)


def filled_with(
    wording: Wording, told: Happened, language: str, link: str, now: datetime, *, lines: bool = False
) -> tuple[str, str]:
    """Title and text of a wording that need not be in force; on one line unless its ``lines`` are kept."""
    with translation.override(language):
        values = _values(told, link, now)
    text = filled(wording.body, values)
    return filled(wording.title, values)[:_MOST_TITLE], text if lines else " ".join(text.split())


def _values(told: Happened, link: str, now: datetime) -> dict[P, str]:
    names = unit_names(told.district)
    values = {
        P.NUMBER: case_number(told.district, told.case_id) if told.case_id else "",
        P.RECEIPT: shown(told.receipt) if told.receipt else "",
        P.TITLE: short(told.title),
        P.PLACE: area_words(told.district, told.area) if told.area else "",
        P.BODY: names.get(told.body_id or 0, "") or gettext("承办单位"),
        P.DUE: moment_words(told.due_at, now) if told.due_at else gettext("规定时限"),
        P.WHO: told.who,
        P.WORDS: told.words,
        P.COUNT: str(told.count),
        P.DISTRICT: area_path(told.district, str(told.district))[0],
        P.LINK: link,
    }
    return values | {name: gettext(term) for name, term in told.terms.items()}


def moment_words(at: datetime, now: datetime) -> str:
    """A moment as people say it, in the district's zone and the language in force; with the year if another one."""
    zone = ZoneInfo(settings.TIME_ZONE)
    local, this = at.astimezone(zone), now.astimezone(zone)
    if translation.get_language() == "en":
        return f"{local:%d %b %H:%M}" if local.year == this.year else f"{local:%d %b %Y %H:%M}"
    day = f"{local.month}月{local.day}日 {local:%H:%M}"
    return day if local.year == this.year else f"{local.year}年{day}"
