"""The systems that are switched on, with their mapping in force: asked by every turn, so held for a moment."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import orjson
from django.db.models import OuterRef, Subquery

from huying.access.actor import Actor
from huying.exchange.models import MapVersion, Peer, Switching
from huying.exchange.models.sealing import open_secret
from huying.exchange.policy import peer_actor
from huying.exchange.rules.kinds import Connecting, Direction, Scope
from huying.exchange.rules.mapping import PeerMap, peer_map
from huying.kernel.errors import Unavailable

_log = logging.getLogger(__name__)
FRESH_SECONDS: Final = 1.0
_held: dict[int, tuple[float, list["OpenPeer"]]] = {}
# Systems of which was said that their secret does not open.
_told: set[int] = set()


@dataclass(frozen=True)
class OpenPeer:
    """One system as the machinery uses it. ``version`` changes whenever its settings or its mapping do."""

    district: int
    id: int
    code: str
    name: str
    connector: Connecting
    direction: Direction
    scope: Scope
    area: str
    settings: Mapping[str, Any]
    secret: str
    map: PeerMap
    map_number: int
    actor: Actor
    on: bool

    @property
    def hears(self) -> bool:
        return self.direction is not Direction.OUT

    @property
    def tells(self) -> bool:
        return self.direction is not Direction.IN

    @property
    def version(self) -> str:
        return f"{self.connector}:{self.map_number}:{orjson.dumps(dict(self.settings)).decode()}:{hash(self.secret)}"


def open_peers(district: int) -> list[OpenPeer]:
    """The systems of a district that are switched on, as of a second ago."""
    at, kept = _held.get(district, (0.0, []))
    if time.monotonic() - at < FRESH_SECONDS and at:
        return kept
    found = [peer for peer in _peers(Peer.objects.filter(district=district)) if peer.on]
    _held[district] = (time.monotonic(), found)
    return found


def open_peer(district: int, code: str) -> OpenPeer | None:
    """One system by its code, whether on or off; None where there is none, or it has no mapping yet."""
    return next(iter(_peers(Peer.objects.filter(district=district, code=code))), None)


def forget(district: int) -> None:
    """Ask the database again at the next call."""
    _held.pop(district, None)


def _peers(rows: Any) -> list[OpenPeer]:
    newest = MapVersion.objects.filter(district=OuterRef("district"), peer=OuterRef("pk")).order_by("-number")
    turned = Switching.objects.filter(district=OuterRef("district"), peer=OuterRef("pk")).order_by("-id")
    told = rows.annotate(
        map=Subquery(newest.values("map")[:1]), map_number=Subquery(newest.values("number")[:1]),
        on=Subquery(turned.values("on")[:1]),
    )  # fmt: skip
    opened = (_opened(row) for row in told.order_by("pk") if row.map_number is not None)
    return [peer for peer in opened if peer is not None]


def _opened(row: Any) -> OpenPeer | None:
    """None where its secret was sealed with a key that is not here any more: the others go on without it."""
    try:
        secret = open_secret(row.district, row.secret_sealed)
    except Unavailable as error:
        if row.pk not in _told:
            _told.add(row.pk)
            _log.error("%s rests, its secret must be set again: %s", row.code, error.message)
        return None
    return OpenPeer(
        district=row.district, id=row.pk, code=row.code, name=row.name, connector=Connecting(row.connector),
        direction=Direction(row.direction), scope=Scope(row.scope), area=row.area, settings=row.settings,
        secret=secret,
        map=_map(orjson.dumps(row.map, option=orjson.OPT_SORT_KEYS)), map_number=row.map_number,
        actor=peer_actor(row), on=bool(row.on),
    )  # fmt: skip


@lru_cache(maxsize=64)
def _map(said: bytes) -> PeerMap:
    return peer_map(orjson.loads(said))
