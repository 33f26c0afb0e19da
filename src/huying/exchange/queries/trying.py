"""The test bench: what a letter would become, and what we would send for a case. Nothing is kept by trying."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from huying.access.actor import Actor
from huying.cases.queries.exchanged import appeals_on, newest_entries
from huying.exchange.models import Linked, Outgoing, Peer
from huying.exchange.policy import must_read
from huying.exchange.queries.composing import Composed, compose
from huying.exchange.queries.held import OpenPeer, open_peer
from huying.exchange.queries.letters import masked
from huying.exchange.rules.kinds import OutKind
from huying.exchange.rules.mapping import PeerMap, peer_map
from huying.exchange.rules.reading import Reading, read, records_in
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number

_MOST = 50


@dataclass(frozen=True, slots=True)
class Tried:
    """One letter tried: as it would be read, and what it is about here already ("" where nothing)."""

    reading: Reading
    known: bool


def try_letters(actor: Actor, code: str, text: str, said: Mapping[str, Any] | None = None) -> list[Tried]:
    """What the letters in a text of theirs would become, by the mapping in force or another one.

    Raises Denied, NotFound, Invalid for what is no JSON.
    """
    must_read(actor)
    peer = Peer.objects.filter(district=actor.district, code=code).first()
    if peer is None:
        raise NotFound
    of = peer_map(said) if said is not None else _in_force(actor, code).map
    found = [read(of, record) for record in _records(of, text)[:_MOST]]
    numbers = [reading.number for reading in found]
    linked = Linked.objects.filter(district=actor.district, peer_id=peer.pk, number__in=numbers)
    known = set(linked.values_list("number", flat=True))
    return [Tried(reading, reading.number in known) for reading in found]


def try_case(actor: Actor, code: str, number: str) -> Sequence[tuple[OutKind, Composed]]:
    """What this system would be sent for the newest entry of a case, one letter of each kind it wants.

    Callers stay masked. Raises Denied, NotFound, Invalid.
    """
    must_read(actor)
    peer = _in_force(actor, code)
    district, case_id = parse_case_number(number)
    seq = newest_entries(district, [case_id]).get(case_id)
    if district != actor.district or seq is None:
        raise NotFound
    appeals = appeals_on(district, [case_id]).get(case_id, [])
    link = Linked.objects.filter(district=district, peer_id=peer.id, appeal_id__in=appeals).first()
    rows = [
        Outgoing(
            district=district, id=0, peer_id=peer.id, case_id=case_id, seq=seq, kind=kind.value,
            appeal_id=link.appeal_id if link else None, number=link.number if link else "",
        )
        for kind in OutKind
        if kind in peer.map.send
    ]  # fmt: skip
    told = compose(peer, rows, lambda _caller, _case: ("王**", "138****0000"))
    return [(OutKind(row.kind), letter) for row, letter in zip(rows, told, strict=True)]


def _in_force(actor: Actor, code: str) -> OpenPeer:
    peer = open_peer(actor.district, code)
    if peer is None:
        raise NotFound
    return peer


def _records(of: PeerMap, text: str) -> list[Mapping[str, Any]]:
    try:
        said: Any = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Invalid("不是有效的 JSON。", fields={"letter": "不是有效的 JSON。"}) from error
    records = records_in(of, said)
    if records is None and isinstance(said, Mapping):
        records = [said]
    if not records:
        raise Invalid("里面没有信件。", fields={"letter": "里面没有信件。"})
    return records


__all__ = ["Tried", "masked", "try_case", "try_letters"]
