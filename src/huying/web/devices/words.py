"""How a device stands, in words for a page."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huying.devices.queries import DeviceInfo
from huying.devices.queries.register import LOW_BATTERY
from huying.devices.rules.words import factor_name, number
from huying.kernel.saying import worded
from huying.people.queries import unit_names
from huying.places.queries import area_words
from huying.web.components import Chip, Tone

LastValue = tuple[str, datetime, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One device of a list: ``said`` are its newest values."""

    row: DeviceInfo
    where: str
    owner: str
    state: Chip
    low: bool
    said: str


def line_of(row: DeviceInfo, lasts: list[LastValue], owners: dict[int, str], where: str) -> Line:
    """A row in words."""
    low = row.battery is not None and row.battery <= LOW_BATTERY
    return Line(row, where, owners.get(row.body_id or 0, ""), state_of(row), low, said(lasts))


def lines_of(district: int, rows: list[DeviceInfo], lasts: dict[int, list[LastValue]]) -> list[Line]:
    """Rows in words."""
    owners = unit_names(district)
    return [line_of(row, lasts.get(row.id, []), owners, area_words(district, row.area)) for row in rows]


def state_of(row: DeviceInfo) -> Chip:
    """Retired, lost, heard, or never heard yet."""
    if row.retired_at is not None:
        return Chip(_("已停用"))
    if row.silent_at is not None:
        return Chip(_("失联"), Tone.AMBER)
    return Chip(_("在线"), Tone.ACCENT) if row.heard_at is not None else Chip(_("还没联系过"))


def said(lasts: list[LastValue]) -> str:
    """The newest values in one line."""
    return "，".join(f"{factor(code)} {number(value)}" for code, _at, value in lasts)


def factor(code: str) -> str:
    """A factor as people call it."""
    return worded(factor_name(code), _) if code else ""
