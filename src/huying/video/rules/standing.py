"""What follows from each kind of alarm, as the platform brings it along; a district writes its own over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from huying.video.rules.kinds import AlarmFollow, AlarmKind

_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A rule as it holds. ``version`` 0: brought along.

    ``window``: minutes within which alarms of one camera and kind are one. ``least``: below this percentage, where a
    camera says how sure it is, an alarm is only recorded. ``keep_days``: how long pictures are kept. ``words``: how
    makers call this kind. ``emergency``: which card it opens, ``item``: under which item its case stands, "" where the
    centre decides.
    """

    kind: AlarmKind
    version: int = 0
    follow: AlarmFollow = AlarmFollow.RECORD
    emergency: str = ""
    item: str = ""
    urgency: int = 0
    window: int = 10
    least: int = 0
    keep_days: int = 30
    words: tuple[str, ...] = ()

    def follows(self, score: int | None) -> AlarmFollow:
        """What follows from an alarm of which the camera is so sure."""
        return AlarmFollow.RECORD if score is not None and score < self.least else self.follow


def _appeal(kind: AlarmKind, urgency: int = 0, window: int = 60) -> Standing:
    return Standing(kind=kind, follow=AlarmFollow.APPEAL, urgency=urgency, window=window)


_BROUGHT: Final = (
    Standing(kind=AlarmKind.FIRE, follow=AlarmFollow.EMERGENCY, emergency="fire", urgency=3, window=5),
    Standing(kind=AlarmKind.FALL, follow=AlarmFollow.EMERGENCY, emergency="illness", urgency=3, window=5),
    _appeal(AlarmKind.WATER, 2, 30),
    _appeal(AlarmKind.THROWN, 2, 10),
    _appeal(AlarmKind.GATHERING, 1, 30),
    _appeal(AlarmKind.INTRUSION, 1, 30),
    _appeal(AlarmKind.MANUAL, 2, 10),
    _appeal(AlarmKind.LEFT),
    _appeal(AlarmKind.PARKING),
    _appeal(AlarmKind.VENDING),
    _appeal(AlarmKind.RUBBISH),
    _appeal(AlarmKind.EBIKE, 1),
    _appeal(AlarmKind.OTHER),
    _appeal(AlarmKind.BLIND, 0, _DAY),
    _appeal(AlarmKind.FAULT, 0, _DAY),
)
#: Of every kind; those not named above are only recorded.
STANDARD: Final[Mapping[AlarmKind, Standing]] = {
    **{kind: Standing(kind=kind) for kind in AlarmKind},
    **{one.kind: one for one in _BROUGHT},
}
