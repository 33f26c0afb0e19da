"""Packing what a machine was taught, and unpacking it."""

import io
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import WIDTH
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier
from huying.loop.allocate.rules.words.judges.judge import Judge
from huying.loop.allocate.rules.words.judges.nets import Nets

# Part of the content: what was packed under another reading of texts is not read but taught again.
_LAYOUT: Final = 2
_NOTHING: Final = 1e-4
_NETS: Final = ("columns", "inner", "threshold", "outer", "bias")


def packed(machine: ItemClassifier) -> bytes:
    """Everything a machine was taught, without the corrections that came after."""
    own = machine.own
    weights = own.weights.tocsr().copy()
    weights.data[np.abs(weights.data) < _NOTHING] = 0.0
    weights.eliminate_zeros()
    into = io.BytesIO()
    np.savez_compressed(
        into, layout=[_LAYOUT, WIDTH], codes=np.array(machine.codes[: weights.shape[1]]), rare=machine.rare,
        data=weights.data.astype(np.float32), indices=weights.indices, indptr=weights.indptr,
        bias=own.bias, sharp=machine.sharp, met=np.packbits(machine.met), **_nets_packed(own.nets),
    )  # fmt: skip
    return into.getvalue()


def unpacked(content: bytes) -> ItemClassifier | None:
    """The machine again; None when it was packed under another layout."""
    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        if held["layout"].tolist() != [_LAYOUT, WIDTH]:
            return None
        codes = held["codes"].tolist()
        weights = sp.csr_matrix((held["data"], held["indices"], held["indptr"]), shape=(WIDTH, len(codes)))
        met = np.unpackbits(held["met"])[:WIDTH].astype(bool)
        nets = Nets(*(_wide(held[f"net_{name}"]) for name in _NETS)) if "net_columns" in held else None
        own = Judge(weights, held["bias"], nets)
        return ItemClassifier(codes, held["rare"], own, float(held["sharp"]), met=met)


def _nets_packed(nets: Nets | None) -> Mapping[str, Any]:
    """Half as many bits as they are reckoned with are enough: what is rounded off is far below what they leave open."""
    return {f"net_{name}": _narrow(getattr(nets, name)) for name in _NETS} if nets else {}


def _narrow(values: Any) -> Any:
    return values.astype(np.float16) if values.dtype == np.float32 else values


def _wide(values: Any) -> Any:
    return values.astype(np.float32) if values.dtype == np.float16 else values
