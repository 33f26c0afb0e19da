"""What will happen: the same calls and stories as the demonstration's history, from a moment on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.catalogue.rules.starter import starter
from huying.simulate.days import Calls, Rhythm
from huying.simulate.folk import Bearing, Body, bearings, bodies
from huying.simulate.land import Land, Size, district
from huying.simulate.speech import matter_of
from huying.simulate.stories import Life, Setting, lives
from huying.worktime import mainland

ZONE: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Script:
    """The lives that begin between two moments of the story, and the district in which they are lived.

    ``run`` keeps one run's words and keys apart from another's of the same district.
    """

    land: Land
    units: tuple[Body, ...]
    borne: tuple[Bearing, ...]
    begin: datetime
    end: datetime
    seed: int
    run: int
    cases: int

    def lives(self) -> Iterator[Life]:
        """Every matter of the days, in the order in which they begin; what comes after the end does not happen."""
        setting = Setting(self.land.code, self.units, self.borne, mainland())
        days = (self.end - self.begin).days
        rhythm = Rhythm(self.run, self.begin, days, self.cases, ZONE)
        matters = [matter_of(self.seed, line) for line in starter().items]
        return lives(self.run, Calls(self.run, self.land, matters, rhythm).by_matter(), setting, self.end)


def script(seed: int, streets: int, begin: datetime, days: int, cases: int, run: int = 0) -> Script:
    """The days from ``begin`` on in the demonstration district of this seed, with about ``cases`` matters."""
    land = district(seed, Size(streets=streets))
    units = bodies(seed, land)
    start = begin.astimezone(ZONE).replace(minute=0, second=0, microsecond=0)
    borne = bearings(seed, land, units)
    return Script(
        land, tuple(units), tuple(borne), start, start + timedelta(days=days), seed, run or seed + 500, cases
    )
