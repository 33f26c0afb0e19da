"""One case as a line of a list, with the names that stand behind its codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from huying.cases.clocks import Lamp, lamp
from huying.cases.lifecycle import CLOSED_STATES, ClockKind, State
from huying.cases.models import Case
from huying.catalogue.queries import live_edition, live_list
from huying.kernel.numbers import case_number
from huying.people.queries import unit_names
from huying.places.queries import area_words

COLUMNS: Final = (
    "district", "id", "state", "level", "title", "kind", "item", "area", "lon", "lat", "channel", "urgency", "body_id",
    "due_kind", "due_at", "warn_at", "opened_at", "closed_at", "appeals", "reworks", "length",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. Times are aware; names are in Chinese as the screen shows them."""

    district: int
    id: int
    number: str
    state: State
    level: str
    title: str
    kind: str
    item: str
    item_name: str
    area: str
    area_name: str
    lon: float | None
    lat: float | None
    channel: str
    urgency: int
    body_id: int | None
    body_name: str
    due_kind: ClockKind | None
    due_at: datetime | None
    lamp: Lamp
    opened_at: datetime
    closed_at: datetime | None
    appeals: int
    reworks: int
    version: int


def lines_from(rows: Sequence[Sequence[Any]], district: int, now: datetime) -> list[CaseLine]:
    """Rows of ``COLUMNS`` of one district's cases as lines, in the order given."""
    names = Names(district, now)
    return [_line(dict(zip(COLUMNS, row, strict=True)), names, now) for row in rows]


def line_of(case: Case, now: datetime) -> CaseLine:
    """The line of a case already read by who may see it."""
    return lines_from([[getattr(case, name) for name in COLUMNS]], case.district, now)[0]


class Names:
    """The names of items, areas and bodies of one district, looked up without further queries."""

    def __init__(self, district: int, now: datetime) -> None:
        self._items = live_list(district).held.items if live_edition(district) is not None else {}
        self._bodies = unit_names(district)
        self._district = district

    def item(self, code: str) -> str:
        line = self._items.get(code)
        return line.name if line else code

    def body(self, body_id: int | None) -> str:
        return self._bodies.get(body_id, "") if body_id else ""

    def area(self, code: str) -> str:
        return area_words(self._district, code)


def _line(row: Mapping[str, Any], names: Names, now: datetime) -> CaseLine:
    state = State(row["state"])
    still = state in CLOSED_STATES
    return CaseLine(
        district=row["district"], id=row["id"], number=case_number(row["district"], row["id"]), state=state,
        level=row["level"], title=row["title"], kind=row["kind"], item=row["item"], item_name=names.item(row["item"]),
        area=row["area"], area_name=names.area(row["area"]), lon=row["lon"], lat=row["lat"], channel=row["channel"],
        urgency=row["urgency"], body_id=row["body_id"], body_name=names.body(row["body_id"]),
        due_kind=ClockKind(row["due_kind"]) if row["due_kind"] else None, due_at=row["due_at"],
        lamp=Lamp.STILL if still else lamp(now, row["warn_at"], row["due_at"]), opened_at=row["opened_at"],
        closed_at=row["closed_at"], appeals=row["appeals"], reworks=row["reworks"], version=row["length"],
    )  # fmt: skip
