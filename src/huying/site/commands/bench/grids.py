"""``huying bench grids``: grids of even work for a district of a real one's size: how long, how even, how clear."""

import argparse
import resource
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Datum
from huying.geo.shapes import outline, read_features, shifted
from huying.gridding.rules.given import Asked, Ground
from huying.gridding.rules.meaning import meant
from huying.gridding.rules.measuring import Measured, measured
from huying.gridding.rules.solving import Solved, solve
from huying.kernel.errors import Invalid
from huying.simulate.bench.ground import Wanted, made
from huying.site import console

EXAMPLES = """
  huying bench grids                            140 万人、13 个街道、522 个小区，划 168 个网格
  huying bench grids --boundary 区界.json        在真实的区界里造一个这么大的区
  huying bench grids --keep 80 --json           尽量少动现在的边界；供程序读取
  huying bench grids --within community         一个网格也不跨社区
"""
TARGET_SECONDS: Final = 60.0
TARGET_SPREAD: Final = 0.10
#: Without a boundary: an ellipse of 340 square kilometres in open sea.
_SEA: Final = (123.0, 29.0)
_NAMES: Final = {
    "seconds": "用时（秒）",
    "processor_seconds": "处理器用时（秒）",
    "spread": "工作量最多相差",
    "on_lines": "边界沿路和自然线",
    "split": "被拆开的小区",
    "broken": "断成几块的网格",
    "compact": "紧凑度（Polsby–Popper）",
    "moved_share": "换网格的住户",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--boundary, --grids, --keep, --within, --seed, --processes and --json."""
    parser.add_argument("--boundary", type=Path, help="区界（GeoJSON，GCJ-02）；不给就在海上造一个椭圆形的区")
    parser.add_argument("--grids", type=int, default=168, help="划多少个网格，默认 168")
    parser.add_argument("--keep", type=int, default=0, help="0 重新划，100 尽量少动现在的边界")
    parser.add_argument(
        "--within", choices=("street", "community"), default="street", help="不跨什么，默认不跨街道"
    )
    parser.add_argument("--seed", type=int, default=168, help="随机种子")
    parser.add_argument("--processes", type=int, default=2, help="用几个核，默认 2")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print what the plan is like beside the grids it began from; 1 when a target is missed."""
    with console.waiting("造一个区"):
        whole = made(args.seed, boundary(args.boundary), Wanted(grids=args.grids))
    ground = whole.ground if args.within == "street" else whole.within_communities()
    asked = Asked(args.grids, keep=args.keep, seed=args.seed)
    began, worked = time.perf_counter(), _worked()
    with console.waiting("划网格"):
        solved = solve(ground, asked, processes=args.processes)
    seconds, worked = time.perf_counter() - began, _worked() - worked
    report = told(ground, asked, solved) | {
        "seconds": round(seconds, 1),
        "processor_seconds": round(worked, 1),
    }
    report |= {"processes": args.processes, "across": args.within, "met": _met(report)}
    console.emit(args, report, _lines(report))
    return 0 if report["met"] else 1


def _worked() -> float:
    """Seconds of the processor so far, of this process and of those it started and saw end."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def boundary(path: Path | None) -> BaseGeometry:
    """The outline in a file, or of a district in the sea. Raises Invalid for a file that holds none."""
    if path is None:
        lon, lat = _SEA
        circle = shapely.buffer(shapely.Point(0, 0), 1, quad_segs=24)
        return shapely.transform(circle, lambda p: p * [0.125, 0.0803] + [lon, lat])
    try:
        features = read_features(path.read_bytes())
    except OSError as error:
        raise Invalid(f"读不了文件 {path.name}：{error.strerror}。") from error
    return outline(shifted(outline(features[0].geometry), Datum.GCJ02))


def told(ground: Ground, asked: Asked, solved: Solved) -> dict[str, Any]:
    """The plan's figures, those of the grids it began from, the homes that change, and how large the ground is."""
    after = measured(ground, [grid.outline for grid in solved.grids], asked.weights, asked.tolerance)
    before = measured(ground, [grid.outline for grid in ground.today], asked.weights, asked.tolerance)
    moved = meant(
        before.site, after.site, ground.sites, [grid.code for grid in ground.today],
        [grid.code for grid in solved.grids],
    ).moved  # fmt: skip
    homes = int(ground.sites.homes.sum())
    return {
        "people": int(ground.sites.people.sum()), "homes": homes, "estates": len(ground.sites.names),
        "buildings": int(ground.sites.buildings.sum()), "regions": len(ground.regions), "blocks": solved.blocks.count,
        "apart": len(solved.apart), "contiguous": after.whole.broken == 0, "keep": asked.keep,
        **after.whole.as_dict(), "compact_least": _least(after), "moved": moved, "moved_share": round(moved / homes, 3),
        "today": before.whole.as_dict(),
    }  # fmt: skip


def _least(found: Measured) -> float:
    return min(grid.compact for grid in found.grids)


def _met(report: Mapping[str, Any]) -> bool:
    return bool(
        report["seconds"] <= TARGET_SECONDS
        and report["spread"] <= TARGET_SPREAD
        and report["contiguous"]
        and not report["split"]
    )


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    yield (
        f"{report['people']:,} 人，{report['homes']:,} 户，{report['regions']} 个区域，{report['estates']} 个小区，"
        f"{report['blocks']:,} 个地块 → {report['grids']} 个网格"
    )
    for name, words in _NAMES.items():
        before = report["today"].get(name, "")
        yield f"{words}：{report[name]}" + (f"（现在 {before}）" if before != "" else "")
    yield "达到目标" if report["met"] else "没有达到目标"
