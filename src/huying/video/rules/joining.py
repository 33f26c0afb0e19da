"""Whether an alarm is another one, or the one that is known already: by camera, kind and time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from huying.video.rules.kinds import AlarmFollow


class Joining(Enum):
    """``QUIET``: counted and no more. ``TOLD``: counted, and its case or card is told. ``NEW``: another one."""

    QUIET = 1
    TOLD = 2
    NEW = 3


@dataclass(frozen=True, slots=True)
class Past:
    """The last alarm of the camera and kind. ``heard``: when it was heard last, ``told``: when its case was told last.

    ``going``: its case or card is open still. ``false_at``: when it was found false, None where it was not.
    """

    follow: AlarmFollow
    heard: datetime
    told: datetime
    going: bool = False
    false_at: datetime | None = None


def joining(last: Past | None, follow: AlarmFollow, window: int, now: datetime) -> Joining:
    """What an alarm that comes now is to the last one. ``window`` in minutes.

    What is worked on takes further alarms however long it lasts, told once a window. What is over takes those of its
    window, but for an emergency: after it was stood down the next is another, unless somebody found it false.
    """
    if last is None or last.follow is not follow:
        return Joining.NEW
    span = timedelta(minutes=window)
    if last.false_at is not None and now - last.false_at < span:
        return Joining.QUIET
    if last.going:
        return Joining.TOLD if now - last.told >= span else Joining.QUIET
    if last.follow is AlarmFollow.EMERGENCY:
        return Joining.NEW
    return Joining.QUIET if now - last.heard < span else Joining.NEW
