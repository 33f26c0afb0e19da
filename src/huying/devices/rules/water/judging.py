"""One look at the water: the worst factor decides (单因子评价法; GB 3838-2002 and 环办〔2011〕22号)."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from huying.devices.rules.water.classes import OXYGEN, PH, WaterBody, WaterClass, class_of, limits
from huying.kernel.errors import Invalid

#: What an automatic station is asked for at least: pH, oxygen, permanganate index, ammonia, phosphorus.
ASKED: Final = (PH, OXYGEN, "w01019", "w21003", "w21011")


@dataclass(frozen=True, slots=True)
class FactorClass:
    """One factor: its class, and how many times above the target's limit it is (超标倍数: 0.5 means half as much again).

    ``times`` is None when it keeps the limit, and for pH and oxygen, of which it is not reckoned.
    """

    code: str
    value: float
    water: WaterClass
    times: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """The water's class. ``worst`` are the factors that decide it, ``over`` those worse than the target, furthest first.

    ``missing`` were asked for and not there: the class may be worse than it looks. ``unjudged`` have no limit.
    """

    water: WaterClass
    factors: tuple[FactorClass, ...]
    worst: tuple[str, ...]
    over: tuple[FactorClass, ...]
    missing: tuple[str, ...]
    unjudged: tuple[str, ...]


def judge(
    values: Mapping[str, float],
    body: WaterBody = WaterBody.RIVER,
    target: WaterClass = WaterClass.III,
    asked: Collection[str] = ASKED,
) -> Judgement:
    """Judge values by factor code (HJ 212-2017), in mg/L; the caller leaves out what is not to be relied on.

    Raises Invalid when nothing in them can be judged, or for a target that is none.
    """
    if target is WaterClass.BEYOND_V:
        raise Invalid("水质目标应当是 Ⅰ 到 Ⅴ 类。")
    told = {code: value for code, value in values.items() if math.isfinite(value)}
    classes = {code: class_of(code, value, body) for code, value in told.items()}
    factors = tuple(
        FactorClass(code, told[code], water, _times(code, told[code], body, target))
        for code, water in classes.items()
        if water is not None
    )
    if not factors:
        raise Invalid("没有可以评价的因子。")
    worst = max((one.water for one in factors), key=lambda water: water.rank)
    over = [one for one in factors if one.water.rank > target.rank]
    return Judgement(
        worst,
        factors,
        tuple(one.code for one in factors if one.water is worst),
        tuple(sorted(over, key=lambda one: (one.water.rank, one.times or 0), reverse=True)),
        tuple(code for code in asked if code not in told),
        tuple(code for code, water in classes.items() if water is None),
    )


def _times(code: str, value: float, body: WaterBody, target: WaterClass) -> float | None:
    if code in (PH, OXYGEN):
        return None
    bounds = limits(body).get(code)
    if bounds is None or value <= (bound := bounds[target.rank - 1]):
        return None
    return value / bound - 1
