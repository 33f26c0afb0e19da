"""How each system fares, for who answers for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db import connection

from huying.access.actor import Actor
from huying.exchange.models import Health, MapVersion, Peer, Switching
from huying.exchange.models.peers import COLUMNS
from huying.exchange.policy import must_read
from huying.exchange.rules.kinds import Connecting, Direction, Scope, Way
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Streak:
    """Failures of one way in a row, the first of them at ``since``; until ``rests_until`` it is left alone that way.

    ``error`` is the last one, also where it is over.
    """

    failures: int
    since: datetime | None
    rests_until: datetime | None
    error: str
    error_at: datetime | None


@dataclass(frozen=True, slots=True)
class PeerInfo:
    """One system without its secret. ``waiting`` and ``stuck`` count letters in and out; ``oldest`` waits longest."""

    id: int
    code: str
    name: str
    connector: Connecting
    direction: Direction
    scope: Scope
    area: str
    body_id: int | None
    settings: Mapping[str, Any]
    map: Mapping[str, Any]
    map_number: int
    on: bool
    turned_at: datetime | None
    turned_by: str
    waiting_in: int
    waiting_out: int
    stuck_in: int
    stuck_out: int
    oldest: datetime | None
    heard_at: datetime | None
    told_at: datetime | None
    asking: Streak
    telling: Streak

    @property
    def stuck(self) -> int:
        return self.stuck_in + self.stuck_out

    @property
    def well(self) -> bool:
        """Whether nothing about it needs a person."""
        return not self.stuck and not self.failing

    @property
    def failing(self) -> bool:
        """Whether asking it or telling it came to nothing the last time."""
        return bool(self.asking.failures or self.telling.failures)


def peers_for(actor: Actor) -> list[PeerInfo]:
    """Every system of the district, the first one first. Raises Denied."""
    must_read(actor)
    return _infos(list(Peer.objects.filter(district=actor.district).order_by("pk")))


def peer_for(actor: Actor, code: str) -> PeerInfo:
    """One system. Raises Denied, NotFound."""
    must_read(actor)
    found = _infos(list(Peer.objects.filter(district=actor.district, code=code)))
    if not found:
        raise NotFound
    return found[0]


def maps_for(actor: Actor, peer_id: int) -> list[MapVersion]:
    """The versions of a mapping, newest first. Raises Denied."""
    must_read(actor)
    return list(MapVersion.objects.filter(district=actor.district, peer_id=peer_id).order_by("-number")[:50])


def switchings_for(actor: Actor, peer_id: int) -> list[Switching]:
    """Who turned it on and off, newest first. Raises Denied."""
    must_read(actor)
    return list(Switching.objects.filter(district=actor.district, peer_id=peer_id).order_by("-id")[:50])


_COUNTS = """
SELECT peer_id, sum(wi)::int, sum(wo)::int, sum(si)::int, sum(so)::int, min(oldest) FROM (
    SELECT peer_id, count(*) AS wi, 0 AS wo, 0 AS si, 0 AS so, min(received_at) AS oldest FROM exchange_incoming
    WHERE district = %(district)s AND next_at IS NOT NULL GROUP BY peer_id
    UNION ALL SELECT peer_id, 0, count(*), 0, 0, min(made_at) FROM exchange_outgoing
    WHERE district = %(district)s AND state = 'waiting' GROUP BY peer_id
    UNION ALL SELECT peer_id, 0, 0, count(*), 0, NULL FROM exchange_incoming
    WHERE district = %(district)s AND state = 'person' GROUP BY peer_id
    UNION ALL SELECT peer_id, 0, 0, 0, count(*), NULL FROM exchange_outgoing
    WHERE district = %(district)s AND state = 'dead' GROUP BY peer_id
) t GROUP BY peer_id
"""


def _infos(rows: Sequence[Peer]) -> list[PeerInfo]:
    if not rows:
        return []
    ids = [row.pk for row in rows]
    health = {one.peer_id: one for one in Health.objects.filter(peer_id__in=ids)}
    maps = {one.peer_id: one for one in MapVersion.objects.filter(peer_id__in=ids).order_by("number")}
    turned = {one.peer_id: one for one in Switching.objects.filter(peer_id__in=ids).order_by("id")}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"district": rows[0].district})
        counts = {row[0]: row[1:] for row in cursor.fetchall()}
    return [
        _info(
            row,
            health.get(row.pk),
            maps.get(row.pk),
            turned.get(row.pk),
            counts.get(row.pk, (0, 0, 0, 0, None)),
        )
        for row in rows
    ]


def _info(
    row: Peer, health: Health | None, map: MapVersion | None, turned: Switching | None, counts: Sequence[Any]
) -> PeerInfo:
    health = health or Health(peer=row, district=row.district)
    return PeerInfo(
        id=row.pk, code=row.code, name=row.name, connector=Connecting(row.connector),
        direction=Direction(row.direction), scope=Scope(row.scope), area=row.area, body_id=row.body_id,
        settings=row.settings, map=map.map if map else {}, map_number=map.number if map else 0,
        on=bool(turned and turned.on), turned_at=turned.at if turned else None, turned_by=turned.by if turned else "",
        waiting_in=counts[0], waiting_out=counts[1], stuck_in=counts[2], stuck_out=counts[3], oldest=counts[4],
        heard_at=health.heard_at, told_at=health.told_at, asking=_streak(health, Way.IN),
        telling=_streak(health, Way.OUT),
    )  # fmt: skip


def _streak(health: Health, way: Way) -> Streak:
    name = COLUMNS[way]
    return Streak(**{one.name: getattr(health, f"{name}_{one.name}") for one in fields(Streak)})
