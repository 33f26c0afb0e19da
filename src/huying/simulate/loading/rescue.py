"""Who may be alerted in a demonstration: volunteers in every grid, a fire station in every community, crews."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from huying.access.actor import system
from huying.access.roles import Role
from huying.emergency.actions import NewResponder, register
from huying.emergency.rules.hours import ALWAYS, Hours
from huying.emergency.rules.kinds import ResponderKind
from huying.kernel.errors import OutsideDistrict
from huying.simulate.chance import dice
from huying.simulate.folk import Person
from huying.simulate.folk.names import person_name
from huying.simulate.folk.teams import phone
from huying.simulate.land import Area, Land

_VOLUNTEERS: Final = 3
# Degrees about the middle of an area: within a few hundred metres.
_NEAR: Final = 0.002
_SKILLS: Final = (
    ("first_aid",), ("first_aid", "evacuation"), ("elder",), ("evacuation", "translation"), ("water", "first_aid"),
    ("psychology",), ("lift",),
)  # fmt: skip


def stand_by(seed: int, land: Land, people: Sequence[Person], now: datetime) -> int:
    """Register them; how many. The grid worker of the cast is one of them, with their account."""
    by = system(int(land.code))
    made = 0
    for new in (
        *_volunteers(seed, land),
        *_stations(seed, land),
        *_crews(seed, land),
        *_workers(seed, land, people),
    ):
        try:
            made += register(by, new, now)[1]
        except OutsideDistrict:
            # Beside a winding border the spot fell into the neighbour's.
            continue
    return made


def _volunteers(seed: int, land: Land) -> Iterator[NewResponder]:
    for grid in land.of("grid"):
        for number in range(_VOLUNTEERS):
            rng = dice(seed, "volunteer", grid.code, number)
            yield NewResponder(
                kind=ResponderKind.VOLUNTEER, name=person_name(rng, rng.random() < 0.5),
                phone=phone(seed, f"volunteer-{grid.code}-{number}"), skills=rng.choice(_SKILLS),
                lon=grid.lon + rng.uniform(-_NEAR, _NEAR), lat=grid.lat + rng.uniform(-_NEAR, _NEAR),
                hours=Hours(ALWAYS),
            )  # fmt: skip


def _stations(seed: int, land: Land) -> Iterator[NewResponder]:
    for one in land.of("community"):
        yield _team(seed, one, ResponderKind.STATION, f"{one.name}微型消防站", ("fire", "gas", "evacuation"))


def _crews(seed: int, land: Land) -> Iterator[NewResponder]:
    for one in land.of("street"):
        yield _team(
            seed, one, ResponderKind.CREW, f"{one.name}应急抢险队", ("drainage", "machinery", "water")
        )
        yield _team(seed, one, ResponderKind.CREW, f"{one.name}电梯维保队", ("lift",))


def _workers(seed: int, land: Land, people: Sequence[Person]) -> Iterator[NewResponder]:
    middle = {area.code: area for area in land.areas}
    for person in people:
        if person.post.role is Role.GRID_WORKER and person.post.area in middle:
            grid = middle[person.post.area]
            yield NewResponder(
                kind=ResponderKind.OFFICER, name=person.name, phone=phone(seed, person.login),
                skills=("first_aid", "evacuation"), lon=grid.lon, lat=grid.lat, login=person.login,
            )  # fmt: skip


def _team(seed: int, area: Area, kind: ResponderKind, name: str, skills: tuple[str, ...]) -> NewResponder:
    rng = dice(seed, "rescue", area.code, name)
    return NewResponder(
        kind=kind, name=name, phone=phone(seed, f"{name}-{area.code}"), skills=skills,
        lon=area.lon + rng.uniform(-_NEAR, _NEAR), lat=area.lat + rng.uniform(-_NEAR, _NEAR),
        contact=person_name(rng, woman=False), place_text=f"{area.name}办公楼一楼",
    )  # fmt: skip
