"""Staff and their posts: the named cast that opens the demonstration, and colleagues for every unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from huying.access.roles import Role
from huying.simulate.chance import dice
from huying.simulate.folk.bodies import Body
from huying.simulate.folk.names import person_name
from huying.simulate.land import Land


@dataclass(frozen=True, slots=True)
class Post:
    """One post: a role within an area prefix and, where ``body`` is not empty, within the unit of that key."""

    role: Role
    area: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff. Only the cast signs in; ``login`` is unique within the installation."""

    login: str
    name: str
    post: Post
    cast: bool = False


#: Login, name, role, where (a level of area), and the key of the unit as ``bodies.toml`` has it.
CAST: Final = (
    ("zuoxi", "沈静怡", Role.SEAT, "district", "centre"),
    ("wangge", "罗春生", Role.GRID_WORKER, "grid", "station"),
    ("shequ", "梁慧芳", Role.COMMUNITY_STATION, "community", "station"),
    ("jiedao", "何志远", Role.STREET_DISPATCHER, "street", "office"),
    ("lingdao", "周海峰", Role.STREET_LEADER, "street", "office"),
    ("shiwu", "邓文博", Role.DEPARTMENT_HANDLER, "district", "water"),
    ("zhifa", "秦刚", Role.DEPARTMENT_HANDLER, "street", "enforcement"),
    ("quji", "苏雅琳", Role.DISTRICT_DISPATCHER, "district", "centre"),
    ("duban", "范国华", Role.SUPERVISOR, "district", "centre"),
    ("caiding", "陆明哲", Role.RULING_OFFICER, "district", ""),
    ("pingjia", "叶晓燕", Role.EVALUATOR, "district", "centre"),
    ("guanli", "程思远", Role.ADMINISTRATOR, "district", ""),
    ("shenji", "顾惠兰", Role.AUDITOR, "district", ""),
)
_OF_BODY: Final = {"department": 4, "utility": 3, "street": 3, "property": 2}


def staff(seed: int, land: Land, units: list[Body], prefix: str = "") -> list[Person]:
    """The cast, then colleagues; with several districts ``prefix`` keeps their logins apart."""
    cast = [_cast_member(land, prefix, *line) for line in CAST]
    held = {person.post for person in cast}
    others = [
        Person(f"{prefix}{land.code}-{number:04d}", _name(seed, land, number), post)
        for number, post in enumerate(_posts(land, units), start=1)
        if post not in held or post.role is not Role.GRID_WORKER
    ]
    return cast + others


def _cast_member(land: Land, prefix: str, login: str, name: str, role: Role, level: str, body: str) -> Person:
    first: dict[str, str] = {area.level: area.code for area in reversed(land.areas)}
    where = first[{"grid": "community", "community": "community"}.get(level, level)] if body else land.code
    key = f"{body}-{where}" if body in ("station", "office", "enforcement") else body
    # A post whose work is to watch over cases is not limited to the orders of its own unit.
    handles = role in (Role.DEPARTMENT_HANDLER, Role.GRID_WORKER, Role.COMMUNITY_STATION)
    return Person(prefix + login, name, Post(role, first[level], key if handles else ""), cast=True)


def _name(seed: int, land: Land, number: int) -> str:
    rng = dice(seed, "staff", land.code, number)
    return person_name(rng, rng.random() < 0.45)


def _posts(land: Land, units: list[Body]) -> Iterator[Post]:
    for body in units:
        role = Role.COMMUNITY_STATION if body.kind == "community" else Role.DEPARTMENT_HANDLER
        for _ in range(_OF_BODY.get(body.kind, 2)):
            yield Post(role, body.area, body.key)
    for street in land.of("street"):
        yield from (Post(Role.STREET_DISPATCHER, street.code) for _ in range(2))
        yield Post(Role.STREET_LEADER, street.code)
    for grid in land.of("grid"):
        yield Post(Role.GRID_WORKER, grid.code, f"station-{grid.parent}")
    watch = {Role.SEAT: 6, Role.DISTRICT_DISPATCHER: 3, Role.SUPERVISOR: 2, Role.EVALUATOR: 3}
    for role, count in watch.items():
        yield from (Post(role, land.code) for _ in range(count))
