"""一事一考核: a score for each closed case, line by line, so that everybody can say where a point went.

Each line is an expression over what was counted on the case at the body that closed it, held between its least and its
most. A sheet of lines is data in versions; a case is scored by the sheet that holds on the day it was closed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import Any, Final

from huying.figures.rules import expressions
from huying.figures.rules.measures import Measure
from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_LINES: Final = 15
_POINTS: Final = 100
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One line: ``points`` is an expression over counts; the line is worth ``least`` to ``most`` points."""

    code: str
    zh: str
    en: str
    points: str
    least: int
    most: int

    def check(self) -> None:
        """Raises Invalid where the line cannot be reckoned."""
        if not self.code.isidentifier() or not self.zh.strip() or not self.en.strip():
            raise Invalid(said("评分项“%(name)s”要有代码、名称和英文名称。", name=self.zh or self.code))
        if not -_POINTS <= self.least <= self.most <= _POINTS:
            raise Invalid(
                said("评分项“%(name)s”的最低分不能高于最高分，分值在 -100 到 100 之间。", name=self.zh)
            )
        expressions.weights(self.points)

    def worth(self, counts: Mapping[Measure, int]) -> Decimal:
        """What the line is worth for these counts, to hundredths, half to even."""
        above, below = expressions.value(self.points, counts)
        held = min(max(Fraction(above, below), Fraction(self.least)), Fraction(self.most))
        return (Decimal(held.numerator) / Decimal(held.denominator)).quantize(_CENT, ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a version; ``version`` 0 is the platform's. It holds for cases closed on ``valid_from`` or later."""

    lines: Sequence[ScoreLine]
    version: int = 0
    valid_from: date = date.min

    def check(self) -> None:
        """Raises Invalid where a line cannot be reckoned or the lines cannot make up a score."""
        if not 1 <= len(self.lines) <= _LINES:
            raise Invalid(said("评分项应为 1 到 %(most)s 项。", most=_LINES))
        if len({line.code for line in self.lines}) < len(self.lines):
            raise Invalid("评分项的代码不能重复。")
        for line in self.lines:
            line.check()
        if sum(max(line.most, 0) for line in self.lines) != _POINTS:
            raise Invalid("各评分项的最高分加起来应为 100 分。")


@dataclass(frozen=True, slots=True)
class Scored:
    """A case's score, 0 to 100, and what each line was worth."""

    score: Decimal
    worth: Mapping[str, Decimal]


def score(sheet: Sheet, counts: Mapping[Measure, int]) -> Scored:
    """The score of a case by what was counted on it. Never below 0, never above 100."""
    worth = {line.code: line.worth(counts) for line in sheet.lines}
    total = min(max(sum(worth.values(), Decimal(0)), Decimal(0)), Decimal(_POINTS))
    return Scored(total.quantize(_CENT), worth)


def sheet_of(said: Mapping[str, Any], version: int, valid_from: date) -> Sheet:
    """A sheet as it is kept."""
    lines = [
        ScoreLine(one["code"], one["zh"], one["en"], one["points"], int(one["least"]), int(one["most"]))
        for one in said["lines"]
    ]
    return Sheet(lines, version, valid_from)


# Deducting, so that what a case never had (nobody could be reached, no check) costs nothing.
STANDARD: Final = Sheet((
    ScoreLine("in_time", "按期办结", "Done in time", "30 - 30 * handle_late + 10 * handle_late_done", 0, 30),
    ScoreLine("contacted", "及时联系", "Contacted in time", "10 - 10 * contact_late", 0, 10),
    ScoreLine("once", "一次办好", "Done right at once", "20 - 10 * rework - 10 * reopened", 0, 20),
    ScoreLine("solved", "解决", "Solved", "20 - 20 * unsolved + 10 * solved", 0, 20),
    ScoreLine(
        "satisfied", "满意", "Satisfied", "20 - 20 * unsatisfied - 2 * basically + 10 * satisfied", 0, 20
    ),
    ScoreLine("signed", "超时签收扣分", "Signed late", "0 - 5 * sign_late", -5, 0),
    ScoreLine("disputed", "争议不成立扣分", "Unfounded dispute", "0 - 5 * dismissed", -10, 0),
    ScoreLine("supervised", "督办扣分", "Supervised", "0 - 10 * supervised", -20, 0),
))  # fmt: skip
