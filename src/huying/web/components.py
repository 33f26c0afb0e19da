"""What the parts of a page are given: plain values, no models, words already chosen.

Views turn what the queries answer into these; ``templatetags.look`` draws them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.web.remembering import per_language


class Tone(StrEnum):
    """How a mark looks. The warning tones are for clocks and warnings alone."""

    GREEN = "green"  # 绿：时间充裕、已完成
    AMBER = "amber"  # 黄：临近时限
    RED = "red"  # 红：已超时、紧急
    PAUSED = "paused"  # 暂停计时
    DONE = "done"  # 已停表
    ACCENT = "accent"  # 正在进行
    PLAIN = "plain"  # 没有特别含义


LAMP_WORDS: Mapping[Tone, str] = {
    Tone.GREEN: gettext_noop("时限内"),
    Tone.AMBER: gettext_noop("快到时限"),
    Tone.RED: gettext_noop("已超时"),
    Tone.PAUSED: gettext_noop("暂停计时"),
    Tone.DONE: gettext_noop("已完成"),
}


@dataclass(frozen=True, slots=True)
class Lamp:
    """One clock as a person sees it.

    ``kind`` is the clock's name (签收、办结…); ``due_at`` is aware; ``explanation`` are the lines that
    say how the due time was reached.
    """

    tone: Tone
    kind: str
    due_at: datetime | None
    left: str = ""
    explanation: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """A state or a kind in a word, with its tone."""

    text: str
    tone: Tone = Tone.PLAIN
    value: str = ""


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One line of a case's track, newest first like a parcel's.

    ``by`` is who did it as the reader may know them. ``lines`` are further facts as (label, text).
    """

    at: datetime | None
    title: str
    text: str = ""
    by: str = ""
    tone: Tone = Tone.PLAIN
    lines: Sequence[tuple[str, str]] = ()
    photos: Sequence["Photo"] = ()
    current: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture by address; ``alt`` says what it shows."""

    src: str
    alt: str
    thumb: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure that opens to its list. ``change`` is already in words (较昨日 +3)."""

    label: str
    value: str
    href: str
    unit: str = ""
    change: str = ""
    tone: Tone = Tone.PLAIN
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A series of a chart: its name and one number (or None) per category."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars or lines; drawn as a table first, so that nothing is lost without scripts.

    ``links`` holds an address per category where the number opens to its cases.
    """

    key: str
    title: str
    kind: str
    categories: Sequence[str]
    series: Sequence[Column]
    unit: str = ""
    axis: str = ""
    links: Sequence[str] = ()

    @property
    def rows(self) -> list[tuple[str, str, list[float | None]]]:
        """(category, address or "", values by series) for the table."""
        links = list(self.links) or [""] * len(self.categories)
        return [
            (name, link, [column.values[index] for column in self.series])
            for index, (name, link) in enumerate(zip(self.categories, links, strict=True))
        ]

    @property
    def data(self) -> dict[str, Any]:
        """What the script reads."""
        return {
            "kind": self.kind,
            "unit": self.unit,
            "categories": list(self.categories),
            "series": [{"name": s.name, "values": list(s.values)} for s in self.series],
            "links": list(self.links),
        }


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of a map and a line of the list that equals it. ``mark`` "duty": somebody on duty, drawn as a square;
    "area": an area itself, named from afar."""

    lon: float
    lat: float
    label: str
    href: str = ""
    tone: Tone = Tone.ACCENT
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class MapView:
    """A map without tiles: sources are addresses of our own GeoJSON (areas, grids, roads)."""

    key: str
    title: str
    sources: Mapping[str, str] = field(default_factory=dict)
    points: Sequence[MapPoint] = ()
    centre: tuple[float, float] | None = None
    zoom: float = 13.0
    # The source whose outlines fill the frame; centre and zoom hold until it is there.
    fit: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What the script reads; coordinates are WGS-84 longitude and latitude in degrees."""
        return {
            "sources": dict(self.sources),
            "centre": list(self.centre) if self.centre else None,
            "zoom": self.zoom,
            "fit": self.fit,
            "points": [
                {"lon": p.lon, "lat": p.lat, "label": p.label, "href": p.href, "tone": p.tone.value}
                | ({"mark": p.mark} if p.mark else {})
                for p in self.points
            ],
        }


@dataclass(frozen=True, slots=True)
class Pager:
    """A list read by cursor: addresses of the first page (``previous``) and of the next, "" where there is none."""

    previous: str = ""
    next: str = ""
    shown: int = 0
    total: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter and how many it would show (None: not counted).

    ``most``: where counting ended, so that there may be more.
    """

    value: str
    text: str
    chosen: bool = False
    count: int | None = None
    most: int | None = None

    @property
    def counted(self) -> str:
        """How many, in words."""
        ended = self.count is not None and self.most is not None and self.count >= self.most
        return _("%(n)d 以上") % {"n": self.most} if ended else str(self.count)


@dataclass(frozen=True, slots=True)
class Filter:
    """One question a list can be asked; ``kind`` is "choice", "search" or "date"."""

    name: str
    label: str
    kind: str = "choice"
    choices: Sequence[Choice] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the keyboard help; with ``needs``, a selector, only while such a thing is on the page."""

    keys: str
    does: str
    needs: str = ""


def span_words(span: timedelta) -> str:
    """A positive duration in its two largest units (2 天 3 小时, 45 分钟); under a minute 不到 1 分钟."""
    return _span_words(int(span.total_seconds()) // 60)


@per_language
def _span_words(minutes: int) -> str:
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return _("%(days)d 天 %(hours)d 小时") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d 分钟") % {"minutes": minutes} if minutes else _("不到 1 分钟")


def left_words(due_at: datetime, now: datetime) -> str:
    """还剩 … or 超时 …, both times aware."""
    return _left_words(int(abs(due_at - now).total_seconds()) // 60, now > due_at)


@per_language
def _left_words(minutes: int, late: bool) -> str:
    span = {"span": _span_words(minutes)}
    return _("超时 %(span)s") % span if late else _("还剩 %(span)s") % span
