"""Who works in the grids of an invented district besides its staff, and who keeps duty where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from huying.access.roles import Role
from huying.simulate.chance import dice, unit
from huying.simulate.folk.names import person_name
from huying.simulate.folk.staff import Person
from huying.simulate.land import Area, Land

#: Kinds by the codes of the starter list, with how likely a grid has one; a few grids lack what they should have.
_KINDS: Final = (
    ("leader", 0.97),
    ("police", 0.9),
    ("building", 0.9),
    ("volunteer", 0.4),
    ("property", 0.4),
    ("party", 0.2),
    ("owners", 0.15),
    ("doctor", 0.15),
    ("lawyer", 0.06),
    ("officer", 0.1),
)
_JOBS: Final = {"leader": "社区“两委”委员", "police": "辖区民警", "officer": "执法队员"}


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody in a grid's team. ``login`` names their account, if they have one."""

    name: str
    grid: str
    kind: str
    phone: str
    job: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """A turn at a post: hours, on which days (as ``DutyDays`` writes them), how many of either role."""

    name: str
    starts: time
    ends: time
    days: str
    leads: int
    officers: int


_ROUND: Final = (
    Watch("白班", time(8), time(20), "every", 1, 1),
    Watch("夜班", time(20), time(8), "every", 1, 1),
)
_DAY: Final = (
    Watch("白班", time(8, 30), time(17, 30), "working", 0, 1),
    Watch("假日班", time(9), time(17), "off", 0, 1),
)
_PATROL: Final = (Watch("白班", time(8, 30), time(20), "every", 0, 1),)
WATCHES: Final = {"district": _ROUND, "street": _ROUND, "community": _DAY, "grid": _PATROL}


def helpers(seed: int, land: Land, people: Sequence[Person]) -> Iterator[Helper]:
    """The teams of all grids: the grid workers among the staff, and neighbours."""
    workers = {one.post.area: one for one in people if one.post.role is Role.GRID_WORKER}
    for grid in land.of("grid"):
        worker = workers.get(grid.code)
        if worker is not None:
            yield Helper(worker.name, grid.code, "worker", phone(seed, worker.login), "网格员", worker.login)
        for kind, share in _KINDS:
            if unit(seed, "team", grid.code, kind) < share:
                yield _helper(seed, grid, kind)


def phone(seed: int, whose: str) -> str:
    """An invented number of the series that no operator has been given."""
    return f"154{dice(seed, 'team phone', whose).randrange(10**8):08d}"


def _helper(seed: int, grid: Area, kind: str) -> Helper:
    rng = dice(seed, "team", grid.code, kind, "who")
    name = person_name(rng, rng.random() < 0.5, kind in {"building", "volunteer", "party"})
    return Helper(name, grid.code, kind, phone(seed, f"{grid.code}-{kind}"), _JOBS.get(kind, ""))
