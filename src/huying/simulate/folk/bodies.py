"""Units and the duties they bear, for a district that was made."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from huying.simulate.chance import pick, shuffled, unit
from huying.simulate.land import Area, Land


@dataclass(frozen=True, slots=True)
class Body:
    """A unit. ``pace`` is how long it takes for its work beside an average one (below 1 is quick),
    ``care`` how likely its work holds at the first check; both drive the stories of its cases.
    """

    key: str
    code: str
    name: str
    short: str
    kind: str
    area: str
    parent: str
    duties: tuple[str, ...]
    pace: float
    care: float


@dataclass(frozen=True, slots=True)
class Bearing:
    """The unit with this key bears the duty within the area."""

    duty: str
    area: str
    body: str


@cache
def _written() -> dict[str, list[dict[str, Any]]]:
    text = files("huying.simulate.folk").joinpath("bodies.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def bodies(seed: int, land: Land) -> list[Body]:
    """Every unit of the district, parents before children; keys are unique within it."""
    made = [
        _body(seed, land, line, "", f"{land.code}Z{n:02d}") for n, line in enumerate(_written()["district"])
    ]
    for street in land.of("street"):
        office = f"office-{street.code}"
        for number, line in enumerate(_written()["street"]):
            parent = "" if line["key"] == "office" else office
            made.append(_body(seed, land, line, parent, f"{street.code}J{number}", street))
        for community in land.of("community"):
            if community.parent == street.code:
                line = _written()["community"][0]
                made.append(_body(seed, land, line, office, f"{community.code}S", community))
    return made + list(_property_companies(seed, land))


def _body(
    seed: int, land: Land, line: dict[str, Any], parent: str, code: str, area: Area | None = None
) -> Body:
    where = area.code if area else land.code
    stem = area.name.removesuffix("街道").removesuffix("社区") if area else land.name
    words = {"区": land.name, "街": stem, "社": stem}
    return Body(
        key=f"{line['key']}-{where}" if area else line["key"],
        code=code,
        name=line["name"].format(**words),
        short=line["short"].format(**words),
        kind=line.get("kind", "department"),
        area=where,
        parent=parent,
        duties=tuple(line["duties"]),
        pace=round(0.55 + 0.9 * unit(seed, "pace", where, line["key"]), 3),
        care=round(0.72 + 0.26 * unit(seed, "care", where, line["key"]), 3),
    )


def _property_companies(seed: int, land: Land) -> Iterator[Body]:
    line = _written()["property"][0]
    count = min(len(line["stems"]), max(2, len(land.of("community")) // 3))
    for number, stem in enumerate(shuffled(seed, line["stems"], "property", land.code)[:count]):
        yield Body(
            key=f"property-{number}",
            code=f"{land.code}W{number:02d}",
            name=line["name"].format(司=stem),
            short=line["short"].format(司=stem),
            kind="property",
            area=land.code,
            parent="",
            duties=(),
            pace=round(0.8 + 0.8 * unit(seed, "pace", stem), 3),
            care=round(0.6 + 0.3 * unit(seed, "care", stem), 3),
        )


def bearings(seed: int, land: Land, units: list[Body]) -> list[Bearing]:
    """Which unit bears each duty where; in each community one property company serves the estates."""
    made = [Bearing(duty, body.area, body.key) for body in units for duty in body.duties]
    companies = [body.key for body in units if body.kind == "property"]
    duty = _written()["property"][0]["duties"][0]
    for community in land.of("community"):
        made.append(Bearing(duty, community.code, pick(seed, companies, "serves", community.code)))
    return made
