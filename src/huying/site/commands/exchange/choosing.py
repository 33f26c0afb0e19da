"""Which system is meant."""

import argparse
from collections.abc import Iterator

from huying.access.actor import system
from huying.exchange.queries.held import OpenPeer, open_peer
from huying.exchange.queries.peers import PeerInfo, peers_for
from huying.kernel.errors import Conflict, NotFound
from huying.kernel.saying import said
from huying.places.queries import districts


def peer_argument(parser: argparse.ArgumentParser) -> None:
    """PEER and --district."""
    parser.add_argument("peer", help="对接系统的代号")
    parser.add_argument("--district", type=int, help="六位区划代码；代号只在一个区里有时不用写")


def every(district: int | None) -> Iterator[tuple[int, PeerInfo]]:
    """Every system of a district, or of all."""
    for code in [district] if district else [row.code for row in districts()]:
        yield from ((code, peer) for peer in peers_for(system(code)))


def chosen(args: argparse.Namespace) -> OpenPeer:
    """The system meant. Raises NotFound, Conflict for a code in several districts or a system without a mapping."""
    found = [code for code, peer in every(args.district) if peer.code == args.peer]
    if not found:
        raise NotFound(said("没有代号为 %(code)s 的对接系统。", code=args.peer))
    if len(found) > 1:
        raise Conflict("几个区都有这个代号，请写 --district。")
    peer = open_peer(found[0], args.peer)
    if peer is None:
        raise Conflict("这个系统还没有对应表。")
    return peer
