"""Who a report names: the unit that hands it in, whose matter an item is, whose community a place is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from huying.catalogue.queries import live_edition, live_list
from huying.catalogue.rules import Level
from huying.people.queries import bodies, body_for, unit_names
from huying.people.rules.kinds import BodyKind
from huying.places.queries import area_name

_STREET: Final = 9


class Parties:
    """The names of one area's report, looked up without a query for each."""

    def __init__(self, district: int, area: str, now: datetime) -> None:
        self._district, self._area, self._now = district, area, now
        every = bodies(district, now)
        self._names = unit_names(district)
        kind = BodyKind.STREET if len(area) >= _STREET else BodyKind.CENTRE
        own = [body for body in every if body.kind is kind and body.area == area]
        self.unit = own[0].name if own else area_name(district, area)
        self._communities = {body.area: body.name for body in every if body.kind is BodyKind.COMMUNITY}
        self._items = live_list(district).held.items if live_edition(district) is not None else {}

    def class_names(self) -> Mapping[str, str]:
        """The names of the classes by their two digits."""
        return {code[:2]: line.class_name for code, line in self._items.items()}

    def item_name(self, code: str) -> str:
        line = self._items.get(code)
        return line.name if line else code

    def bearer(self, item: str) -> str:
        """Whose matter an item is: the unit that bears its duty here, below the district's level the street."""
        line = self._items.get(item)
        if line is None:
            return self.unit
        if line.level is not Level.DISTRICT and len(self._area) >= _STREET:
            return self.unit
        found = body_for(self._district, line.duty, self._area, self._now)
        return self._names.get(found or 0, self.unit)

    def community(self, area: str) -> str:
        """The community within whose borders a place lies; "" where none is known."""
        return self._communities.get(area[:12], "")
