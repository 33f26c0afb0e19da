"""How a visit stands, in words for a page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.places.queries import area_words
from huying.visits.queries import VisitLine
from huying.visits.rules.kinds import Slot, VisitReason
from huying.web.components import Chip, MapPoint, MapView, Tone
from huying.web.residents.words import TONES, who_of


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of a list. ``who`` is masked."""

    row: VisitLine
    name: str
    who: str
    where: str
    grid: str
    level: Chip | None
    state: Chip
    notes: list[Chip]


def line_of(actor: Actor, row: VisitLine, now: datetime) -> Line:
    """A visit in words."""
    person = row.person
    level = Chip(_(person.level.zh), TONES[person.level]) if person and person.level else None
    notes = [Chip(_(row.reason.zh), Tone.AMBER)] if row.reason is not VisitReason.STANDARD else []
    if row.slot is not Slot.ANY:
        notes.append(Chip(_(row.slot.zh)))
    return Line(
        row,
        person.name if person else _("已删除"),
        who_of(person) if person else "",
        person.where if person else "",
        area_words(actor.district, row.area),
        level,
        state_of(row, now),
        notes,
    )


def state_of(row: VisitLine, now: datetime) -> Chip:
    """Done, late, or still to come."""
    if row.done_at is not None:
        return Chip(_("已走访"), Tone.DONE)
    if row.due_at <= now:
        return Chip(_("逾期未走访"), Tone.RED)
    return Chip(_("待走访"), Tone.ACCENT)


def map_of(lines: list[Line]) -> MapView:
    """The day's way: the stops with their number, the list's equal."""
    points = [
        MapPoint(
            line.row.person.lon, line.row.person.lat, f"{line.row.place or ''} {line.where.rsplit(' ', 1)[0]}".strip(),
            "", Tone.DONE if line.row.done_at else Tone.ACCENT, line.state.text,
        )
        for line in lines
        if line.row.person is not None and line.row.person.lon is not None and line.row.person.lat is not None
    ]  # fmt: skip
    middle = (points[0].lon, points[0].lat) if points else None
    return MapView("round", _("今天的路线"), {}, points, middle, 14.0)
