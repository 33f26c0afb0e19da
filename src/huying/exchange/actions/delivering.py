"""Letters taken out of the queue, and what came of each. One worker holds a letter at a time, for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from django.db import connection

from huying.exchange.models import Outgoing
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import OutState
from huying.exchange.rules.pacing import TRIES_MOST, rest_after

# Longer than handing a whole batch over may take, so that only what a killed worker held comes back.
LEASE: Final = timedelta(minutes=5)
# The first letter of each case that has not arrived; what failed before goes alone, so that it spoils no batch. A plan
# made while the queue was empty is kept until the table is counted again, a minute into an outage: so the one before is
# asked for in the order of its index, and the rows taken are found by where they lie. Neither leaves another way.
_CLAIM: Final = """
UPDATE exchange_outgoing SET next_at = %(until)s, tries = tries + 1 WHERE ctid = ANY(ARRAY(
    SELECT ctid FROM exchange_outgoing o
    WHERE district = %(district)s AND peer_id = %(peer)s AND state = 'waiting' AND next_at <= %(now)s {which}
    AND id = (
        SELECT b.id FROM exchange_outgoing b WHERE b.district = o.district AND b.case_id = o.case_id
        AND b.peer_id = o.peer_id AND b.state IN ('waiting', 'dead') ORDER BY b.case_id, b.peer_id, b.id LIMIT 1
    )
    ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)) RETURNING *
"""
_SETTLE: Final = """
UPDATE exchange_outgoing o SET state = t.state, next_at = t.next_at, tries = t.tries, error = t.why
FROM unnest(%s::int[], %s::bigint[], %s::int[], %s::text[], %s::timestamptz[], %s::int[], %s::text[])
    AS t(district, id, had, state, next_at, tries, why)
WHERE o.district = t.district AND o.id = t.id AND o.tries = t.had AND o.state = 'waiting'
"""
_chance: Final = Random()
_ERROR_MOST: Final = 300


def take(peer: OpenPeer, now: datetime, most: int) -> list[Outgoing]:
    """Up to ``most`` letters that are due, held for the lease: those never tried together, or one that failed."""
    given: dict[str, Any] = {"until": now + LEASE, "district": peer.district, "peer": peer.id, "now": now}
    for which, many in (("AND tries > 0", 1), ("AND tries = 0", most)):
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM.format(which=which), {**given, "most": many})
            names = [column.name for column in cursor.description or ()]
            rows = [Outgoing.from_db(connection.alias, names, row) for row in cursor.fetchall()]
        if rows:
            return sorted(rows, key=lambda row: row.id)
    return []


def sent(rows: Sequence[Outgoing], now: datetime) -> None:
    """The other side has them."""
    with connection.cursor() as cursor:
        # Whoever lost the lease to another worker, or whose letter a person dropped, changes nothing.
        cursor.execute(
            "UPDATE exchange_outgoing o SET state = 'sent', sent_at = %s, next_at = NULL, error = '' "
            "FROM unnest(%s::bigint[], %s::int[]) AS t(id, tries) WHERE o.district = ANY(%s) AND o.id = t.id "
            "AND o.tries = t.tries AND o.state = 'waiting'",
            [
                now,
                [row.id for row in rows],
                [row.tries for row in rows],
                list({row.district for row in rows}),
            ],
        )


def refused(row: Outgoing, why: str, now: datetime) -> None:
    """It will never be taken like this: a person must look."""
    _settle([Settling(row, OutState.DEAD, None, row.tries, why)])


def failed(rows: Sequence[tuple[Outgoing, str, timedelta | None]], now: datetime) -> None:
    """Each with why, and the rest that was asked for: tried again after one, or left to a person after the last try."""
    _settle([_after(row, why, rest, now) for row, why, rest in rows])


def put_aside(row: Outgoing, why: str) -> None:
    """The other side does not take such letters: kept unsent with the reason, and in the way of no other."""
    _settle([Settling(row, OutState.DROPPED, None, row.tries, why)])


def put_back(rows: Sequence[Outgoing], why: str) -> None:
    """Nobody was there: it costs them no try, and when to call again is the system's matter, not theirs."""
    _settle([Settling(row, OutState.WAITING, row.made_at, row.tries - 1, why) for row in rows])


@dataclass(frozen=True, slots=True)
class Settling:
    """What one letter that was in hand becomes."""

    row: Outgoing
    state: OutState
    next_at: datetime | None
    tries: int
    why: str


def _after(row: Outgoing, why: str, rest: timedelta | None, now: datetime) -> Settling:
    own = rest_after(row.tries, _chance)
    if own is None:
        return Settling(row, OutState.DEAD, None, row.tries, f"试了 {TRIES_MOST} 次：{why}")
    return Settling(row, OutState.WAITING, now + max(own, rest or own), row.tries, why)


def _settle(found: Sequence[Settling]) -> None:
    """Write them down in one statement, those that are still in hand as they were taken."""
    if not found:
        return
    columns = [
        (one.row.district, one.row.id, one.row.tries, one.state.value, one.next_at, one.tries, one.why[:_ERROR_MOST])
        for one in found
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [list(column) for column in zip(*columns, strict=True)])
