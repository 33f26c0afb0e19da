"""The cast on drawn ground, with a building, kinds of key persons, and grid workers who can sign in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.catalogue.actions import load_starter
from huying.people.actions import NewPost, create_account
from huying.people.models import Viewing
from huying.people.queries.accounts import actor_by_id
from huying.places.queries import forget
from huying.residents.actions import NewGround, add_person, load_starter_kinds, mark, put_building
from huying.residents.models import Person
from huying.residents.rules.registering import NewBuilding, NewPerson
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET, Cast, gather
from tests.teams.conftest import draw

SPOT = (114.005, 22.005)
OTHER_GRID = "990101001001002"
GROUND = NewGround(detail="同意书在社区")
#: A number whose last digit is right, of nobody.
NUMBER = "110101194203070021"


@dataclass
class Homes:
    """The cast, a building in the first grid, and who signs in."""

    cast: Cast
    building: int
    people: list[int] = field(default_factory=list)

    @property
    def station(self) -> Actor:
        return self.cast_member(Role.COMMUNITY_STATION, COMMUNITY)

    def cast_member(self, role: Role, area: str) -> Actor:
        from tests.cast import actor

        return actor("社区小李", 131, role, area, self.cast.street_body)

    def worker(self, login: str, area: str = GRID) -> Actor:
        """A grid worker with an account."""
        post = NewPost(Role.GRID_WORKER, area, self.cast.street_body)
        account = create_account(self.cast.administrator, login, f"网格员{login}", [post], MONDAY)
        return actor_by_id(DISTRICT, account, MONDAY)

    def live(self, name: str = "王桂英", kind: str = "elder_alone", **more: Any) -> int:
        """Somebody in the building, marked as of a kind ("": not)."""
        given = {"building_id": self.building, "room": f"{len(self.people) + 1}01", "born": 1940} | more
        person = add_person(self.cast.system, NewPerson(name=name, **given), GROUND, MONDAY)
        self.people.append(person)
        if kind:
            mark(self.cast.system, person, kind, None, "", MONDAY)
        return person

    def row(self, person: int) -> Person:
        return Person.objects.get(district=DISTRICT, id=person)


def viewed(kind: str = "") -> list[str]:
    """What the audit says was seen, in order."""
    rows = Viewing.objects.filter(district=DISTRICT).order_by("id")
    return list((rows.filter(kind=kind) if kind else rows).values_list("what", flat=True))


def housed(cast: Cast) -> Homes:
    """The ground with a building in the first grid."""
    forget(DISTRICT)
    draw(cast)
    load_starter(cast.system, DISTRICT, MONDAY)
    load_starter_kinds(cast.system, MONDAY)
    new = NewBuilding(name="3栋", estate="春风小区", address="春风路8号", lon=SPOT[0], lat=SPOT[1], floors=7)
    return Homes(cast, put_building(cast.system, new, MONDAY))


@pytest.fixture
def homes(db: None) -> Iterator[Homes]:
    forget_timing()
    yield housed(gather())
    forget_timing()
    forget(DISTRICT)


__all__ = ["COMMUNITY", "STREET", "Homes"]
