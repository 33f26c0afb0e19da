"""The exchange's reaction: what happens to a case is put into the queue of each system that is to know of it, in the
transaction that moves the cursor, so exactly once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from huying.cases.ledger import Link
from huying.cases.queries.exchanged import appeals_on
from huying.exchange.models import Linked, Outgoing
from huying.exchange.queries.held import OpenPeer, open_peers
from huying.exchange.rules.following import kinds_of
from huying.exchange.rules.kinds import OutKind, OutState, Scope


def tell_peers(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Queue letters about these entries; a few statements whatever their number."""
    peers = [peer for peer in open_peers(district) if peer.tells]
    if not peers:
        return
    # A case that a merge or a withdrawal has just emptied still answers who gave it: by the entry itself.
    appeals = appeals_on(district, {entry.case_id for entry in entries})
    own = _own(district, {one for found in appeals.values() for one in found} | _named(entries))
    rows = [row for peer in peers for entry in entries for row in _rows(peer, entry, appeals, own, now)]
    Outgoing.objects.bulk_create(rows, ignore_conflicts=True)


def again(
    peer: OpenPeer, links: Sequence[Linked], newest: Mapping[int, tuple[int, int]], now: datetime
) -> int:
    """Queue the present state of these orders once more, for a system that does not know it; how many."""
    rows = [
        _row(
            peer,
            *newest[link.appeal_id],
            OutKind.STATE,
            link.appeal_id,
            link.number,
            now,
            f"again:{now:%y%m%d%H%M}:",
        )
        for link in links
        if link.appeal_id in newest
    ]
    return len(Outgoing.objects.bulk_create(rows, ignore_conflicts=True))


def _own(district: int, appeals: set[int]) -> Mapping[int, list[Linked]]:
    found: dict[int, list[Linked]] = {}
    for link in Linked.objects.filter(district=district, appeal_id__in=appeals):
        found.setdefault(link.appeal_id, []).append(link)
    return found


def _named(entries: Sequence[Link]) -> set[int]:
    return {entry.appeal_id for entry in entries if entry.appeal_id}


def _rows(
    peer: OpenPeer,
    entry: Link,
    appeals: Mapping[int, list[int]],
    own: Mapping[int, list[Linked]],
    now: datetime,
) -> Iterator[Outgoing]:
    meant = list(appeals.get(entry.case_id, ()))
    if entry.appeal_id and entry.appeal_id not in meant:
        meant.append(entry.appeal_id)
    links = [link for appeal in meant for link in own.get(appeal, ()) if link.peer_id == peer.id]
    for link in links:
        for kind in kinds_of(entry, own=True):
            # What a system said itself it need not hear again; what followed from it, it must.
            echo = kind is OutKind.EVALUATION and entry.key_id == peer.actor.key_id
            if kind in peer.map.send and not echo:
                yield _row(peer, entry.case_id, entry.seq, kind, link.appeal_id, link.number, now)
    if not links and peer.scope is Scope.ALL and _lies_in(entry, peer.area):
        for kind in kinds_of(entry, own=False):
            if kind in peer.map.send:
                yield _row(peer, entry.case_id, entry.seq, kind, None, "", now)


def _lies_in(entry: Link, area: str) -> bool:
    context = entry.facts.get("case")
    lies = str(context.get("area", "")) if isinstance(context, Mapping) else ""
    return lies.startswith(area)


def _row(
    peer: OpenPeer, case_id: int, seq: int, kind: OutKind, appeal_id: int | None, number: str, now: datetime,
    before: str = "",
) -> Outgoing:  # fmt: skip
    return Outgoing(
        district=peer.district, peer_id=peer.id, case_id=case_id, seq=seq, appeal_id=appeal_id, number=number,
        kind=kind.value, once=f"{before}{case_id}:{seq}:{kind.value}:{appeal_id or 0}"[:60],
        state=OutState.WAITING.value, made_at=now, next_at=now,
    )  # fmt: skip
