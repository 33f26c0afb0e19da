"""Homes with people to be visited, two grids with a worker each, and a station that plans."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.people.actions import NewPost, create_account
from huying.people.queries.accounts import actor_by_id
from huying.places.queries import forget
from huying.residents.actions import put_building
from huying.residents.rules.registering import NewBuilding
from huying.visits.actions import NewRecord, make_plan, record
from huying.visits.models import Visit
from huying.visits.rules.kinds import VisitOutcome
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET, gather
from tests.residents.conftest import OTHER_GRID, Homes, housed

ZONE = ZoneInfo("Asia/Shanghai")
WELL = {"well": "好", "food": "no", "gas": "no", "elder_alone.fall": "no", "elder_alone.button": "yes"}
MONTH = date(2026, 3, 1)


def at(day: int, hour: int = 9, month: int = 3) -> datetime:
    """An hour of a day of 2026, by the district's clocks."""
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@dataclass
class Round:
    """Homes, those who go, the station that plans."""

    homes: Homes
    here: Actor
    there: Actor
    station: Actor
    street: Actor
    other_building: int

    def plan(self, now: datetime = MONDAY, area: str = STREET) -> list[Visit]:
        """The month's plan of the street, and the visits it made."""
        by = self.station if area.startswith(COMMUNITY) else self.street
        make_plan(by, area, now.astimezone(ZONE).date(), now)
        return self.visits()

    def visits(self, person: int | None = None) -> list[Visit]:
        rows = Visit.objects.filter(district=DISTRICT, dropped_at=None).order_by("day", "id")
        return list(rows if person is None else rows.filter(person_id=person))

    def made(self, visit: Visit, now: datetime, outcome: VisitOutcome = VisitOutcome.MET) -> None:
        """Whoever was sent went there."""
        by = self.here if visit.worker_id == self.here.account_id else self.there
        record(by, visit.id, NewRecord(outcome, f"form-{visit.id}-{now:%H%M}", WELL), now)


@pytest.fixture
def going(db: None) -> Iterator[Round]:
    forget_timing()
    homes = housed(gather())
    second = NewBuilding(name="1栋", estate="秋月小区", lon=114.014, lat=22.005)
    other = put_building(homes.cast.system, second, MONDAY)
    people = {}
    for login, role, area in (
        ("here", Role.GRID_WORKER, "990101001001001"), ("there", Role.GRID_WORKER, OTHER_GRID),
        ("station", Role.COMMUNITY_STATION, COMMUNITY), ("street", Role.STREET_DISPATCHER, STREET),
    ):  # fmt: skip
        body = homes.cast.street_body if role is not Role.STREET_DISPATCHER else None
        account = create_account(
            homes.cast.administrator,
            login,
            f"走访人{login}",
            [NewPost(role, area, body)],
            MONDAY - timedelta(days=1),
        )
        people[login] = actor_by_id(DISTRICT, account, MONDAY)
    yield Round(homes, people["here"], people["there"], people["station"], people["street"], other)
    forget_timing()
    forget(DISTRICT)
