"""Facilities in words for a page: whether they are open, how far they are, what they have."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.geo.datums import Datum, convert
from huying.services.queries import FacilityInfo, NearFacility
from huying.services.rules.hours import Span, Standing, Week
from huying.services.rules.kinds import AskState, Measure
from huying.web.components import Chip, Tone

WEEKDAYS: Final = tuple(
    gettext_noop(name) for name in ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
)
_KILOMETRE: Final = 1000
_ASK_TONES: Final = {AskState.ASKED: Tone.ACCENT, AskState.ARRANGED: Tone.ACCENT, AskState.DONE: Tone.DONE}


def open_chip(one: Standing, now: datetime) -> Chip:
    """Open, closed, or nobody knows; and until when."""
    if one.open is None:
        return Chip(_("开放时间不详"))
    if one.open:
        if one.until is None:
            return Chip(_("全天开放"), Tone.ACCENT)
        return Chip(_("开放中，%(when)s关") % {"when": _when(one.until, now)}, Tone.ACCENT)
    if one.until is None:
        return Chip(_("暂不开放"))
    return Chip(_("现在关着，%(when)s开") % {"when": _when(one.until, now)})


def _when(at: datetime, now: datetime) -> str:
    """A moment to come, as short as it is clear: 17:30, 明天 09:00, 周一 09:00, 3月9日 09:00."""
    local, today = timezone.localtime(at), timezone.localdate(now)
    clock, days = f"{local:%H:%M}", (local.date() - today).days
    if days == 1 and clock == "00:00":
        return _("今晚 24:00 ")
    if days <= 0:
        return f"{clock} "
    if days == 1:
        return _("明天 %(clock)s ") % {"clock": clock}
    if days < 7:
        return f"{_(WEEKDAYS[local.weekday()])} {clock} "
    return f"{day_words(local.date())} {clock} "


def day_words(day: date) -> str:
    """3月9日."""
    return date_format(day, _("n月j日"))


def spans_words(spans: Sequence[Span]) -> str:
    """The times of one day as they are read."""
    if not spans:
        return _("休息")
    if tuple(spans) == ((0, 1440),):
        return _("全天")
    return " ".join(f"{_clock(since)}–{_clock(until)}" for since, until in spans)


def week_rows(week: Week | None) -> list[tuple[str, str]]:
    """(day, times) of each weekday and of holidays where they are said."""
    if week is None:
        return []
    rows = [(_(WEEKDAYS[day]), spans_words(spans)) for day, spans in enumerate(week.days)]
    if len(set(week.days)) == 1:
        rows = [(_("每天"), spans_words(week.days[0]))]
    if week.holiday is not None:
        rows.append((_("法定节假日"), spans_words(week.holiday)))
    return rows


def way_words(one: NearFacility) -> str:
    """步行约 6 分钟（420 米）, or that the line is a straight one."""
    told = {"minutes": one.minutes, "metres": metres_words(one.metres)}
    if one.measure is Measure.WALK:
        return _("步行约 %(minutes)s 分钟（%(metres)s）") % told
    return _("直线 %(metres)s，步行大约 %(minutes)s 分钟") % told


def metres_words(metres: float) -> str:
    """To ten metres, from a kilometre on to a tenth of it."""
    if metres < _KILOMETRE:
        return _("%(n)d 米") % {"n": max(10, round(metres, -1))}
    return _("%(n)s 公里") % {"n": f"{metres / _KILOMETRE:.1f}"}


def amenity_words(row: FacilityInfo) -> list[str]:
    return [_(one.zh) for one in row.amenities]


def phone_link(row: FacilityInfo) -> str:
    """What a phone dials: the digits of the first number."""
    first = row.phone.replace("、", " ").replace("，", " ").split(" ")[0]
    return "".join(sign for sign in first if sign.isdigit() or sign == "+")


def route_links(row: FacilityInfo) -> tuple[str, str]:
    """(for the phone's own map, for a map on the web): nobody is asked until a resident taps it; "" for none.

    ``geo:`` is RFC 5870, in WGS-84, from which CGCS2000 differs by less than a metre.
    """
    name = quote(row.name)
    own = f"geo:{row.lat:.6f},{row.lon:.6f}?q={row.lat:.6f},{row.lon:.6f}({name})"
    pattern: str = settings.HUYING_ROUTE_LINK
    if not pattern:
        return own, ""
    lon, lat = convert(row.lon, row.lat, Datum.CGCS2000, Datum(settings.HUYING_ROUTE_LINK_DATUM))
    asked = pattern.replace("{lon}", f"{lon:.6f}").replace("{lat}", f"{lat:.6f}").replace("{name}", name)
    return own, asked


def ask_chip(state: AskState) -> Chip:
    return Chip(_(state.zh), _ASK_TONES.get(state, Tone.PLAIN), state.value)


def moment_words(at: datetime) -> str:
    """周三 3月4日 09:00."""
    local = timezone.localtime(at)
    return f"{_(WEEKDAYS[local.weekday()])} {day_words(local.date())} {local:%H:%M}"


def _clock(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    told = f"{hours % 24 if hours > 24 else hours:02d}:{rest:02d}"
    return _("次日 %(clock)s") % {"clock": told} if minutes > 1440 else told


def soon(now: datetime, days: int) -> date:
    """The day so many days from now."""
    return timezone.localdate(now) + timedelta(days=days)
