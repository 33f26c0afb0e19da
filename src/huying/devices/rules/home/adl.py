"""Days of a home as the UCI data set "Activities of Daily Living Recognition Using Binary Sensors" writes them.

Ordóñez, de Toledo and Sanchis, Sensors 13 (2013) 5460–5477: a line for each time a sensor was on, with start, end,
location, type and place, in columns of tabs or spaces.
"""

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Final

from huying.devices.rules.home.events import Event, Sign
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

# The file names no zone; the hours of its own clock are meant.
_ZONE: Final = timezone(timedelta(hours=8))
#: What goes off by itself: its end is no sign of the person.
_BY_ITSELF: Final = frozenset({"Flush", "Electric"})


def read_adl(path: Path) -> list[Event]:
    """All signs of the file, two for most lines: of a bed lying down and getting up, of a cupboard open and shut.

    Raises Invalid, with the line.
    """
    found: list[Event] = []
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        words = line.split()
        if not words or not words[0][0].isdigit():
            continue
        if len(words) < 7:
            raise Invalid(said("第 %(number)s 行缺列。", number=number))
        try:
            start, end = (datetime.fromisoformat(" ".join(words[n : n + 2])) for n in (0, 2))
        except ValueError as error:
            raise Invalid(said("第 %(number)s 行的时间读不懂。", number=number)) from error
        location, kind, place = " ".join(words[4:-2]), words[-2], words[-1]
        first, last = _signs(location, kind)
        found.append(Event(start.replace(tzinfo=_ZONE), first, place))
        if last is not None and end > start:
            found.append(Event(end.replace(tzinfo=_ZONE), last, place))
    if not found:
        raise Invalid("文件里没有一行传感器记录。")
    return found


def _signs(location: str, kind: str) -> tuple[Sign, Sign | None]:
    if kind == "Pressure":
        return Sign.DOWN, Sign.UP
    if location.lower() == "maindoor":
        return Sign.DOOR, Sign.DOOR
    if kind in _BY_ITSELF:
        return Sign.USE, None
    return (Sign.MOTION, Sign.MOTION) if kind == "PIR" else (Sign.USE, Sign.USE)
