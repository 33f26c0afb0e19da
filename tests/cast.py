"""The named cast: who acts in tests. Two streets, so that there is always an outsider."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from huying.access.actor import Actor, ActorKind, Grant, system
from huying.access.roles import Role
from huying.people.actions import NewBearing, NewBody, create_bodies, set_bearings
from huying.people.rules.kinds import BodyKind
from huying.places.actions.districts import put_district

DISTRICT = 990101
STREET = "990101001"
COMMUNITY = "990101001001"
GRID = "990101001001001"
OTHER_STREET = "990101002"
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a working day


def actor(name: str, number: int, role: Role, area: str = str(DISTRICT), body_id: int | None = None) -> Actor:
    """A person with one post, known by name alone."""
    return Actor(
        kind=ActorKind.ACCOUNT,
        district=DISTRICT,
        name=name,
        account_id=number,
        grants=(Grant(role, area, body_id),),
    )


@dataclass(frozen=True)
class Cast:
    """Everybody who takes part; ``urban``, ``water`` and ``street_body`` are ids of bodies."""

    urban: int
    water: int
    housing: int
    street_body: int

    @property
    def system(self) -> Actor:
        return system(DISTRICT)

    @property
    def seat(self) -> Actor:
        return actor("周小芳", 101, Role.SEAT)

    @property
    def dispatcher(self) -> Actor:
        return actor("陈建国", 102, Role.STREET_DISPATCHER, STREET)

    @property
    def other_dispatcher(self) -> Actor:
        return actor("吴志强", 103, Role.STREET_DISPATCHER, OTHER_STREET)

    @property
    def handler(self) -> Actor:
        return actor("李明", 104, Role.DEPARTMENT_HANDLER, str(DISTRICT), self.urban)

    @property
    def helper(self) -> Actor:
        return actor("赵敏", 105, Role.DEPARTMENT_HANDLER, str(DISTRICT), self.water)

    @property
    def leader(self) -> Actor:
        return actor("刘卫东", 106, Role.STREET_LEADER, STREET)

    @property
    def supervisor(self) -> Actor:
        return actor("孙丽", 107, Role.SUPERVISOR)

    @property
    def ruling_officer(self) -> Actor:
        return actor("郑和平", 108, Role.RULING_OFFICER)

    @property
    def evaluator(self) -> Actor:
        return actor("冯静", 109, Role.EVALUATOR)

    @property
    def district_dispatcher(self) -> Actor:
        return actor("何伟", 110, Role.DISTRICT_DISPATCHER)

    @property
    def outsider(self) -> Actor:
        """A handler of a body that has nothing to do with the case."""
        return actor("外人", 111, Role.DEPARTMENT_HANDLER, str(DISTRICT), self.housing)

    @property
    def grid_worker(self) -> Actor:
        return actor("王秀英", 112, Role.GRID_WORKER, GRID, self.street_body)

    @property
    def auditor(self) -> Actor:
        return actor("钱正", 113, Role.AUDITOR)

    @property
    def administrator(self) -> Actor:
        return actor("高敏", 114, Role.ADMINISTRATOR)

    def resident(self, appeal_id: int) -> Actor:
        return Actor(
            kind=ActorKind.RESIDENT,
            district=DISTRICT,
            name="居民",
            appeal_id=appeal_id,
            grants=(Grant(Role.RESIDENT, str(DISTRICT)),),
        )

    def stranger_in(self, district: int) -> Actor:
        """The district dispatcher of another district."""
        return replace(
            self.district_dispatcher,
            district=district,
            grants=(Grant(Role.DISTRICT_DISPATCHER, str(district)),),
        )


def gather() -> Cast:
    """Open the district with its bodies and what each of them bears."""
    put_district(DISTRICT, "呼应区", lon=114.3, lat=22.7)
    by = replace(system(DISTRICT), name="测试")
    ids = create_bodies(
        by,
        [
            NewBody("B1", "城市管理局", BodyKind.DEPARTMENT, str(DISTRICT)),
            NewBody("B2", "水务局", BodyKind.DEPARTMENT, str(DISTRICT)),
            NewBody("B3", "住房和建设局", BodyKind.DEPARTMENT, str(DISTRICT)),
            NewBody("S1", "青石街道办事处", BodyKind.STREET, STREET),
        ],
        MONDAY,
    )
    set_bearings(
        by,
        [
            NewBearing("urban_management", str(DISTRICT), ids["B1"]),
            NewBearing("water", str(DISTRICT), ids["B2"]),
            NewBearing("housing", str(DISTRICT), ids["B3"]),
            NewBearing("street", STREET, ids["S1"]),
        ],
        MONDAY,
    )
    return Cast(urban=ids["B1"], water=ids["B2"], housing=ids["B3"], street_body=ids["S1"])
