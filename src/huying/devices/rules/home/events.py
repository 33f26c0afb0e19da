"""What the sensors of a home tell, whoever made them, and where that shows the person to be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.kernel.terms import Term


class Sign(Term):
    """What a sensor told."""

    MOTION = "motion", "有人走动"
    USE = "use", "开关、使用"
    DOOR = "door", "大门开关"
    DOWN = "down", "躺下、坐下"
    UP = "up", "起身"
    ALIVE = "alive", "设备在线"
    BATTERY = "battery", "电量低"


#: What only the device did, not the person.
OF_THE_DEVICE: Final = frozenset({Sign.ALIVE, Sign.BATTERY})


@dataclass(frozen=True, slots=True, order=True)
class Event:
    """``at``: by the district's clock. ``place``: the room, or for signs of a device its name."""

    at: datetime
    sign: Sign
    place: str


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """Where the person was told of last. ``down``: lies or sits on a sensor that feels it. ``out``: left by the door."""

    place: str
    down: bool = False
    out: bool = False


NOWHERE: Final = Where("")


def in_order(events: Iterable[Event]) -> list[Event]:
    """By time, each once: events come late and doubled, and neither may change what is decided."""
    return sorted(set(events))


def moved(where: Where, event: Event) -> Where:
    """Where the person is after an event. The last one decides: whoever opens the fridge does not lie in bed, even if
    the bed's own sign of it was lost. Only turning over in the same room leaves them lying."""
    match event.sign:
        case Sign.ALIVE | Sign.BATTERY:
            return where
        case Sign.DOOR:
            return Where(event.place, out=True)
        case Sign.DOWN:
            return Where(event.place, down=True)
        case Sign.UP:
            return Where(event.place)
    return where if where.down and where.place == event.place else Where(event.place)
