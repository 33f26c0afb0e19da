"""The cast on drawn ground with a list of items; photos and finds as a phone makes them."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from PIL import Image

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.queries.settings.timing import forget_timing
from huying.catalogue.actions import load_starter
from huying.catalogue.queries import items_for_text
from huying.patrol.actions import Stamp, keep_part, sign_on
from huying.patrol.rules.kinds import FileKind, FindKind
from huying.patrol.rules.reporting import NewFile, NewFind, Spot
from huying.places.queries import forget
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, Cast, actor, gather
from tests.teams.conftest import draw

#: In the middle of the first grid.
SPOT = Spot(114.005, 22.005, 8.0)
NEXT_GRID = Spot(114.015, 22.005, 8.0)
_NAMES = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")


def key(name: str) -> str:
    return str(uuid5(_NAMES, name))


def after(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def picture(name: str) -> bytes:
    buffer = io.BytesIO()
    colour = tuple(hashlib.sha256(name.encode()).digest()[:3])
    Image.new("RGB", (64, 48), colour).save(buffer, "JPEG")
    return buffer.getvalue()


@dataclass
class Street:
    """The cast, and what a phone in the first grid does."""

    cast: Cast

    @property
    def worker(self) -> Actor:
        return self.cast.grid_worker

    @property
    def colleague(self) -> Actor:
        """Another who works in the same community."""
        return actor("周红", 115, Role.COMMUNITY_STATION, COMMUNITY, self.cast.street_body)

    def on_duty(self, minutes: float = 0.0, tour: str = "tour") -> int:
        stamp = Stamp(UUID(key(tour)), after(minutes), after(minutes), SPOT)
        return sign_on(self.worker, stamp, after(minutes))

    def sent(
        self, name: str, kind: FileKind = FileKind.SCENE, minutes: float = 0.0, spot: Spot = SPOT
    ) -> NewFile:
        content = picture(name)
        keep_part(self.worker, UUID(key(name)), 0, content)
        return NewFile(key(name), kind, hashlib.sha256(content).hexdigest(), after(minutes), spot)

    def item(self) -> str:
        return items_for_text(DISTRICT)[0].code


def found(name: str, minutes: float = 0.0, **more: Any) -> NewFind:
    given: dict[str, Any] = {
        "kind": FindKind.REPORT, "text": f"井盖缺失 {name}", "found_at": after(minutes), "sent_at": after(minutes),
        "spot": SPOT,
    } | more  # fmt: skip
    return NewFind(key=key(name), **given)


@pytest.fixture
def street(db: None, settings: Any, tmp_path: Path) -> Iterator[Street]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget_timing()
    forget(DISTRICT)
    cast = gather()
    draw(cast)
    load_starter(cast.system, DISTRICT, MONDAY)
    yield Street(cast)
    forget_timing()
    forget(DISTRICT)


__all__ = ["GRID", "NEXT_GRID", "SPOT", "Street", "after", "found", "key", "picture"]
