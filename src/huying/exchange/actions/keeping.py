"""Letters kept as they came, before anybody looks into them; and how a system fares."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from huying.exchange.models import Health, Incoming, Nonce
from huying.exchange.models.peers import COLUMNS
from huying.exchange.models.sealing import seal_json
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import InState, Way
from huying.exchange.rules.pacing import leave_alone
from huying.exchange.rules.reading import fingerprint, number_in
from huying.exchange.rules.signing import WINDOW

# Longer than asking one page may take: what a killed worker held is asked by another after it.
PULL_LEASE: Final = timedelta(minutes=3)
_ASK_AGAIN: Final = timedelta(seconds=5)
UNREADABLE: Final = "_unreadable"
_ERROR_MOST: Final = 300


def keep(
    peer: OpenPeer, records: Sequence[Any], now: datetime, *, origin: str = "", unreadable: Sequence[str] = ()
) -> int:
    """Keep letters; how many were new. The same letter twice is one row, whichever worker kept it first."""
    whole = [*records, *({UNREADABLE: text[:20000]} for text in unreadable)]
    if not whole:
        return 0
    rows = [
        Incoming(
            district=peer.district, peer_id=peer.id, number=number_in(peer.map, record),
            hash=fingerprint(peer.map, record), state=InState.WAITING.value,
            content_sealed=seal_json(peer.district, "incoming", record), origin=origin[:120],
            received_at=now, next_at=now,
        )
        for record in whole
    ]  # fmt: skip
    hashes = [row.hash for row in rows]
    held = Incoming.objects.filter(district=peer.district, peer_id=peer.id, hash__in=hashes)
    with transaction.atomic():
        known = held.count()
        Incoming.objects.bulk_create(rows, ignore_conflicts=True)
        return held.count() - known


def unknown(peer: OpenPeer, records: Sequence[Any]) -> list[Any]:
    """Those of the letters that were never kept."""
    hashes = {fingerprint(peer.map, record): record for record in records}
    held = Incoming.objects.filter(district=peer.district, peer_id=peer.id, hash__in=list(hashes))
    known = set(held.values_list("hash", flat=True))
    return [record for one, record in hashes.items() if one not in known]


def claim_pull(peer: OpenPeer, now: datetime) -> str | None:
    """The cursor from which to ask on, if it is time and nobody else asks; None otherwise."""
    Health.objects.get_or_create(peer_id=peer.id, defaults={"district": peer.district, "pull_at": now})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_health SET pull_at = %s WHERE peer_id = %s AND pull_at <= %s "
            "AND (ask_rests_until IS NULL OR ask_rests_until <= %s) RETURNING cursor",
            [now + PULL_LEASE, peer.id, now, now],
        )
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def keep_pulled(
    peer: OpenPeer,
    records: Sequence[Any],
    came_from: str,
    go_on: str,
    at: datetime,
    now: datetime,
    **said: Any,
) -> int:
    """Keep what was fetched and move the cursor, together; ``at`` is when to ask next.

    Where somebody else moved the cursor meanwhile it stays: then their letters and these are both kept, and the same
    ones once.
    """
    kept = keep(peer, records, now, **said)
    Health.objects.filter(peer_id=peer.id, cursor=came_from).update(cursor=go_on)
    Health.objects.filter(peer_id=peer.id).update(pull_at=at, heard_at=now, **_well(Way.IN))
    return kept


def ask_later(peer: OpenPeer, at: datetime) -> None:
    """It is not asked for letters: look again at ``at``. That says nothing of how it fares."""
    Health.objects.filter(peer_id=peer.id).update(pull_at=at)


def heard(peer: OpenPeer, now: datetime) -> None:
    """It spoke to us."""
    _health(peer, now).update(heard_at=now)


def told(peer: OpenPeer, now: datetime) -> None:
    """It took what it was told."""
    _health(peer, now).update(told_at=now, **_well(Way.OUT))


def failed(peer: OpenPeer, way: Way, why: str, now: datetime, rest: timedelta | None = None) -> None:
    """Asking it (``IN``) or telling it (``OUT``) came to nothing; after a few times it is left alone, that way alone.

    ``rest`` is what it asked for itself. Who was asked for letters is asked again soon.
    """
    with transaction.atomic():
        row = _health(peer, now).select_for_update().get()
        name = COLUMNS[way]
        failures = getattr(row, f"{name}_failures") + 1
        rest = leave_alone(failures, rest)
        told = {
            f"{name}_failures": failures,
            f"{name}_since": getattr(row, f"{name}_since") or now,
            f"{name}_rests_until": now + rest if rest else None,
            f"{name}_error": why[:_ERROR_MOST],
            f"{name}_error_at": now,
        }
        if way is Way.IN:
            told["pull_at"] = now + (rest or _ASK_AGAIN)
        Health.objects.filter(pk=row.pk).update(**told)


def telling(peer: OpenPeer) -> tuple[int, datetime | None]:
    """How often in a row it could not be told anything, and until when it is left alone for that."""
    row = Health.objects.filter(peer_id=peer.id).values_list("tell_failures", "tell_rests_until").first()
    return row or (0, None)


def new_nonce(peer: OpenPeer, nonce: str, now: datetime) -> bool:
    """Remember a nonce; False where it was seen before."""
    Nonce.objects.filter(at__lt=now - 2 * WINDOW).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO exchange_nonce (district, peer_id, nonce, at) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [peer.district, peer.id, nonce, now],
        )
        return bool(cursor.rowcount == 1)


def _well(way: Way) -> dict[str, Any]:
    name = COLUMNS[way]
    return {f"{name}_failures": 0, f"{name}_since": None, f"{name}_rests_until": None}


def _health(peer: OpenPeer, now: datetime) -> Any:
    rows = Health.objects.filter(peer_id=peer.id)
    if not rows.exists():
        Health.objects.get_or_create(peer_id=peer.id, defaults={"district": peer.district, "pull_at": now})
    return rows
