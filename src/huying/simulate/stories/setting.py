"""Who is there to act: the units of a district, what they bear where, and how well they work."""

from collections.abc import Sequence

from huying.simulate.folk import Bearing, Body
from huying.worktime import Calendar


class Setting:
    """A district's units, asked by key and by duty and place."""

    def __init__(
        self, code: str, units: Sequence[Body], bearings: Sequence[Bearing], calendar: Calendar
    ) -> None:
        self.code, self.calendar = code, calendar
        self.units = {unit.key: unit for unit in units}
        self._bearers = {(line.duty, line.area): line.body for line in bearings}
        self._departments = [unit for unit in units if unit.kind in ("department", "utility")]

    def bearer(self, duty: str, area: str) -> Body:
        """The unit that bears a duty where the area is; the longest prefix wins, the street is the last resort."""
        for wanted in (duty, "street"):
            for size in (12, 9, 6):
                key = self._bearers.get((wanted, area[:size]))
                if key is not None:
                    return self.units[key]
        return self.units["centre"]

    def station(self, area: str) -> Body:
        """The community's own station."""
        return self.units[f"station-{area[:12]}"]

    def another(self, number: int, than: Body) -> Body:
        """A department or utility to which the case might wrongly be sent."""
        others = [unit for unit in self._departments if unit.key != than.key]
        return others[number % len(others)]
