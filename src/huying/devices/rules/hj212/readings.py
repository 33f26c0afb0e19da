"""Uploaded values: what was measured, when by the district's clock, and how far it may be relied on."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from huying.devices.rules.hj212.commands import Interval
from huying.devices.rules.hj212.factors import Factor, factor_of
from huying.devices.rules.hj212.flags import Trust, worth
from huying.devices.rules.hj212.segments import Segment
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_TIME: Final = re.compile(r"[0-9]{14}(?:[0-9]{3})?", re.ASCII)
_KNOWN: Final = ("Rtd", "Avg", "Min", "Max", "Cou")


@dataclass(frozen=True, slots=True)
class Reading:
    """One factor's value. ``code`` as sent, ``factor`` what it is, None where unknown.

    ``value`` is Rtd in real-time data and Avg in all else, in the factor's unit, None when it is missing or no number.
    ``numbers`` holds all that were told of it: Rtd, Avg, Min, Max, Cou (the sum over the span).
    """

    code: str
    factor: Factor | None
    value: float | None
    numbers: dict[str, float]
    flag: str | None
    trust: Trust


@dataclass(frozen=True, slots=True)
class Upload:
    """What one message brought: ``at`` is DataTime with its zone, the beginning of the span for all but real time."""

    device: str
    interval: Interval
    at: datetime
    readings: tuple[Reading, ...]


def moment(text: str, zone: tzinfo) -> datetime:
    """A time of the protocol, YYYYMMDDhhmmss with or without milliseconds, on the clocks of ``zone``.

    Raises Invalid when it is no such time.
    """
    if not _TIME.fullmatch(text):
        raise Invalid(said("时间应当是 14 位或 17 位数字，不是“%(text)s”。", text=text[:20]))
    try:
        whole = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=zone)
    except ValueError as error:
        raise Invalid(said("没有“%(text)s”这个时间。", text=text)) from error
    return whole.replace(microsecond=1000 * int(text[14:] or 0))


def uploads_of(segment: Segment, zone: tzinfo) -> list[Upload]:
    """The values of a whole message, one upload for each DataTime, for past data may hold several.

    None for a message that brings no values: a request for the same data has no DataTime. Raises Invalid when a time
    is none. What is wrong with one value is said of that value and spoils no other.
    """
    if segment.command not in set(Interval):
        return []
    interval = Interval(segment.command)
    spans: dict[str, dict[str, dict[str, str]]] = {}
    told = ""
    for group in segment.groups:
        told = group.get("DataTime", told)
        for name, value in group.items():
            code, dash, part = name.partition("-")
            if dash and told:
                spans.setdefault(told, {}).setdefault(code, {})[part] = value
    return [
        Upload(
            segment.device,
            interval,
            moment(at, zone),
            tuple(_reading(*each, interval) for each in values.items()),
        )
        for at, values in spans.items()
    ]


def _reading(code: str, told: dict[str, str], interval: Interval) -> Reading:
    numbers = {part: number for part in _KNOWN if (number := _number(told.get(part))) is not None}
    value = numbers.get("Rtd" if interval is Interval.REAL_TIME else "Avg")
    factor, flag = factor_of(code), told.get("Flag")
    return Reading(code, factor, value, numbers, flag, _trust(factor, value, flag))


def _trust(factor: Factor | None, value: float | None, flag: str | None) -> Trust:
    if value is None or (factor is not None and not factor.possible(value)):
        return Trust.NONE
    return worth(flag)


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None
