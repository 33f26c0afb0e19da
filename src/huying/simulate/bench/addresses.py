"""Places of a made district in people's words, with where they truly are: what reading addresses is measured on.

Two ways of saying them. ``as_told`` is how the demonstration's callers speak, slips included. ``otherwise`` shares
neither words nor slips with it and was written before its figures were first seen; nothing may be chosen by it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from huying.geo.measure import compass_bearing, moved
from huying.simulate.bench.otherwise import said_otherwise
from huying.simulate.chance import dice
from huying.simulate.days import Ground
from huying.simulate.land import Land, Spot
from huying.simulate.land.shapes import Road
from huying.simulate.speech.noise import spoil
from huying.simulate.speech.wheres import say

LONG: Final = ("road", "river")
_STEP: Final = re.compile(r"([东南西北])(\d+)米$")
_FRAMES: Final = (
    "{地}",
    "{地}的路灯不亮，晚上看不见路",
    "{地}有人占道摆摊，影响通行",
    "请问{地}的垃圾什么时候清，味道很大",
    "{地}井盖松动，车一过就响，请尽快修",
    "今天早上路过{地}，看到树倒了挡住人行道",
    "{地}半夜施工，吵得睡不着，打了几次电话没人管",
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words about a place, and where it is: position in CGCS2000 degrees and its kind.

    ``lasting`` is False for a point somewhere on a road or river of which only the name is told.
    """

    text: str
    lon: float
    lat: float
    kind: str
    lasting: bool


def as_told(seed: int, land: Land, count: int) -> Iterator[Said]:
    """As the demonstration's callers say it, in a sentence or alone. A direction and metres mean what they say."""
    rng, ground = dice(seed, "addresses told", land.code), Ground(land)
    for spot in _spots(rng, land, count):
        words, placed = say(rng, spot, ground.street(spot.area))
        while not placed:
            words, placed = say(rng, spot, ground.street(spot.area))
        step = _STEP.search(words)
        text = spoil(rng, rng.choice(_FRAMES).replace("{地}", words))
        yield _said(rng, land, spot, text, (step[1], float(step[2])) if step else None)


def otherwise(seed: int, land: Land, count: int) -> Iterator[Said]:
    """As other people say it: see ``otherwise.said_otherwise``."""
    rng, ground = dice(seed, "addresses otherwise", land.code), Ground(land)
    for spot in _spots(rng, land, count):
        told = said_otherwise(rng, spot, ground, land)
        yield _said(rng, land, spot, told.text, told.step)


def _spots(rng: Random, land: Land, count: int) -> Iterator[Spot]:
    by_kind: dict[str, list[Spot]] = {}
    for spot in land.spots:
        by_kind.setdefault(spot.kind, []).append(spot)
    shares = {"estate": 26, "building": 22, "crossing": 18, "poi": 12, "landmark": 8, "road": 10, "river": 4}
    kinds = [kind for kind in shares if kind in by_kind]
    for _ in range(count):
        yield rng.choice(by_kind[rng.choices(kinds, [shares[kind] for kind in kinds])[0]])


def _said(rng: Random, land: Land, spot: Spot, text: str, step: tuple[str, float] | None) -> Said:
    lon, lat = spot.lon, spot.lat
    if spot.kind in LONG:
        lon, lat = _along(rng, next(road for road in land.roads if road.name == spot.name))
    elif step is not None:
        lon, lat = moved(lon, lat, compass_bearing(step[0]), step[1])
    return Said(text, lon, lat, spot.kind, spot.kind not in LONG)


def _along(rng: Random, road: Road) -> tuple[float, float]:
    line = rng.choice(road.lines)
    at = rng.randrange(len(line) - 1)
    share = rng.random()
    (left, low), (right, high) = line[at], line[at + 1]
    return left + (right - left) * share, low + (high - low) * share
