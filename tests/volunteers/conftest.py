"""The cast on drawn ground with volunteers at known distances from one spot, and a muster there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.geo.measure import moved
from huying.people.queries.keys import forget_keys
from huying.places.queries import forget
from huying.texts.queries import forget as forget_texts
from huying.volunteers.actions import muster, register
from huying.volunteers.models import Claim
from huying.volunteers.rules.mustering import NewMuster
from huying.volunteers.rules.registering import NewVolunteer
from tests.cast import COMMUNITY, DISTRICT, MONDAY, Cast, actor, gather
from tests.teams.conftest import draw

#: In the middle of the first grid.
SPOT = (114.005, 22.005)
#: Saturday morning, two days and more after everything is set up.
STARTS = MONDAY + timedelta(days=5)
ENDS = STARTS + timedelta(hours=2)


def station(area: str = COMMUNITY) -> Actor:
    """A community's station."""
    return actor("春风社区", 120, Role.COMMUNITY_STATION, area)


def volunteer(name: str = "张小明", metres: float = 100, **more: Any) -> NewVolunteer:
    """Somebody who starts so many metres east of the spot."""
    lon, lat = moved(*SPOT, 90.0, metres)
    given: dict[str, Any] = {"area": COMMUNITY, "lon": lon, "lat": lat, "agreed": True} | more
    return NewVolunteer(name=name, **given)


def called(**more: Any) -> NewMuster:
    """Two people to the spot, from the community."""
    given: dict[str, Any] = {
        "title": "清扫楼道", "areas": [COMMUNITY], "quota": 2, "starts_at": STARTS, "ends_at": ENDS,
        "place_text": "社区门口", "lon": SPOT[0], "lat": SPOT[1],
    } | more  # fmt: skip
    return NewMuster(**given)


@dataclass
class Ground:
    """The cast, and volunteers by name."""

    cast: Cast
    people: dict[str, int] = field(default_factory=dict)

    def stand(self, name: str, metres: float = 100, now: datetime = MONDAY, **more: Any) -> int:
        """Register somebody."""
        phone = more.pop("phone", f"13900{len(self.people):06d}")
        made = register(self.cast.system, volunteer(name, metres, **more), phone, now)
        self.people[name] = made.id
        return made.id

    def call(self, once: str = "m-1", by: Actor | None = None, now: datetime = MONDAY, **more: Any) -> int:
        """Call people; the muster's id."""
        return muster(by or station(), called(**more), once, now)[0]

    def standing(self, muster_id: int, name: str) -> str:
        """How somebody stands in a muster; "" for who never came forward."""
        row = Claim.objects.filter(
            district=DISTRICT, muster_id=muster_id, volunteer_id=self.people[name]
        ).first()
        return row.standing if row else ""


@pytest.fixture
def ground(db: None, settings: Any) -> Iterator[Ground]:
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    _forget()
    cast = gather()
    draw(cast)
    yield Ground(cast)
    _forget()


def _forget() -> None:
    forget_timing()
    forget_keys()
    forget(DISTRICT)
    forget_texts()
