"""``huying bench replies``: what is said of real replies, and whether a reply to another appeal is told apart."""

import argparse
import csv
import random
import time
from collections import Counter
from pathlib import Path
from typing import Final

from sklearn.metrics import roc_auc_score

from huying.cases.rules.advising.advice import advise
from huying.cases.rules.advising.objections import Objection, ObjectionKind
from huying.cases.rules.advising.relevance import relevance
from huying.kernel.errors import Invalid
from huying.kernel.tokens import bigrams
from huying.site import console

EXAMPLES = """
  huying bench replies 诉求和答复.csv          答复检查：每类意见占多少，换成别人的答复认不认得出
"""
_APPEAL: Final = ("text", "内容")
_REPLY: Final = ("reply", "回复1")
_SEED: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """FILE and --json."""
    parser.add_argument("file", type=Path, help="诉求和答复（CSV：text 或 内容，reply 或 回复1）")
    console.json_flag(parser)


def run(args: argparse.Namespace) -> int:
    """Print the shares of objections and how well swapped replies are told apart; 0 when done."""
    report = measured(read_replies(args.file))
    console.emit(args, report, (f"{name:24}{value}" for name, value in report.items()))
    return 0


def read_replies(path: Path) -> list[tuple[str, str]]:
    """(appeal, reply) of every line that has both. Raises Invalid when the columns are not there."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames or ()
        appeal = next((name for name in _APPEAL if name in names), None)
        reply = next((name for name in _REPLY if name in names), None)
        if appeal is None or reply is None:
            raise Invalid(f"{path.name} 需要 text 或 内容 列，以及 reply 或 回复1 列")
        title = "标题" if "标题" in names else None
        rows = [
            (f"{row[title] or '' if title else ''}。{row[appeal] or ''}", row[reply] or "") for row in reader
        ]
    return [(said, answered) for said, answered in rows if said.strip("。 ") and answered.strip()]


def measured(rows: list[tuple[str, str]]) -> dict[str, object]:
    """On the odd lines the threshold was set, so figures are of the even ones; words are counted on the odd ones."""
    known, asked = rows[1::2], rows[::2]
    shares = _shares([said for said, _reply in known])
    began = time.perf_counter()
    found = [advise(said, reply, shares) for said, reply in asked]
    each = (time.perf_counter() - began) / max(1, len(asked))
    swapped = _swapped([reply for _said, reply in asked])
    true = [relevance(said, reply, shares) for said, reply in asked]
    false = [relevance(said, other, shares) for (said, _reply), other in zip(asked, swapped, strict=True)]
    wrong = [advise(said, other, shares) for (said, _reply), other in zip(asked, swapped, strict=True)]
    counts = Counter(kind for one in found for kind in {objection.kind for objection in one})
    return {
        "replies": len(asked),
        "ms_per_reply": round(1000 * each, 2),
        "auc_true_against_swapped": round(
            float(roc_auc_score([1] * len(true) + [0] * len(false), true + false)), 4
        ),
        "irrelevant_true": _share(found, ObjectionKind.RELEVANCE),
        "irrelevant_swapped": _share(wrong, ObjectionKind.RELEVANCE),
        **{f"share_{kind.value}": round(counts[kind] / max(1, len(asked)), 3) for kind in ObjectionKind},
    }


def _share(found: list[list[Objection]], kind: ObjectionKind) -> float:
    hit = sum(any(objection.kind is kind for objection in one) for one in found)
    return round(hit / max(1, len(found)), 3)


def _swapped(replies: list[str]) -> list[str]:
    """Each reply replaced by another one, never by one of the same words."""
    order = list(range(len(replies)))
    random.Random(_SEED).shuffle(order)
    after = dict(zip(order, [*order[1:], *order[:1]], strict=True))
    for at in order:
        while replies[at] == replies[after[at]] and len(set(replies)) > 1:
            after[at] = (after[at] + 1) % len(replies)
    return [replies[after[at]] for at in range(len(replies))]


def _shares(texts: list[str]) -> dict[str, float]:
    counts = Counter(token for text in texts for token in bigrams(text))
    return {token: count / len(texts) for token, count in counts.items()}
