"""``huying bench home``: how soon a fall at home is noticed, against false alarms a month, beside plain rules."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from rich.cells import cell_len

from huying.devices.rules.home.adl import read_adl
from huying.devices.rules.home.events import Event, in_order
from huying.devices.rules.home.silences import silences
from huying.devices.rules.home.standard import USUAL
from huying.devices.rules.home.trying.falls import NIGHT_UP, PARTS, RISING, STAYS, falls
from huying.devices.rules.home.trying.measuring import Measured, Rule, by_habit, by_hours, measured
from huying.site import console

EXAMPLES = """
  huying bench home 传感器记录.txt                  学一周，然后在每个清醒在家的时段模拟跌倒
  huying bench home 传感器记录.txt --learn 5 --json  只学五天，供程序读取
"""
_NAMES: Final = {"night": "凌晨", "morning": "上午", "afternoon": "下午", "evening": "晚上",
                 NIGHT_UP: "起夜", RISING: "起身时", STAYS: "早上没起床"}  # fmt: skip
_WITHIN: Final = (2, 4, 8, 12)
_LONG: Final = 1000.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE, --learn, --seed and --json."""
    parser.add_argument("file", type=Path, help="传感器记录（UCI ADL 格式：起、止、物件、类型、房间）")
    parser.add_argument("--learn", type=int, default=7, help="先学几天，默认 7")
    parser.add_argument("--seed", type=int, default=106, help="随机种子")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the measures of every rule on the same falls and the same untouched days; 0 when done."""
    report = compared(read_adl(args.file), args.learn, args.seed)
    console.emit(args, report, _lines(report))
    return 0


def compared(events: Sequence[Event], learning: int, seed: int) -> dict[str, object]:
    """For each rule its false alarms on the days after the first ``learning``, and hours until falls were noticed."""
    found = silences(in_order(events), USUAL.alive_within)
    out = measured(events, _rules(), falls(found, seed), learning, USUAL)
    return {
        "events": len(events),
        "days": (found[-1].since.date() - found[0].since.date()).days + 1,
        "days_learned": learning,
        "seed": seed,
        "rules": {name: _told(one) for name, one in out.items()},
    }


def _rules() -> dict[str, Rule]:
    learned = {
        f"习惯，每月 {promise:g} 次": by_habit(replace(USUAL, promise=promise)) for promise in (1, 0.5, 2, 4)
    }
    plain = {f"{hours} 小时无动静": by_hours(hours, up_only=False) for hours in (24, 12)}
    knowing = {f"{hours} 小时，不算卧床外出": by_hours(hours, up_only=True) for hours in (12, 6, 4, 3, 2)}
    return learned | plain | knowing


def _told(one: Measured) -> dict[str, object]:
    awake = [hours for part in PARTS.values() for hours in one.hours.get(part, [])]
    return {
        "days": one.days,
        "false_alarms": len(one.asked),
        "false_alarms_a_month": round(one.a_month, 2),
        "asked_for_who_is_out": one.out,
        "awake": _hours(awake),
        **{name: _hours(one.hours.get(name, [])) for name in _NAMES},
    }


def _hours(hours: Sequence[float]) -> dict[str, object]:
    """Median and nine in ten, in hours, None where it is not noticed for weeks; shares noticed within so many hours."""
    if not hours:
        return {"falls": 0}
    ordered = sorted(hours)
    shares = {f"within_{limit}_h": round(sum(h <= limit for h in hours) / len(hours), 3) for limit in _WITHIN}
    return {"falls": len(hours), "median": _at(ordered, 0.5), "p90": _at(ordered, 0.9), **shares}


def _at(ordered: Sequence[float], share: float) -> float | None:
    value = ordered[min(len(ordered) - 1, int(share * len(ordered)))]
    return round(value, 1) if value < _LONG else None


def _lines(report: dict[str, object]) -> Iterator[str]:
    yield (
        f"{report['events']} 个信号，{report['days']} 天，学 {report['days_learned']} 天；"
        "发现用时为小时：中位数/九成"
    )
    rules = report["rules"]
    assert isinstance(rules, dict)
    heads = ["规则", "误报/月", "外出/月", "清醒在家", *(f"≤{n}h" for n in _WITHIN), *_NAMES.values()]
    rows = [heads, *([name, *_row(told)] for name, told in rules.items())]
    widths = [max(cell_len(row[at]) for row in rows) for at in range(len(heads))]
    for row in rows:
        yield "  ".join(
            text + " " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)
        )


def _row(told: dict[str, object]) -> list[str]:
    awake, days, out = told["awake"], told["days"], told["asked_for_who_is_out"]
    assert isinstance(awake, dict)
    assert isinstance(days, int)
    assert isinstance(out, int)
    shares = [f"{awake.get(f'within_{limit}_h', 0):.0%}" for limit in _WITHIN]
    return [
        str(told["false_alarms_a_month"]), f"{out * 30 / max(1, days):.2f}", _both(awake), *shares,
        *(_both(told[name]) for name in _NAMES),
    ]  # fmt: skip


def _both(of: object) -> str:
    assert isinstance(of, dict)
    if not of["falls"]:
        return "—"
    return "/".join("从不" if of[name] is None else f"{of[name]}" for name in ("median", "p90"))
