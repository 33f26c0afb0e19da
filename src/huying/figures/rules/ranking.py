"""Ranking: who stands before whom by one indicator, and how much must be judged before anybody is ranked at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, TypeVar

from huying.figures.rules import expressions
from huying.figures.rules.formulas import Figure, Formula
from huying.figures.rules.measures import Measure
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term

_MOST: Final = 1000


class Ranked(Term):
    """What is ranked against its like."""

    DEPARTMENTS = "departments", "部门和单位"
    STREETS = "streets", "街道"
    COMMUNITIES = "communities", "社区"
    GRIDS = "grids", "网格"
    POSTS = "posts", "岗位"
    WORKERS = "workers", "网格员"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Below ``least`` judged matters a row is shown but not ranked; one follow-up is no result.

    What is judged is what the indicator divides by: for the three rates and the score, valid follow-ups.
    """

    least: int = 5
    version: int = 0
    valid_from: date = date.min

    def __post_init__(self) -> None:
        if not 1 <= self.least <= _MOST:
            raise Invalid(fields={"least": said("最少件数应为 1 到 %(most)s。", most=_MOST)})


PLAIN: Final = Threshold()


class _Row(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def counts(self) -> Mapping[Measure, int]: ...
    @property
    def figures(self) -> Mapping[str, Figure]: ...


Row = TypeVar("Row", bound=_Row)


def judged(formula: Formula, counts: Mapping[Measure, int]) -> int:
    """How many matters an indicator judges: those its denominator counts, each once, without those it takes back."""
    _scale, weighted, _plain = expressions.weights(formula.denominator)
    return sum(counts.get(one, 0) * ((weight > 0) - (weight < 0)) for one, weight in weighted)


def few(formula: Formula, counts: Mapping[Measure, int], least: int) -> bool:
    """Whether too little is judged for a rank. Ratings are given by units, not by callers: each of them is enough."""
    if expressions.names(formula.denominator) == {Measure.RATED}:
        return False
    return judged(formula, counts) < least


def ranked(rows: Sequence[Row], order: str, least: int) -> Iterator[tuple[Row, int | None]]:
    """The rows, best first by the indicator ``order``, with their ranks; equal values share one.

    Rows with too little to judge follow without a rank, then those without a value.
    """
    last, rank = None, 0
    for place, row in enumerate(sorted(rows, key=lambda row: _worth(row, order, least)), start=1):
        figure = row.figures.get(order)
        if figure is None or figure.value is None or few(figure.formula, row.counts, least):
            yield row, None
            continue
        if figure.value != last:
            last, rank = figure.value, place
        yield row, rank


def _worth(row: _Row, order: str, least: int) -> tuple[int, object, str]:
    figure = row.figures.get(order)
    if figure is None or figure.value is None:
        return 2, 0, row.key
    return (
        int(few(figure.formula, row.counts, least)),
        figure.value if figure.formula.better < 0 else -figure.value,
        row.key,
    )
