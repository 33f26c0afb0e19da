"""How good suggestions are: predict, then learn, in time order; and the measures of classification."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from huying.loop.allocate.rules.history.contexts import Features
from huying.loop.allocate.rules.history.suggester import Guess, Suggester
from huying.loop.allocate.rules.order_files import PastOrder


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: the unit it went to, the units suggested (best first), the first one's probability."""

    truth: str
    ranked: tuple[str, ...]
    confidence: float


def replay(orders: Iterable[PastOrder], suggester: Suggester) -> list[Outcome]:
    """Each order is suggested before it is learned, so nothing is foretold from what comes later."""
    outcomes = []
    for order in orders:
        guesses: Sequence[Guess] = suggester.suggest(order.features, limit=3)
        confidence = guesses[0].probability if guesses else 0.0
        outcomes.append(Outcome(order.unit, tuple(guess.body for guess in guesses), confidence))
        suggester.learn(order.features, order.unit)
    return outcomes


def replay_majority(
    orders: Iterable[PastOrder], keys: Sequence[Callable[[Features], tuple[str, ...]]]
) -> list[Outcome]:
    """The majority table to beat: the commonest units so far under the first key that was met before."""
    tables: list[defaultdict[tuple[str, ...], Counter[str]]] = [defaultdict(Counter) for _ in keys]
    outcomes = []
    for order in orders:
        found = [table[key(order.features)] for table, key in zip(tables, keys, strict=True)]
        known = next((counts for counts in found if counts), Counter[str]())
        ranked = known.most_common(3)
        share = ranked[0][1] / known.total() if ranked else 0.0
        outcomes.append(Outcome(order.unit, tuple(unit for unit, _ in ranked), share))
        for counts in found:
            counts[order.unit] += 1
    return outcomes


def ranking(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Shares of right first suggestions, of right ones among three, and in the surest half."""
    if not outcomes:
        return {"n": 0, "top1": 0.0, "top3": 0.0, "surest_half": 0.0}
    surest = sorted(outcomes, key=lambda outcome: -outcome.confidence)[: max(1, len(outcomes) // 2)]
    return {
        "n": len(outcomes),
        "top1": round(_first(outcomes), 4),
        "top3": round(sum(o.truth in o.ranked[:3] for o in outcomes) / len(outcomes), 4),
        "surest_half": round(_first(surest), 4),
    }


def _first(outcomes: Sequence[Outcome]) -> float:
    return sum(o.ranked[:1] == (o.truth,) for o in outcomes) / len(outcomes)


def macro_f1(truths: Sequence[str], predictions: Sequence[str]) -> float:
    """The mean of F1 over the classes that occur in either, each class counting the same."""
    labels = set(truths) | set(predictions)
    scores = []
    for label in labels:
        hit = sum(t == p == label for t, p in zip(truths, predictions, strict=True))
        told = sum(p == label for p in predictions)
        real = sum(t == label for t in truths)
        scores.append(2 * hit / (told + real))
    return sum(scores) / len(scores) if scores else 0.0


def expected_calibration_error(confidences: Sequence[float], hits: Sequence[bool], bins: int = 10) -> float:
    """How far confidence lies from the share of hits, averaged over equal bins by their size."""
    totals: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for confidence, hit in zip(confidences, hits, strict=True):
        entry = totals[min(bins - 1, int(confidence * bins))]
        entry[0] += confidence
        entry[1] += hit
    return sum(abs(said - was) for said, was in totals.values()) / max(1, len(hits))
