"""Letters that a system sends to us: believed by their signature, kept, and only then acknowledged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from huying.exchange.actions import keeping
from huying.exchange.queries.held import OpenPeer, open_peers
from huying.exchange.rules.reading import number_in, records_in
from huying.exchange.rules.signing import NONCE, Distrust, Signing, distrust
from huying.kernel.errors import HuyingError, Invalid, NotFound

_MOST: Final = 1000


class Distrusted(HuyingError):
    """签名没有通过，信件没有收下。"""

    code = "distrusted"
    status = 401


@dataclass(frozen=True, slots=True)
class Kept:
    """What is answered: the numbers of the letters kept, in their order, and how many of them were new."""

    numbers: list[str]
    new: int


def receive_letters(district: int, code: str, headers: Mapping[str, str], body: bytes, now: datetime) -> Kept:
    """Keep what a system sends. Raises NotFound for one that is off or unknown, Distrusted, Invalid for no letters."""
    peer = _peer(district, code)
    signing = Signing(peer.settings.get("signing", Signing.SHA256.value))
    doubt = distrust(peer.secret, headers, body, now, signing)
    if doubt is None and not keeping.new_nonce(peer, headers[NONCE], now):
        doubt = Distrust.AGAIN
    if doubt is not None:
        raise Distrusted(doubt.zh)
    records = _records(peer, body)
    new = keeping.keep(peer, records, now, origin="push")
    keeping.heard(peer, now)
    return Kept([number_in(peer.map, record) for record in records], new)


def _peer(district: int, code: str) -> OpenPeer:
    peer = next((one for one in open_peers(district) if one.code == code and one.hears), None)
    if peer is None:
        raise NotFound
    return peer


def _records(peer: OpenPeer, body: bytes) -> list[Mapping[str, Any]]:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Invalid("内容不是有效的 JSON，没有收下。") from error
    # As it lies where letters lie in their answers, as a plain list, or one letter alone.
    records = records_in(peer.map, said) or (
        records_in(peer.map, said.get("letters")) if isinstance(said, dict) else None
    )
    if records is None and isinstance(said, dict):
        records = [said]
    if not records:
        raise Invalid("没有信件：应为一封信，或一组信。")
    if len(records) > _MOST:
        raise Invalid("一次最多 1000 封。")
    return records
