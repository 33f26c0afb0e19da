"""What a muster is, what of it cannot be kept, and how it stands at a moment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.kernel.saying import said
from huying.volunteers.rules.kinds import Phase, VolunteerKind

MOST: Final = 2000
_LONGEST: Final = timedelta(days=3)
_AHEAD: Final = timedelta(days=180)
_METRES: Final = (50, 2000)
_LEVELS: Final = (15, 12, 9, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMuster:
    """As typed. ``areas``: codes of streets, communities or grids that are called. ``skills``: any of them
    is enough; ``only``: one kind of volunteers alone. ``lon``, ``lat``: where people meet (CGCS2000); ``check_metres``:
    within how many metres of it one checks in; ``near``: only people who start within so many metres, 0 for all."""

    title: str
    areas: Sequence[str]
    quota: int
    starts_at: datetime
    ends_at: datetime
    words: str = ""
    skills: Sequence[str] = ()
    only: VolunteerKind | None = None
    place_text: str = ""
    lon: float | None = None
    lat: float | None = None
    check_metres: int = 300
    near: int = 0
    case_id: int | None = None
    project_id: int | None = None


def wrong_in(new: NewMuster, known: Collection[str], now: datetime) -> Mapping[str, str]:
    """What cannot be kept, by field; ``known`` are the codes of skills."""
    wrong = _wrong_words(new, known) | _wrong_times(new, now)
    if not 1 <= new.quota <= MOST:
        wrong["quota"] = said("请填需要几个人，1 到 %(most)s。", most=MOST)
    if (new.lon is None) != (new.lat is None):
        wrong["lon"] = said("经度、纬度要一起填。")
    if not _METRES[0] <= new.check_metres <= _METRES[1]:
        wrong["check_metres"] = said("请填 %(least)s 到 %(most)s 米。", least=_METRES[0], most=_METRES[1])
    if new.near and (new.lon is None or not 100 <= new.near <= 50_000):
        wrong["near"] = said("只叫附近的人，要先给出集合地点的位置，范围 100 到 50000 米。")
    return wrong


def common_area(areas: Sequence[str]) -> str:
    """The finest area that holds all of these codes."""
    first = min(areas)
    last = max(areas)
    for digits in _LEVELS:
        if len(first) >= digits and last[:digits] == first[:digits] and len(last) >= digits:
            return first[:digits]
    return first[:6]


def phase(
    now: datetime,
    starts_at: datetime,
    ends_at: datetime,
    *,
    taken: int,
    quota: int,
    closed: bool,
    cancelled: bool,
) -> Phase:
    """How it stands."""
    if cancelled:
        return Phase.CANCELLED
    if closed:
        return Phase.CLOSED
    if now >= ends_at:
        return Phase.OVER
    if now >= starts_at:
        return Phase.RUNNING
    return Phase.FULL if taken >= quota else Phase.GATHERING


def most_waiting(quota: int) -> int:
    """How many may wait for a place: as many again, ten at least."""
    return max(10, quota)


def _wrong_words(new: NewMuster, known: Collection[str]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 0 < len(new.title.strip()) <= 40:
        wrong["title"] = said("请写要做什么，最多 40 字。")
    if len(new.words) > 1000:
        wrong["words"] = said("说明最多 1000 字。")
    if not new.areas:
        wrong["areas"] = said("请选叫哪里的人。")
    if missing := next((code for code in new.skills if code not in known), ""):
        wrong["skills"] = said("没有这项技能：%(code)s。", code=missing)
    return wrong


def _wrong_times(new: NewMuster, now: datetime) -> dict[str, str]:
    if new.ends_at <= new.starts_at or new.ends_at - new.starts_at > _LONGEST:
        return {"ends_at": said("结束要晚于开始，最长三天；更长的请分几次召集。")}
    if new.ends_at <= now:
        return {"ends_at": said("结束时间已经过了。")}
    return {"starts_at": said("最多提前半年召集。")} if new.starts_at - now > _AHEAD else {}
