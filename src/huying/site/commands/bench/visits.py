"""``huying bench visits``: the month's plan of a made district, day routes beside long runs, somebody who is ill."""

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from huying.simulate.bench.visiting import Town, town
from huying.simulate.chance import dice
from huying.site import console
from huying.visits.rules.planning.given import Client, Month, Placed
from huying.visits.rules.planning.handing import Standing, handed
from huying.visits.rules.planning.judging import judged
from huying.visits.rules.planning.month import planned
from huying.visits.rules.routing import EXACT, Stop, between, length, searched, way
from huying.worktime import mainland

EXAMPLES = """
  huying bench visits                             400 名网格员，约 2 万户次，2026 年 10 月（有国庆长假）
  huying bench visits --workers 100 --long 10     小一些的区；每条路线和跑 10 秒的比
"""
_SAMPLE: Final = 12
_LONG_DAY: Final = 25
_ILL: Final = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--workers, --month, --seed, --long and --json."""
    parser.add_argument("--workers", type=int, default=400, help="几名走访人，默认 400")
    parser.add_argument("--month", default="2026-10", help="哪个月，默认 2026-10")
    parser.add_argument("--seed", type=int, default=704, help="随机种子")
    parser.add_argument("--long", type=float, default=5.0, help="每条路线对照跑几秒，默认 5")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the measures; 0 when done."""
    report = measured(args.workers, date.fromisoformat(f"{args.month}-01"), args.seed, args.long)
    console.emit(args, report, _lines(report))
    return 0


def measured(workers: int, first: date, seed: int, seconds: float) -> dict[str, Any]:
    """Plan, routes and re-planning of one made district."""
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    month = Month(first, last, mainland().is_working)
    made = town(seed, workers, first)
    began = time.perf_counter()
    placed = planned(made.clients, made.workers, month)
    took = time.perf_counter() - began
    found = judged(placed, made.clients, made.workers, month)
    return {
        "workers": workers, "people": found.people, "visits": found.visits, "month": f"{first:%Y-%m}",
        "plan_seconds": round(took, 1), "frequencies_kept": found.kept, "late_before": found.late,
        "minutes_least": round(found.least), "minutes_mean": round(found.mean), "minutes_most": round(found.most),
        "fullest_above_mean": round(found.uneven, 3), "on_liked_days": round(found.liked / max(1, found.visits), 3),
        "on_holidays": found.holidays, **_routes(made, placed, seed, seconds), **_ill(made, placed, month),
    }  # fmt: skip


def _routes(made: Town, placed: Sequence[Placed], seed: int, seconds: float) -> dict[str, Any]:
    clients = {one.id: one for one in made.clients}
    starts = {one.id: (one.lon, one.lat) for one in made.workers}
    days: dict[tuple[int, date], list[Client]] = {}
    for one in placed:
        days.setdefault((one.worker, one.day), []).append(clients[one.client])
    began = time.perf_counter()
    for (worker, _day), those in days.items():
        way(starts[worker], _stops(those))
    took = time.perf_counter() - began
    fullest = sorted(days.items(), key=lambda pair: -len(pair[1]))[:_SAMPLE]
    usual = [(starts[worker], _stops(those)) for (worker, _day), those in fullest]
    rng = dice(seed, "long days")
    long_ones = [
        (starts[rng.choice(made.workers).id], _stops(rng.sample(made.clients, _LONG_DAY))) for _ in range(4)
    ]
    # Within one community: somebody who makes up for a whole week.
    near = sorted(made.clients, key=lambda one: one.area)
    for _ in range(4):
        at = rng.randrange(len(near) - _LONG_DAY)
        long_ones.append((starts[int(made.workers[0].id)], _stops(near[at : at + _LONG_DAY])))
    return {
        "days": len(days), "stops_a_day": round(len(placed) / len(days), 1),
        "fullest_day": len(fullest[0][1]), "route_seconds_all_days": round(took, 1), "long_run_seconds": seconds,
        "gap_fullest_days": _gap(usual, seconds), "gap_days_of_25_stops": _gap(long_ones, seconds),
    }  # fmt: skip


def _gap(days: Sequence[tuple[tuple[float, float], Sequence[Stop]]], seconds: float) -> float:
    """How much longer all of these ways are than what a long run finds, as a share; below nought: shorter."""
    ours = longest = 0.0
    for start, stops in days:
        table, slots = between(start, stops), [one.slot for one in stops]
        ours += way(start, stops).metres
        longest += length(table, searched(table, slots, seconds))
    return round(ours / longest - 1, 4)


def _ill(made: Town, placed: Sequence[Placed], month: Month) -> dict[str, Any]:
    """The fullest worker falls ill on the tenth for five working days: seconds, and whether frequencies still hold."""
    clients, today = {one.id: one for one in made.clients}, month.first + timedelta(days=9)
    load: dict[int, int] = {}
    for one in placed:
        load[one.worker] = load.get(one.worker, 0) + (one.day >= today)
    ill = max(load, key=lambda worker: load[worker])
    gone = [day for day in month.days() if day >= today and month.working(day)][:_ILL]
    street = next(one.areas[0] for one in made.workers if one.id == ill)[:9]
    near = {one.id: one for one in made.workers if one.areas[0].startswith(street)}
    those = [one for one in placed if one.worker in near and one.day >= today]
    standing = Standing(today, clients, near, those, {(ill, day) for day in gone}, month.working)
    began = time.perf_counter()
    moved = handed(standing)
    took = time.perf_counter() - began
    after = [one for one in placed if not (one.worker in near and one.day >= today)]
    after += [moved.get(number, one) for number, one in enumerate(those)]
    found = judged(after, made.clients, made.workers, month)
    others = sum(one.worker != ill for one in moved.values())
    return {
        "ill_visits_moved": len(moved), "ill_to_others": others, "ill_seconds": round(took, 2),
        "ill_frequencies_kept": found.kept,
    }  # fmt: skip


def _stops(those: Sequence[Client]) -> list[Stop]:
    return [Stop(one.lon, one.lat, one.slot) for one in those]


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    told = report
    yield f"{told['month']}：{told['workers']} 名走访人，{told['people']} 人，{told['visits']} 户次"
    yield (
        f"排计划 {told['plan_seconds']} 秒；频次全部守住的 {told['frequencies_kept']} 人，"
        f"月初已逾期 {told['late_before']} 人；节假日走访 {told['on_holidays']} 户次"
    )
    yield (
        f"每人 {told['minutes_least']}–{told['minutes_most']} 分钟，平均 {told['minutes_mean']}，"
        f"最忙的比平均多 {told['fullest_above_mean']:.1%}；排在约定日子的 {told['on_liked_days']:.1%}"
    )
    yield (
        f"{told['days']} 个走访日，每天 {told['stops_a_day']} 户，最多 {told['fullest_day']} 户；"
        f"全部排好次序 {told['route_seconds_all_days']} 秒（{EXACT} 户以内逐一比较）"
    )
    yield (
        f"和跑 {told['long_run_seconds']:g} 秒的结果比：最满的日子长 {told['gap_fullest_days']:.2%}，"
        f"25 户的日子长 {told['gap_days_of_25_stops']:.2%}"
    )
    yield (
        f"最忙的一人病假 {_ILL} 天：{told['ill_seconds']} 秒改排 {told['ill_visits_moved']} 户，"
        f"交给同事 {told['ill_to_others']} 户，频次守住的 {told['ill_frequencies_kept']} 人"
    )
