"""How tours, finds and tasks are told on the pages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.patrol.queries import FindInfo, TourInfo
from huying.places.queries import area_words
from huying.web.components import Chip, Tone

_LATE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class TourLine:
    """One tour of a list. ``marks``: what is to be looked at."""

    row: TourInfo
    where: str
    state: Chip
    kilometres: str
    marks: list[str]


@dataclass(frozen=True, slots=True)
class FindLine:
    """One find of a list. ``marks``: what is to be looked at."""

    row: FindInfo
    where: str
    state: Chip
    marks: list[str]


def tour_line(district: int, row: TourInfo) -> TourLine:
    """A tour in words."""
    marks = []
    if row.at_home is False:
        marks.append(_("不在责任区打卡"))
    if row.at_home is None:
        marks.append(_("没有位置"))
    if row.late > _LATE_SECONDS:
        marks.append(_("%(n)d 分钟后收到") % {"n": row.late // 60})
    if row.off:
        marks.append(_("手机时钟差 %(n)d 分钟，已校正") % {"n": max(1, abs(row.off) // 60)})
    if row.ended_by:
        marks.append(_("%(who)s 代为下岗") % {"who": row.ended_by})
    state = Chip(_("已下岗"), Tone.DONE) if row.ended_at else Chip(_("在岗"), Tone.ACCENT)
    return TourLine(row, area_words(district, row.area), state, f"{row.metres / 1000:.1f}", marks)


def find_line(district: int, row: FindInfo) -> FindLine:
    """A find in words."""
    marks = []
    late = (row.arrived_at - row.found_at).total_seconds()
    if late > _LATE_SECONDS:
        marks.append(_("%(n)d 分钟后收到") % {"n": int(late // 60)})
    if row.off:
        marks.append(_("手机时钟差 %(n)d 分钟，已校正") % {"n": max(1, abs(row.off) // 60)})
    if row.far:
        marks.append(_("照片相距 %(n)d 米") % {"n": int(row.gap or 0)})
    return FindLine(row, area_words(district, row.area), Chip(_(row.state.zh), Tone.ACCENT), marks)
