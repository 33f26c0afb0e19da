"""Where a number of the screen opens: the list that holds exactly its cases."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from huying.figures.rules.measures import Measure
from huying.loop.supervise.queries import Scope
from huying.loop.supervise.rules.cuts import Cut

#: Stands for the row of what lies in the scope but in none of its parts.
NOWHERE: Final = "nowhere"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The lists of one scope."""

    scope: Scope

    @property
    def part(self) -> str:
        """The area as lists are asked for it: "" for the whole district."""
        return self.scope.area if len(self.scope.area) > 6 else ""

    def open(self, area: str = "", **more: str) -> str:
        """Open cases, of an area within the scope or of all of it."""
        area, only = self._within(area)
        more |= only
        body = str(self.scope.body_id) if self.scope.body_id is not None else ""
        return _query("case:index", area=area, body=more.pop("body", body), **more)

    def late(self, area: str = "", body: str = "") -> str:
        """Late cases, longest late first."""
        area, only = self._within(area)
        return _query("oversight:index", area=area, body=body, **only) + "#late"

    def bodies(self) -> str:
        """How all bodies of the scope stand."""
        return _query("oversight:index", by=Cut.BODY.value, area=self.part)

    def duty(self) -> str:
        """Everybody on duty in the scope."""
        return _query("duty:now", area=self.scope.area)

    def _within(self, area: str) -> tuple[str, dict[str, str]]:
        """The area asked for; of ``NOWHERE`` the scope's own code, without its parts."""
        return (self.scope.area, {"only": "1"}) if area == NOWHERE else (area or self.part, {})

    def counted(self, measure: Measure, by: Cut = Cut.ALL, key: str = "") -> str:
        """What was counted today in one cell of a board."""
        cut = {} if by is Cut.ALL else {"by": by.value, "key": key}
        return _query("command:counted", measure=measure.value, area=self.part, **cut)

    def judged(self, code: str, on: date) -> str:
        """What an indicator of one day was reckoned from."""
        day = on.isoformat()
        return _query(
            "figures:behind", span="days", since=day, until=day, area=self.part, by=Cut.ALL.value, code=code
        )

    def day(self, on: date) -> str:
        """The board of figures of one day."""
        return _query(
            "figures:index", span="days", since=on.isoformat(), until=on.isoformat(), area=self.part
        )

    def screen(self, area: str) -> str:
        """This screen for one area."""
        return _query("command:index", area=area if len(area) > 6 else "")


def _query(route: str, **asked: str) -> str:
    # A key may be empty and still be asked for: what lies nowhere yet.
    kept = {name: value for name, value in asked.items() if value or name == "key"}
    return f"{reverse(route)}?{urlencode(kept)}" if kept else reverse(route)
