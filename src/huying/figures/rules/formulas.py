"""Indicators (R502): a numerator over a denominator, with a version and the day from which it holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from huying.figures.rules import expressions
from huying.figures.rules.measures import Measure
from huying.kernel.errors import Invalid
from huying.kernel.terms import Term

_MILLION: Final = 10**6


class Unit(Term):
    """How an indicator is shown."""

    SHARE = "share", "百分比"
    POINTS = "points", "分"
    HOURS = "hours", "小时"


@dataclass(frozen=True, slots=True)
class Formula:
    """``numerator / denominator``; where the denominator is 0 there is no value. ``version`` 0 is the platform's.

    ``better`` is 1 where more is better, -1 where less is, 0 where neither.
    """

    code: str
    zh: str
    en: str
    numerator: str
    denominator: str
    unit: Unit = Unit.SHARE
    better: int = 1
    version: int = 0
    valid_from: date = date.min

    def check(self) -> None:
        """Raises Invalid where the formula cannot be reckoned."""
        expressions.weights(self.numerator)
        expressions.weights(self.denominator)
        if not expressions.names(self.denominator):
            raise Invalid("分母至少要有一个统计项。")

    @property
    def behind(self) -> frozenset[Measure]:
        """The measures behind the number, to be opened."""
        return expressions.names(self.numerator) | expressions.names(self.denominator)


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value for one row, with what it was reckoned from; None where nothing was to be judged."""

    formula: Formula
    value: Decimal | None
    numerator: Decimal
    denominator: Decimal


def _sixths(above: int, below: int) -> Decimal:
    """The quotient to six decimals, half to even; in whole numbers, which is exact and a third of the work."""
    if below < 0:
        above, below = -above, -below
    whole, rest = divmod(above * _MILLION, below)
    if 2 * rest > below or (2 * rest == below and whole % 2):
        whole += 1
    return Decimal(whole).scaleb(-6)


def reckon(formula: Formula, counts: Mapping[Measure, int]) -> Figure:
    """The indicator for these counts, to six decimals, half to even."""
    above, over = expressions.value(formula.numerator, counts)
    below, under = expressions.value(formula.denominator, counts)
    result = _sixths(above * under, below * over) if below else None
    return Figure(formula, result, _sixths(above, over), _sixths(below, under))


# The three rates and their weights are those of a Beijing district; weights are not in law, so a district may
# write its own versions. What is suspended has no limit running and so stands in neither part of a rate.
DEFAULTS: Final[tuple[Formula, ...]] = (
    Formula("responded_rate", "响应率", "Response rate", "responded", "valid"),
    Formula("solved_rate", "解决率", "Solved rate", "solved", "valid"),
    Formula("satisfied_rate", "满意率", "Satisfied rate", "satisfied + 0.9 * basically", "valid"),
    Formula(
        "score",
        "综合得分",
        "Score",
        "100 * (0.1 * responded + 0.5 * solved + 0.4 * (satisfied + 0.9 * basically))",
        "valid",
        Unit.POINTS,
    ),
    Formula("valid_rate", "有效回访率", "Valid follow-ups", "valid", "valid + unreached"),
    Formula("done_rate", "结案率", "Done rate", "handle_in_time + handle_late_done", "handle_in_time + handle_late"),
    Formula("in_time_rate", "按期结案率", "Done in time", "handle_in_time", "handle_in_time + handle_late"),
    Formula("rework_rate", "返工率", "Rework rate", "rework", "reported", better=-1),
    Formula("valid_report_rate", "有效上报率", "Valid reports", "filed", "filed + rejected"),
    Formula("accept_rate", "按时核实率", "Verified in time", "accept_in_time", "accept_in_time + accept_late"),
    Formula("sign_rate", "按时签收率", "Signed in time", "sign_in_time", "sign_in_time + sign_late"),
    Formula("contact_rate", "按时联系率", "Contacted in time", "contact_in_time", "contact_in_time + contact_late"),
    Formula("check_rate", "按时核查率", "Checked in time", "check_in_time", "check_in_time + check_late"),
    Formula("first_decision", "首判准确率", "First decision right", "dispatched - misjudged", "dispatched"),
    Formula("unfounded_rate", "争议不成立率", "Unfounded disputes", "dismissed", "upheld + dismissed", better=-1),
    Formula("matter_score", "一事一考核均分", "Mean score of cases", "0.01 * score_points", "scored", Unit.POINTS),
    Formula("street_score", "街道评分", "Rated by streets", "20 * rated_points", "rated", Unit.POINTS),
    Formula("answered_share", "直接答复率", "Answered directly", "answered", "closed", better=0),
    Formula(
        "solved_below", "街道以下办结率", "Closed at street or below",
        "closed_grid + closed_community + closed_street", "closed",
    ),
    Formula("solved_at_grid", "网格办结率", "Closed at the grid", "closed_grid", "closed"),
    Formula("solved_at_community", "社区办结率", "Closed at the community", "closed_community", "closed", better=0),
    Formula("solved_at_street", "街道办结率", "Closed at the street", "closed_street", "closed", better=0),
    Formula("call_rate", "呼叫应答率", "Calls answered in time", "call_in_time", "call_in_time + call_late"),
    Formula("on_spot_rate", "到场率", "Came to the spot", "arrived", "called"),
    Formula("call_stars", "应呼评星", "Stars for answering calls", "call_stars", "call_rated", Unit.POINTS),
    Formula(
        "promise_rate", "承诺兑现率", "Promises kept", "promise_kept - promise_contested",
        "promise_kept - promise_contested + promise_broken",
    ),
    Formula("close_hours", "平均办结用时", "Hours to close", "close_minutes", "60 * closed", Unit.HOURS, better=-1),
)  # fmt: skip


def in_force(own: Iterable[Formula], on: date) -> tuple[Formula, ...]:
    """The formulas that hold on a day: the newest version of each code that began by then, in a steady order.

    A ranking is reckoned by the formulas of its period's last day, so that it comes out the same for ever.
    """
    chosen = {formula.code: formula for formula in DEFAULTS}
    for formula in sorted(own, key=lambda each: each.version):
        if formula.valid_from <= on:
            chosen[formula.code] = formula
    return tuple(chosen.values())
