"""``huying bench item``: how well texts are given their item, on files with a text and its label."""

import argparse
import csv
import time
from pathlib import Path

from huying.kernel.errors import Invalid
from huying.loop.allocate.rules.measuring import expected_calibration_error, macro_f1
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier
from huying.site import console

EXAMPLES = """
  huying bench item --train 甲.csv 乙.csv --test 丙.csv          学习前两份，检验第三份
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--train FILE…, --test FILE and --json."""
    parser.add_argument(
        "--train", type=Path, nargs="+", required=True, help="学习用文件（CSV：tokens 或 text，label）"
    )
    parser.add_argument("--test", type=Path, required=True, help="检验用文件")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Learn from the first files, judge on the last, print macro_f1 and ece; 0 when done."""
    known = [line for path in args.train for line in read_labelled(path)]
    report = measured(known, read_labelled(args.test))
    console.emit(args, report, (f"{name:18}{value}" for name, value in report.items()))
    return 0


def read_labelled(path: Path) -> list[tuple[str, str]]:
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


def measured(known: list[tuple[str, str]], asked: list[tuple[str, str]]) -> dict[str, float]:
    """Macro F1, accuracy, calibration error, speed in batch and alone; texts also learned from are left out."""
    seen = {text for text, _ in known}
    fresh = [(text, label) for text, label in asked if text not in seen]
    classifier = ItemClassifier.fitted([text for text, _ in known], [label for _, label in known])
    texts, labels = [text for text, _ in fresh], [label for _, label in fresh]
    began = time.perf_counter()
    first = [guesses[0] for guesses in classifier.rank(texts, limit=1)]
    batch = time.perf_counter() - began
    began = time.perf_counter()
    for text in texts[:100]:
        classifier.rank([text])
    single = (time.perf_counter() - began) / max(1, len(texts[:100]))
    hits = [guess.code == label for guess, label in zip(first, labels, strict=True)]
    return {
        "train": len(known),
        "test": len(fresh),
        "left_out": len(asked) - len(fresh),
        "macro_f1": round(macro_f1(labels, [guess.code for guess in first]), 4),
        "accuracy": round(sum(hits) / max(1, len(hits)), 4),
        "ece": round(expected_calibration_error([guess.probability for guess in first], hits), 4),
        "texts_per_second": round(len(texts) / batch),
        "single_ms": round(1000 * single, 2),
    }
