"""``huying bench item``: how well texts are given their item, on files with a text and its label."""

import argparse
import csv
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from huying.kernel.errors import Invalid
from huying.loop.allocate.rules.measuring import expected_calibration_error, macro_f1
from huying.loop.allocate.rules.words.folds import folds, nearly_same, same
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier, ItemGuess
from huying.site import console

EXAMPLES = """
  huying bench item --train 甲.csv 乙.csv --test 丙.csv          学习前两份，检验第三份
  huying bench item --folds 5 甲.csv 乙.csv                      分五份轮流检验，相同和近似的留言不跨份
"""
Line = tuple[str, str]
# Both are told: what was sent twice word for word is the least, what was sent again with changes the honest one.
_TOGETHER: Final[dict[str, Callable[[Sequence[str]], Any]]] = {
    "same_together": same,
    "nearly_same_together": nearly_same,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Either --train FILE… and --test FILE, or --folds N FILE…; --json."""
    parser.add_argument("files", type=Path, nargs="*", help="分份检验用文件（CSV：tokens 或 text，label）")
    parser.add_argument("--train", type=Path, nargs="+", default=[], help="学习用文件")
    parser.add_argument("--test", type=Path, help="检验用文件")
    parser.add_argument("--folds", type=int, default=0, help="分成几份轮流检验")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Learn from some texts, judge on others, print macro_f1 and ece; 0 when done.

    Raises Invalid when it is not said what to learn from and what to judge on.
    """
    if args.folds > 1 and args.files:
        lines = [line for path in args.files for line in read_labelled(path)]
        report: dict[str, Any] = {name: crossed(lines, args.folds, of) for name, of in _TOGETHER.items()}
    elif args.train and args.test:
        known = [line for path in args.train for line in read_labelled(path)]
        report = measured(known, read_labelled(args.test))
    else:
        raise Invalid("请给出 --train 和 --test，或者 --folds 份数和文件")
    console.emit(args, report, (f"{name:22}{value}" for name, value in report.items()))
    return 0


def read_labelled(path: Path) -> list[Line]:
    """(text, label) of every line; words given as ``tokens`` are preferred to ``text``, a subject comes first.

    Raises Invalid when the columns are not there.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames or ()
        column = next((name for name in ("tokens", "text") if name in names), None)
        if column is None or "label" not in names:
            raise Invalid(f"{path.name} 需要 tokens 或 text 列，以及 label 列")
        subject = "subject" if column == "text" and "subject" in names else None
        return [(f"{row[subject] if subject else ''}{row[column]}", row["label"]) for row in reader]


def measured(known: list[Line], asked: list[Line]) -> dict[str, float]:
    """Macro F1, accuracy, calibration error, speed in batch and alone; texts also learned from are left out."""
    seen = {text for text, _ in known}
    fresh = [(text, label) for text, label in asked if text not in seen]
    began = time.perf_counter()
    classifier = _taught(known)
    trained = time.perf_counter() - began
    texts, labels = [text for text, _ in fresh], [label for _, label in fresh]
    began = time.perf_counter()
    first = [guesses[0] for guesses in classifier.rank(texts, limit=1)]
    batch = time.perf_counter() - began
    began = time.perf_counter()
    for text in texts[:100]:
        classifier.rank([text])
    single = (time.perf_counter() - began) / max(1, len(texts[:100]))
    return {
        "train": len(known),
        "test": len(fresh),
        "left_out": len(asked) - len(fresh),
        **_right(labels, first),
        "trained_seconds": round(trained, 1),
        "texts_per_second": round(len(texts) / batch),
        "single_ms": round(1000 * single, 2),
    }


def crossed(lines: list[Line], count: int, together: Callable[[Sequence[str]], Any]) -> dict[str, float]:
    """Each part judged by what the others taught, all guesses then measured as one; what ``together`` finds alike
    is in one part."""
    texts, labels = [text for text, _ in lines], [label for _, label in lines]
    groups = together(texts)
    guesses: dict[int, ItemGuess] = {}
    for known, asked in folds(labels, groups, count):
        classifier = _taught([lines[number] for number in known])
        ranked = classifier.rank([texts[number] for number in asked], limit=1)
        guesses |= {int(number): guess for number, [guess] in zip(asked, ranked, strict=True)}
    return {
        "texts": len(lines),
        "groups": len(set(groups.tolist())),
        "folds": count,
        **_right(labels, [guesses[number] for number in range(len(lines))]),
    }


def _taught(lines: list[Line]) -> ItemClassifier:
    return ItemClassifier.fitted([text for text, _ in lines], [label for _, label in lines])


def _right(labels: list[str], first: list[ItemGuess]) -> dict[str, float]:
    hits = [guess.code == label for guess, label in zip(first, labels, strict=True)]
    return {
        "macro_f1": round(macro_f1(labels, [guess.code for guess in first]), 4),
        "accuracy": round(sum(hits) / max(1, len(hits)), 4),
        "ece": round(expected_calibration_error([guess.probability for guess in first], hits), 4),
    }
