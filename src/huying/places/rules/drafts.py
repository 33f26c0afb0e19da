"""What is handed in to be kept: areas and places, not yet numbered or checked against what stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry.base import BaseGeometry

from huying.places.rules.levels import Level, PlaceKind


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """An area as its source gives it, outline in CGCS2000 degrees.

    Without ``code`` it keeps the code of the area of that name, or is given the next free number; without
    ``parent`` its parent is the area of the level above in which it lies.
    """

    name: str
    level: Level
    outline: BaseGeometry | None = None
    code: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A named place, position in CGCS2000 degrees; ``key`` is the number its source knows it by.

    ``geometry`` is the GeoJSON course of a road or river. ``address`` (创业路12号) lets house numbers
    nearby be worked out. Without ``area_code`` the place's area is found from its position.
    """

    name: str
    kind: PlaceKind
    lon: float
    lat: float
    aliases: tuple[str, ...] = ()
    area_code: str = ""
    address: str = ""
    geometry: Mapping[str, Any] | None = None
    key: str = ""


@dataclass(slots=True)
class Report:
    """What an import of areas did, or with ``dry_run`` would do. Lists hold codes and names as one text.

    ``skipped`` counts features of other districts; ``problems`` says in Chinese which feature could not
    be used and why.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)
    dry_run: bool = False

    @property
    def touched(self) -> bool:
        """Whether anything is different afterwards."""
        return bool(self.added or self.changed or self.retired)

    def as_dict(self) -> dict[str, Any]:
        """The report for printing as JSON."""
        return {
            "added": self.added,
            "changed": self.changed,
            "retired": self.retired,
            "unchanged": self.unchanged,
            "skipped": self.skipped,
            "problems": self.problems,
            "dry_run": self.dry_run,
        }
