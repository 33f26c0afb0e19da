"""Units as a file spells them, brought to units of the district."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.loop.collect.channels.orders.files import Row
from huying.loop.collect.channels.orders.mapping import OrderMap
from huying.people.actions import NewBody, add_aliases, create_bodies
from huying.people.queries import bodies, find_body
from huying.people.rules.kinds import BodyKind
from huying.people.rules.names import normal_unit_name
from huying.people.rules.unit_names import reconciled
from huying.places.queries import district as district_row
from huying.places.rules.levels import Level
from huying.places.rules.names import normal_form

_NAME_MOST: Final = 100
_ENDINGS: Final = (
    (BodyKind.STREET, ("街道",)),
    (BodyKind.COMMUNITY, ("社区",)),
    (BodyKind.UTILITY, ("公司", "集团")),
    (BodyKind.DEPARTMENT, ("局", "委", "办", "部", "队", "中心", "所", "站", "院")),
)


@dataclass(slots=True)
class Spellings:
    """What a file calls its units and places, gathered in one reading of it."""

    units: dict[str, int] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)

    def note(self, row: Row) -> None:
        body = row.cells.get("body")
        if body:
            self.units[body] = self.units.get(body, 0) + 1
        for level in (Level.STREET, Level.COMMUNITY):
            name = row.cells.get(level.value)
            if name:
                self.places.add(normal_form(name, level))


@dataclass(frozen=True, slots=True)
class Units:
    """``ids``: spelling in the file → body id. ``fresh`` are names of units that are made, or would be."""

    ids: dict[str, int]
    fresh: list[str]


def settle(
    district: int, spellings: Spellings, order_map: OrderMap, by: Actor, now: datetime, *, dry_run: bool
) -> Units:
    """Find every spelling's unit; those nowhere known are made where the map allows it, with their spellings
    as aliases. In a dry run nothing is made and what would be made has the id 0."""
    ids: dict[str, int] = {}
    missing: dict[str, list[str]] = {}
    own = order_map.district or district_row(district).name
    known = _reconciled_names(district, spellings, own, now)
    for written in sorted(spellings.units):
        unit = reconciled(written, places=spellings.places, district=own, aliases=order_map.aliases)
        body = find_body(district, unit) or find_body(district, written)
        body_id = body.id if body else known.get(normal_unit_name(unit))
        if body_id:
            ids[written] = body_id
        elif order_map.create_bodies and normal_unit_name(unit):
            missing.setdefault(unit[:_NAME_MOST], []).append(written)
    merged = _one_of_each(missing)
    if not dry_run and merged:
        made = _make(district, merged, by, now)
        ids |= {written: made[unit] for unit, group in merged.items() for written in group}
    elif dry_run:
        ids |= {written: 0 for group in merged.values() for written in group}
    return Units(ids, sorted(merged))


def _reconciled_names(district: int, spellings: Spellings, own: str, now: datetime) -> dict[str, int]:
    """The district's units by their own names in the form in which files are compared: 坪山区水务局 is the
    水务局 of a file. A form that two units share names neither: 0."""
    known: dict[str, int] = {}
    for body in bodies(district, now):
        names = {
            reconciled(name, places=spellings.places, district=own) for name in (body.name, body.short_name)
        }
        for form in {normal_unit_name(name) for name in names}:
            known[form] = body.id if known.get(form, body.id) == body.id else 0
    return known


def _one_of_each(missing: dict[str, list[str]]) -> dict[str, list[str]]:
    """Names that differ in brackets and spaces alone are one unit, under the first of them."""
    by_form: dict[str, str] = {}
    merged: dict[str, list[str]] = {}
    for unit, written in missing.items():
        name = by_form.setdefault(normal_unit_name(unit), unit)
        merged.setdefault(name, []).extend(written)
    return merged


def _make(district: int, missing: dict[str, list[str]], by: Actor, now: datetime) -> dict[str, int]:
    codes = {unit: _code(unit) for unit in missing}
    ids = create_bodies(
        by,
        [
            NewBody(
                code=codes[unit], name=unit, short_name=unit[:40], kind=_kind(unit), area=f"{district:06d}"
            )
            for unit in missing
        ],
        now,
    )
    spelt = [(written[:_NAME_MOST], ids[codes[unit]]) for unit, group in missing.items() for written in group]
    add_aliases(by, spelt)
    return {unit: ids[code] for unit, code in codes.items()}


def _code(unit: str) -> str:
    """A code from the name alone, so that a run that was cut short makes no unit twice."""
    return "DR" + hashlib.sha256(normal_unit_name(unit).encode()).hexdigest()[:16].upper()


def _kind(unit: str) -> BodyKind:
    return next((kind for kind, ends in _ENDINGS if unit.endswith(ends)), BodyKind.OTHER)


def survey(rows: Iterable[Row], spellings: Spellings) -> int:
    """Read a file once for its spellings; how many rows it has."""
    count = 0
    for row in rows:
        count += 1
        spellings.note(row)
    return count
