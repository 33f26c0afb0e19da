"""How people say where: by name, alias, address or offset, and sometimes not at all."""

from random import Random
from typing import Final

from huying.simulate.land import Spot

_NEAR: Final = ("门口", "旁边", "对面", "附近", "楼下", "后面", "路边", "入口处")
_SIDES: Final = ("东", "西", "南", "北")
_HERE: Final = ("我家楼下", "我们小区", "这里", "我们这边", "楼下", "家门口那条路")
_UNITS: Final = (
    "一单元",
    "二单元",
    "1单元",
    "2单元502",
    "3楼",
    "8楼",
    "地下车库",
    "楼道",
    "一楼大堂",
    "天台",
)


def say(rng: Random, spot: Spot, street: str) -> tuple[str, bool]:
    """The place in the caller's words, and whether those words say where it is at all."""
    if rng.random() < 0.05:
        return rng.choice(_HERE), False
    name = _called(rng, spot)
    if rng.random() < 0.18:
        name = f"{street}{'' if rng.random() < 0.5 else '的'}{name}"
    return name + _closer(rng, spot), True


def _called(rng: Random, spot: Spot) -> str:
    draw = rng.random()
    if draw < 0.22 and spot.aliases:
        return rng.choice(spot.aliases)
    if draw < 0.34 and spot.address and spot.kind in ("estate", "poi", "landmark"):
        return spot.address
    if draw < 0.40 and spot.kind == "building" and spot.address:
        return spot.address
    return spot.name


def _closer(rng: Random, spot: Spot) -> str:
    draw = rng.random()
    if spot.kind == "building":
        return rng.choice(_UNITS) if draw < 0.45 else ""
    if spot.kind in ("crossing", "road", "river", "landmark"):
        if draw < 0.3:
            return f"{rng.choice(('往', '', '以'))}{rng.choice(_SIDES)}{rng.choice((10, 20, 30, 50, 80, 100, 200))}米"
        return "" if draw < 0.75 else rng.choice(("桥下", "路边", "旁边")) if spot.kind == "river" else "旁边"
    return rng.choice(_NEAR) if draw < 0.4 else ""
