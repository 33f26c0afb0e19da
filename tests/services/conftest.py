"""The cast on drawn ground, with facilities where they are wanted, streets to walk along, a centre that serves."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import shapely

from huying.geo.measure import moved
from huying.places.queries import forget
from huying.services.actions import Asked, NewAsk, ask, enter, offer, open_slots, put_roads
from huying.services.models import Ask, Slot
from huying.services.rules.entries import NewFacility
from huying.services.rules.slots import NewService, Pattern
from huying.services.rules.walking import ways_of
from tests.cast import COMMUNITY, DISTRICT, MONDAY, Cast, gather
from tests.photos import jpeg
from tests.teams.conftest import draw

#: In the middle of the first grid.
SPOT = (114.005, 22.005)
OFFICE = "周一至周五 09:00-12:00 14:00-18:00；节假日 休息"
#: 9:00 on the Monday after, and the day of it.
NEXT = MONDAY + timedelta(days=7)
NEXT_DAY = date(2026, 3, 9)


def after(**span: float) -> datetime:
    return MONDAY + timedelta(**span)


def place(**more: Any) -> NewFacility:
    given: dict[str, Any] = {"kind": "toilet", "name": "春风路公厕", "lon": SPOT[0], "lat": SPOT[1]}
    return NewFacility(**(given | more))


@dataclass
class Town:
    """The cast, and facilities by their name."""

    cast: Cast
    ids: dict[str, int] = field(default_factory=dict)

    def stand(self, name: str, east: float = 0.0, north: float = 0.0, **more: Any) -> int:
        """Enter a facility so many metres east and north of the spot."""
        lon, lat = moved(*moved(*SPOT, 90.0, east), 0.0, north)
        given = {"name": name, "lon": lon, "lat": lat} | more
        self.ids[name] = enter(self.cast.administrator, place(**given), MONDAY)
        return self.ids[name]

    def roads(self, *lines: list[tuple[float, float]]) -> None:
        """Draw streets, each as (metres east, metres north) of the spot."""
        drawn = [
            shapely.LineString([moved(*moved(*SPOT, 90.0, east), 0.0, north) for east, north in line])
            for line in lines
        ]
        put_roads(self.cast.administrator, ways_of(drawn), "测绘", MONDAY)

    def serve(self, name: str = "助浴", capacity: int = 2, **more: Any) -> int:
        """A centre with one service and slots at nine and ten of the next Monday; the service's id."""
        if "老渡中心" not in self.ids:
            self.stand("老渡中心", kind="community_centre", hours=OFFICE)
        centre = self.ids["老渡中心"]
        by = self.cast.dispatcher
        service = offer(by, centre, NewService(name=name, **({"category": "养老"} | more)), MONDAY)
        pattern = Pattern(NEXT_DAY, NEXT_DAY, frozenset({0}), (time(9), time(10)), capacity)
        open_slots(by, service, pattern, MONDAY)
        return service

    def slots(self, service: int) -> list[int]:
        rows = Slot.objects.filter(district=DISTRICT, service_id=service, cancelled_at=None)
        return list(rows.order_by("starts_at").values_list("id", flat=True))

    def ask(self, service: int, slot: int | None = None, number: int = 1, **more: Any) -> Asked:
        given: dict[str, Any] = {
            "key": uuid.uuid4(), "name": f"居民{number}", "phone": f"138000000{number:02d}", "slot_id": slot,
            "community": COMMUNITY,
        } | more  # fmt: skip
        at = given.pop("at", MONDAY)
        return ask(DISTRICT, service, NewAsk(**given), at)

    def row(self, number: int) -> Ask:
        return Ask.objects.get(district=DISTRICT, id=number)


@pytest.fixture
def town(db: None) -> Iterator[Town]:
    forget(DISTRICT)
    cast = gather()
    draw(cast)
    yield Town(cast)
    forget(DISTRICT)


def photo(colour: str = "green") -> bytes:
    """A real picture of one colour."""
    return jpeg("a.jpg", colour).read()
