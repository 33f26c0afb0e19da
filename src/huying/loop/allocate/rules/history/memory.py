"""Packing what a suggester learned, and unpacking it, without losing anything."""

import zlib
from typing import Any, Final

import msgspec
import numpy as np

from huying.loop.allocate.rules.history.contexts import VIEWS
from huying.loop.allocate.rules.history.evidence import Tally
from huying.loop.allocate.rules.history.mixing import CAUTION, Pull
from huying.loop.allocate.rules.history.suggester import Suggester

# Part of the content: a memory packed under other views or another layout is not read but learned again.
_LAYOUT: Final = [3, *(" ".join(view) for view in VIEWS)]


def packed(suggester: Suggester) -> bytes:
    """Everything the suggester learned."""
    content: dict[str, Any] = {
        "layout": _LAYOUT,
        "bodies": suggester.bodies,
        "roles": list(suggester.roles),
        "tallies": {key: (tally.day, tally.total, tally.counts) for key, tally in suggester.tallies.items()},
        "weights": suggester.trust.weights.tolist(),
        "squares": suggester.trust.squares.tolist(),
        "pull": _packed_pull(suggester.pull),
        "learned": suggester.learned,
    }
    return zlib.compress(msgspec.msgpack.encode(content), 1)


def unpack(content: bytes, suggester: Suggester) -> bool:
    """Fill an empty suggester; False, and nothing filled, when the content is of another layout."""
    held = msgspec.msgpack.decode(zlib.decompress(content), strict=False)
    if held["layout"] != _LAYOUT:
        return False
    suggester.restore(
        held["bodies"],
        held["roles"],
        {key: Tally(day, total, counts) for key, (day, total, counts) in held["tallies"].items()},
        held["learned"],
    )
    suggester.trust.weights = np.array(held["weights"])
    suggester.trust.squares = np.array(held["squares"])
    _unpack_pull(held["pull"], suggester.pull)
    return True


def _packed_pull(pull: Pull) -> dict[str, Any]:
    """Most keys met few roles: which cells were moved, as bits, and only what stands in those."""
    moved = (pull.squares != np.float32(CAUTION))[: len(pull.rows)]
    return {
        "keys": list(pull.rows),
        "shape": moved.shape,
        "moved": np.packbits(moved).tobytes(),
        "pulls": pull.pulls[: len(moved)][moved].tobytes(),
        "squares": pull.squares[: len(moved)][moved].tobytes(),
    }


def _unpack_pull(held: dict[str, Any], pull: Pull) -> None:
    height, width = held["shape"]
    bits = np.unpackbits(np.frombuffer(held["moved"], dtype=np.uint8), count=height * width)
    moved = bits.astype(bool).reshape(height, width)
    pull.rows = {key: number for number, key in enumerate(held["keys"])}
    pull.make_room(height, width)
    pull.pulls[:height, :width][moved] = np.frombuffer(held["pulls"], dtype=np.float32)
    pull.squares[:height, :width][moved] = np.frombuffer(held["squares"], dtype=np.float32)
