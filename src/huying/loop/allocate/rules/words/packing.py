"""Packing what a machine was taught, and unpacking it."""

import io
from typing import Final

import numpy as np
import scipy.sparse as sp

from huying.loop.allocate.rules.words.grams import WIDTH
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier

# Part of the content: what was packed under another reading of texts is not read but taught again.
_LAYOUT: Final = 1
_NOTHING: Final = 1e-4


def packed(machine: ItemClassifier) -> bytes:
    """Everything a machine was taught, without the corrections that came after."""
    weights = machine.own.tocsr().copy()
    weights.data[np.abs(weights.data) < _NOTHING] = 0.0
    weights.eliminate_zeros()
    into = io.BytesIO()
    np.savez_compressed(
        into, layout=[_LAYOUT, WIDTH], codes=np.array(machine.codes[: weights.shape[1]]), rare=machine.rare,
        data=weights.data.astype(np.float32), indices=weights.indices, indptr=weights.indptr,
        bias=machine.bias[: weights.shape[1]], sharp=machine.sharp, met=np.packbits(machine.met),
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
        return ItemClassifier(codes, held["rare"], weights, held["bias"], float(held["sharp"]), met=met)
