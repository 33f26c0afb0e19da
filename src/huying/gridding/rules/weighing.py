"""How much work a piece of ground brings: each thing counted is a share of the whole, weighted as the district chose."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

import numpy as np

from huying.geo.datums import Floats
from huying.kernel.errors import Invalid

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each counts, 0–100; only their proportion matters. ``cases``: of the past, where they lie."""

    people: int = 40
    homes: int = 20
    buildings: int = 10
    shops: int = 10
    cases: int = 20

    def as_dict(self) -> dict[str, int]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    def checked(self) -> "Weights":
        """Itself; Invalid, the field named, for a weight that is none, or where nothing counts at all."""
        for name, value in self.as_dict().items():
            if not 0 <= value <= MOST:
                raise Invalid(fields={name: "请填 0 到 100。"})
        if not any(self.as_dict().values()):
            raise Invalid("至少有一项的权重要大于 0。", fields={"people": "至少有一项的权重要大于 0。"})
        return self


COUNTED: Final = tuple(one.name for one in fields(Weights))


def read_weights(kept: Mapping[str, int]) -> Weights:
    """Weights as a row keeps them."""
    return Weights(**{name: int(kept[name]) for name in COUNTED})


def shares(weights: Weights, counts: Mapping[str, Floats]) -> Floats:
    """The share of the whole work that each piece brings; they sum to 1.

    ``counts``: by name how much of it each piece holds. What nowhere occurs counts nothing, whatever its weight. Raises
    Invalid where nothing that counts is known.
    """
    told = weights.as_dict()
    parts = [
        told[name] * values / values.sum()
        for name, values in counts.items()
        if told[name] and values.sum() > 0
    ]
    whole = sum(told[name] for name, values in counts.items() if told[name] and values.sum() > 0)
    if not parts:
        raise Invalid("这里还没有楼栋、人口、商铺或案件的数据，算不出工作量。请先导入底数。")
    return np.asarray(np.sum(parts, axis=0) / whole, np.float64)
