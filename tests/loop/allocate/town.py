"""A small district: two streets, a water bureau, an education bureau; the list is the platform's own.

Gu rules on disputes; Ma only dispatches and may not.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from huying.access.actor import Actor, ActorKind, Grant, system
from huying.access.roles import Role
from huying.catalogue import actions as catalogue
from huying.loop.allocate.queries.held import forget
from huying.people import actions as people
from huying.people.actions import NewBearing, NewBody
from huying.people.rules.kinds import BodyKind
from huying.places.actions.areas import put_areas
from huying.places.actions.districts import put_district
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level

DISTRICT = 990201
EAST, WEST = "990201001", "990201002"
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
COVER = "010102"  # 污水井盖: judged first at the street, led by the water bureau
SYSTEM = system(DISTRICT)


def person(name: str, role: Role) -> Actor:
    return Actor(ActorKind.ACCOUNT, DISTRICT, name, account_id=1, grants=(Grant(role, str(DISTRICT)),))


GU = person("顾裁", Role.RULING_OFFICER)
MA = person("马派", Role.STREET_DISPATCHER)


@dataclass(frozen=True, slots=True)
class Town:
    """Body ids."""

    water: int
    school: int
    east: int
    west: int
    east_team: int
    west_team: int


def make_town() -> Town:
    forget(DISTRICT)
    put_district(DISTRICT, "试验区")
    drafts = [AreaDraft("试验区", Level.DISTRICT, code=str(DISTRICT))]
    drafts += [
        AreaDraft(name, Level.STREET, code=code, parent=str(DISTRICT))
        for name, code in (("东河街道", EAST), ("西山街道", WEST))
    ]
    put_areas(DISTRICT, drafts, now=NOW)
    catalogue.load_starter(SYSTEM, DISTRICT, NOW)
    made = people.create_bodies(
        SYSTEM,
        [
            NewBody("W", "试验区水务局", BodyKind.DEPARTMENT, str(DISTRICT), "区水务局"),
            NewBody("S", "试验区教育局", BodyKind.DEPARTMENT, str(DISTRICT), "区教育局"),
            NewBody("E", "东河街道办事处", BodyKind.STREET, EAST, "东河街道"),
            NewBody("X", "西山街道办事处", BodyKind.STREET, WEST, "西山街道"),
            NewBody("ET", "东河街道综合执法队", BodyKind.STREET, EAST, "东河执法队"),
            NewBody("XT", "西山街道综合执法队", BodyKind.STREET, WEST, "西山执法队"),
        ],
        NOW,
    )
    town = Town(*(made[code] for code in ("W", "S", "E", "X", "ET", "XT")))
    bearings = [("water", str(DISTRICT), town.water), ("education", str(DISTRICT), town.school)]
    bearings += [("street", EAST, town.east), ("street", WEST, town.west)]
    people.set_bearings(SYSTEM, [NewBearing(*bearing) for bearing in bearings], NOW)
    return town
