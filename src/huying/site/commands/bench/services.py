"""``huying bench services``: the nearest on foot, and the circle, on an invented town of a real one's size.

Reckoning alone, without a database: what a page adds is told in docs/benchmarks.md.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

import numpy as np
import shapely

from huying.services.rules.circle import Ground, Homes, circle_of
from huying.services.rules.kinds import STARTER
from huying.services.rules.walking import Network, Town, Ways, ways_of
from huying.site import console

EXAMPLES = """
  huying bench services                                  一万处设施、十万路段、三千个居住点
  huying bench services --edges 200000 --homes 5000      更大的区
"""
_FARTHEST: Final = 3000.0
_BLOCK: Final = 0.0008  # degrees, about eighty metres
_MIDDLE: Final = (122.0, 29.0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--facilities, --edges, --homes, --asked, --seed and --json."""
    parser.add_argument("--facilities", type=int, default=10_000, help="设施数，默认 10000")
    parser.add_argument("--edges", type=int, default=100_000, help="路段数，默认 100000")
    parser.add_argument("--homes", type=int, default=3_000, help="居住点数，默认 3000")
    parser.add_argument("--asked", type=int, default=300, help="问多少次最近的，默认 300")
    parser.add_argument("--seed", type=int, default=802, help="随机种子")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the measures; 0 when done."""
    report = measured(args.facilities, args.edges, args.homes, args.asked, args.seed)
    console.emit(args, report, _lines(report))
    return 0


def measured(facilities: int, edges: int, homes: int, asked: int, seed: int) -> dict[str, Any]:
    """Seconds and milliseconds of each part."""
    rng = np.random.default_rng(seed)
    ways = town_of(edges, rng)
    network, network_s = _timed(lambda: Network(ways))
    lons, lats = _spots(ways, facilities, rng)
    town, placed_s = _timed(lambda: Town(network, lons, lats))
    took = [
        _timed(partial(town.ways_from, float(lon), float(lat), _FARTHEST))[1]
        for lon, lat in zip(*_spots(ways, asked, rng), strict=True)
    ]
    where = _spots(ways, homes, rng)
    people = rng.integers(50, 3000, homes).astype(float)
    communities = [f"{number % 120:012d}" for number in range(homes)]
    ground = Ground(Homes(*where, people, communities), lons, lats, network)
    looked_at = [one for one in STARTER if one.circle]
    shares = np.array_split(rng.permutation(facilities), len(STARTER))
    kinds = [(one.code, one.minutes, np.sort(shares[at])) for at, one in enumerate(looked_at)]
    found, circle_s = _timed(lambda: circle_of(ground, kinds))
    ordered = sorted(1000 * one for one in took)
    return {
        "facilities": facilities, "nodes": len(ways.lons), "edges": len(ways.starts), "homes": homes,
        "kinds": len(found), "network_s": round(network_s, 2), "placed_s": round(placed_s, 2),
        "nearest_ms_median": round(ordered[len(ordered) // 2], 2),
        "nearest_ms_p95": round(ordered[int(0.95 * (len(ordered) - 1))], 2),
        "circle_s": round(circle_s, 2),
    }  # fmt: skip


def town_of(edges: int, rng: np.random.Generator) -> Ways:
    """A grid of streets with every tenth link missing, so that ways wind; about so many edges."""
    side = int((edges / 1.8) ** 0.5) + 1
    x, y = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    jitter = rng.uniform(-0.2, 0.2, (2, side, side))
    lons, lats = _MIDDLE[0] + _BLOCK * (x + jitter[0]), _MIDDLE[1] + _BLOCK * (y + jitter[1])
    points = np.stack([lons, lats], axis=-1)
    across = np.stack([points[:-1], points[1:]], axis=2).reshape(-1, 2, 2)
    along = np.stack([points[:, :-1], points[:, 1:]], axis=2).reshape(-1, 2, 2)
    drawn = np.concatenate([across, along])
    drawn = drawn[rng.random(len(drawn)) >= 0.1]
    return ways_of(shapely.linestrings(drawn))


def _spots(ways: Ways, count: int, rng: np.random.Generator) -> tuple[Any, Any]:
    at = rng.integers(0, len(ways.lons), count)
    return (
        ways.lons[at] + rng.uniform(-0.0003, 0.0003, count),
        ways.lats[at] + rng.uniform(-0.0003, 0.0003, count),
    )


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    made = act()
    return made, time.perf_counter() - began


def _lines(report: dict[str, Any]) -> Iterator[str]:
    yield f"设施 {report['facilities']:,}，居住点 {report['homes']:,}"
    yield f"路口 {report['nodes']:,}，路段 {report['edges']:,}"
    yield f"装入路网 {report['network_s']} 秒，摆上设施 {report['placed_s']} 秒（各只做一次）"
    yield f"步行最近（三公里内全部）：中位 {report['nearest_ms_median']} 毫秒，p95 {report['nearest_ms_p95']} 毫秒"
    yield f"生活圈（{report['kinds']} 类，每类建议三处）：{report['circle_s']} 秒"
