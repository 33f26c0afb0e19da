"""A video alarm in words for a page, with addresses of its pictures: its own page, the case, the card."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.places.queries import area_words
from huying.video.queries import AlarmInfo, alarms_of_case
from huying.video.rules.kinds import AlarmVerdict
from huying.web.components import Chip, Photo, Tone

_VERDICTS = {AlarmVerdict.TRUE: Tone.ACCENT, AlarmVerdict.FALSE: Tone.DONE}


@dataclass(frozen=True, slots=True)
class Line:
    """One alarm of a list. ``thumb``: its first picture, coarse; None where there is none."""

    row: AlarmInfo
    where: str
    verdict: Chip
    thumb: Photo | None


def lines_of(actor: Actor, rows: list[AlarmInfo]) -> list[Line]:
    """Rows in words."""
    return [Line(row, area_words(actor.district, row.area), verdict_of(row), thumb_of(row)) for row in rows]


def of_case(actor: Actor, case_id: int) -> list[Line]:
    """What cameras told of a case, for its page and the card."""
    return lines_of(actor, alarms_of_case(actor, case_id))


def verdict_of(row: AlarmInfo) -> Chip:
    """What somebody found, or that nobody looked yet."""
    if row.verdict is None:
        return Chip(_("还没看过"), Tone.AMBER)
    return Chip(_(row.verdict.zh), _VERDICTS[row.verdict])


def thumb_of(row: AlarmInfo) -> Photo | None:
    """The first picture that is still there, coarse."""
    first = next((one for one in row.snapshots if not one.gone), None)
    return None if first is None else coarse_photo(row, first.id, 1)


def coarse_photo(row: AlarmInfo, picture: int, number: int) -> Photo:
    """A picture as everybody sees it who reads the alarm."""
    alt = _("%(kind)s截图 %(n)d，已打码") % {"kind": _(row.kind.zh), "n": number}
    return Photo(reverse("video:coarse", args=[row.id, picture]), alt)
