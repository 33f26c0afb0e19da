"""办理链: every case has one chain of entries; a digest covers its own content and all that came before (R404).

``content`` is what an entry says: who did what, when, from which state to which, with which facts. Free text
stands in it only as a salted digest, so that persons' data can be erased by law without breaking the chain.
``seal = H(previous seal + H(canonical content))``: whoever knows the content digests can follow the chain
without being shown what they may not read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from huying.kernel.digest import canonical, digest

GENESIS: Final = bytes(32)
ROOTS_FORMAT: Final = "huying-roots/1"
PROOF_FORMAT: Final = "huying-proof/1"


@dataclass(frozen=True, slots=True)
class Link:
    """What one entry says. ``at`` is aware; ``facts`` hold plain JSON values only."""

    district: int
    case_id: int
    seq: int
    verb: str
    outcome: str
    at: datetime
    actor_kind: str
    account_id: int | None
    key_id: int | None
    body_id: int | None
    order_id: int | None
    appeal_id: int | None
    before: str
    after: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold: the entry with this number was altered, added or lost."""

    district: int
    case_id: int
    seq: int
    expected: bytes
    found: bytes


def content_digest(link: Link, algorithm: str) -> bytes:
    """The digest of what the entry says, without what came before."""
    return digest(
        canonical(
            {
                "district": link.district,
                "case": link.case_id,
                "seq": link.seq,
                "verb": link.verb,
                "outcome": link.outcome,
                "at": link.at,
                "actor": link.actor_kind,
                "account": link.account_id,
                "key": link.key_id,
                "body": link.body_id,
                "order": link.order_id,
                "appeal": link.appeal_id,
                "before": link.before,
                "after": link.after,
                "facts": link.facts,
            }
        ),
        algorithm,
    )


def seal(previous: bytes, link: Link, algorithm: str) -> bytes:
    """The digest that an entry carries."""
    return digest(previous + content_digest(link, algorithm), algorithm)


def first_break(entries: Iterable[tuple[Link, str, bytes]]) -> Break | None:
    """The first broken entry of one chain, given in order as (content, algorithm, seal); None when whole.

    A missing entry shows at the number that should have been there.
    """
    previous = GENESIS
    for number, (link, algorithm, found) in enumerate(entries, start=1):
        expected = seal(previous, link, algorithm)
        if link.seq != number or expected != found:
            return Break(link.district, link.case_id, min(link.seq, number), expected, found)
        previous = found
    return None


def root_link(previous: bytes, day: Mapping[str, Any], algorithm: str) -> bytes:
    """The digest that a published day carries in the row of all days: it covers every day published before.

    ``previous`` is that of the day published before, for the first :func:`roots_begin`; ``day`` is everything
    that the published file says of the day but this digest.
    """
    return digest(previous + canonical(day), algorithm)


def roots_begin(district: int, algorithm: str) -> bytes:
    """What the first published day of a district follows on."""
    return digest(canonical({"district": district, "format": ROOTS_FORMAT}), algorithm)


def merkle_root(leaves: Sequence[bytes], algorithm: str) -> bytes:
    """The root of a day's seals in order; an odd last leaf goes up as it is (RFC 6962 shape).

    Leaves and inner nodes are told apart by their first byte, so that a node cannot pass for a leaf.
    """
    if not leaves:
        return GENESIS
    row = [digest(b"\x00" + leaf, algorithm) for leaf in leaves]
    while len(row) > 1:
        paired = [digest(b"\x01" + row[i] + row[i + 1], algorithm) for i in range(0, len(row) - 1, 2)]
        row = paired + ([row[-1]] if len(row) % 2 else [])
    return row[0]


def merkle_path(leaves: Sequence[bytes], index: int, algorithm: str) -> list[tuple[str, bytes]]:
    """The neighbours ("left" or "right", digest) by which one leaf is led to the root."""
    row = [digest(b"\x00" + leaf, algorithm) for leaf in leaves]
    path: list[tuple[str, bytes]] = []
    while len(row) > 1:
        neighbour = index ^ 1
        if neighbour < len(row):
            path.append(("right" if neighbour > index else "left", row[neighbour]))
        paired = [digest(b"\x01" + row[i] + row[i + 1], algorithm) for i in range(0, len(row) - 1, 2)]
        row = paired + ([row[-1]] if len(row) % 2 else [])
        index //= 2
    return path


def root_from(leaf: bytes, path: Iterable[tuple[str, bytes]], algorithm: str) -> bytes:
    """The root to which a leaf leads along a path."""
    node = digest(b"\x00" + leaf, algorithm)
    for side, other in path:
        node = digest(b"\x01" + (node + other if side == "right" else other + node), algorithm)
    return node
