"""``huying bench place``: how well words about a place are put on the map of a made district."""

import argparse
import time
from collections.abc import Sequence
from typing import Final

import numpy as np

from huying.geo.measure import distance
from huying.loop.allocate.rules.measuring import expected_calibration_error
from huying.places.rules.book import AreaBook
from huying.places.rules.reading.guesses import Guess
from huying.places.rules.reading.reader import Reader
from huying.simulate.bench.addresses import Said, as_told, otherwise
from huying.simulate.land import Size, district
from huying.simulate.loading.ground import reading_rows
from huying.site import console

EXAMPLES = """
  huying bench place                    两种说法各 4000 句，放到示范区地图上
  huying bench place --seed 5 --json    换一个示范区，供程序读取
"""
SURE: Final = 0.8
_WAYS: Final = {"as_told": as_told, "otherwise": otherwise}
_DIGITS: Final = {"street": 9, "community": 12, "grid": 15}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--texts, --seed, --streets and --json."""
    parser.add_argument("--texts", type=int, default=4000, help="每种说法多少句，默认 4000")
    parser.add_argument("--seed", type=int, default=1, help="哪一个示范区，默认 1")
    parser.add_argument("--streets", type=int, default=3, help="几个街道，默认 3")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the measures of both ways of saying where; 0 when done."""
    report = measured(args.seed, Size(streets=args.streets), args.texts)
    console.emit(args, report, (f"{name:12}{value}" for name, value in report.items()))
    return 0


def measured(seed: int, size: Size, count: int) -> dict[str, object]:
    """For each way the measures over all points, the surest of them, roads and rivers apart, and by kind."""
    land = district(seed, size)
    areas, places = reading_rows(land)
    book = AreaBook(int(land.code), land.name, areas)
    reader = Reader(book, places)
    report: dict[str, object] = {"places": len(places), "areas": len(areas)}
    for name, way in _WAYS.items():
        said = list(way(seed, land, count))
        began = time.perf_counter()
        guesses = [found[0] if found else None for found in reader.guess_many([one.text for one in said])]
        seconds = time.perf_counter() - began
        codes = book.locate_many(np.array([s.lon for s in said]), np.array([s.lat for s in said]))[0]
        rows = list(zip(said, guesses, [code or "" for code in codes], strict=True))
        points = [row for row in rows if row[0].lasting]
        kinds = dict.fromkeys(row[0].kind for row in points)
        report[name] = {
            **_measures(points),
            "texts_per_second": round(len(said) / seconds),
            "roads": _measures([row for row in rows if not row[0].lasting]),
            **{kind: _short([row for row in points if row[0].kind == kind]) for kind in kinds},
        }
    return report


Row = tuple[Said, Guess | None, str]


def _measures(rows: Sequence[Row]) -> dict[str, object]:
    answered = [(said, guess, code) for said, guess, code in rows if guess is not None]
    fine = [(guess, code) for _said, guess, code in answered if len(guess.area) >= _DIGITS["community"]]
    sure = [(guess, code) for guess, code in fine if guess.confidence >= SURE]
    metres = sorted(distance(said.lon, said.lat, guess.lon, guess.lat) for said, guess, _code in answered)
    return {
        "texts": len(rows),
        "answered": _share(len(answered), len(rows)),
        **{level: _share(_right(answered, level), len(rows)) for level in _DIGITS},
        "sure": _share(len(sure), len(rows)),
        "sure_right": _share(sum(_same(guess, code, "community") for guess, code in sure), len(sure)),
        "ece": _error(fine),
        "metres_median": round(metres[len(metres) // 2]) if metres else None,
        "metres_p90": round(metres[len(metres) * 9 // 10]) if metres else None,
    }


def _short(rows: Sequence[Row]) -> dict[str, object]:
    answered = [(said, guess, code) for said, guess, code in rows if guess is not None]
    return {level: _share(_right(answered, level), len(rows)) for level in ("community", "grid")}


def _right(rows: Sequence[tuple[Said, Guess, str]], level: str) -> int:
    return sum(_same(guess, code, level) for _said, guess, code in rows)


def _same(guess: Guess, code: str, level: str) -> bool:
    digits = _DIGITS[level]
    return len(guess.area) >= digits and guess.area[:digits] == code[:digits]


def _error(fine: Sequence[tuple[Guess, str]]) -> float:
    if not fine:
        return 0.0
    hits = [_same(guess, code, "community") for guess, code in fine]
    return round(expected_calibration_error([guess.confidence for guess, _code in fine], hits), 4)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
