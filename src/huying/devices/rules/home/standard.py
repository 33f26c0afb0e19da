"""What a street sets for the homes of those who live alone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.terms import Term


class Level(Term):
    """What is done about a silence, one after the other."""

    REMIND = "remind", "提醒问候"
    CALL = "call", "电话联系"
    VISIT = "visit", "上门查看"


@dataclass(frozen=True, slots=True)
class Rung:
    """``level`` begins so long after the silence became unusual, if nothing was heard since."""

    level: Level
    after: timedelta


@dataclass(frozen=True, slots=True)
class Standard:
    """``promise``: false alarms a month a person at most.

    ``first``: how long a silence may last while nothing is known of the person, in hours of the day; an hour between
    ``night_from`` and ``night_until`` counts ``night_weight`` of one. It fades within ``fade_days``. ``longest``: at
    home, whatever the habits. ``out``: so long nobody asks where somebody who went out is. ``alive_within``: so long
    a device may be without signal.
    """

    promise: float = 1.0
    first: timedelta = timedelta(hours=12)
    night_from: int = 22
    night_until: int = 7
    night_weight: float = 0.25
    fade_days: int = 7
    longest: timedelta = timedelta(hours=16)
    out: timedelta = timedelta(hours=24)
    alive_within: timedelta = timedelta(hours=2)
    rungs: tuple[Rung, ...] = (
        Rung(Level.REMIND, timedelta()),
        Rung(Level.CALL, timedelta(minutes=30)),
        Rung(Level.VISIT, timedelta(hours=1)),
    )

    def __post_init__(self) -> None:
        """Raises Invalid."""
        spans = (self.first, self.longest, self.out, self.alive_within)
        if self.promise <= 0 or self.fade_days < 1 or any(span <= timedelta() for span in spans):
            raise Invalid("每月误报数、天数和时长都要大于零。")
        if not 0 <= self.night_weight <= 1:
            raise Invalid("夜间一小时最多算一小时，最少算零。")
        if not self.rungs or [rung.after for rung in self.rungs] != sorted(r.after for r in self.rungs):
            raise Invalid("提醒、电话、上门的时间要一级比一级晚。")

    def weight(self, hour: int) -> float:
        """What an hour of the clock counts of ``first``."""
        night = (
            self.night_from <= hour < self.night_until
            if self.night_from <= self.night_until
            else hour >= self.night_from or hour < self.night_until
        )
        return self.night_weight if night else 1.0


USUAL: Final = Standard()
