"""Sites as their source gives them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huying.gridding.rules.kinds import SiteKind


@dataclass(frozen=True, slots=True)
class SiteDraft:
    """A building, estate or shop; position in CGCS2000 degrees, ``outline`` GeoJSON. ``key``: its source's number."""

    key: str
    kind: SiteKind
    lon: float
    lat: float
    name: str = ""
    estate: str = ""
    outline: Mapping[str, Any] | None = None
    homes: int = 0
    people: int = 0
    buildings: int = 0
    shops: int = 0

    @property
    def id(self) -> int:
        """A positive 63-bit number that the same key always gives."""
        return int.from_bytes(hashlib.sha256(f"site|{self.key}".encode()).digest()[:8], "big") >> 1
