"""Whether a vote is valid and whether it is carried (民法典 278, paragraph 2; other kinds of decisions
bring their own shares)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from huying.deliberation.rules.kinds import Choice
from huying.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Share:
    """A share that must be reached: 三分之二以上 includes two thirds (民法典 1259), 过半数 is ``over`` one half."""

    of: Fraction
    over: bool

    def reached(self, part: Decimal | int, whole: Decimal | int) -> bool:
        """Whether ``part`` of ``whole`` is enough; of nothing no share is reached."""
        if whole <= 0:
            return False
        is_share = Fraction(part) / Fraction(whole)
        return is_share > self.of if self.over else is_share >= self.of


@dataclass(frozen=True, slots=True)
class Rule:
    """What a kind of decision asks for: who must take part, and how many of those must agree."""

    quorum: Share
    majority: Share
    by_area: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Households and square metres."""

    households: int = 0
    area: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """All who may vote, and what those who did said."""

    entitled: Count
    said: Mapping[Choice, Count] = field(default_factory=dict)

    @property
    def voted(self) -> Count:
        return Count(
            sum(count.households for count in self.said.values()),
            sum((count.area for count in self.said.values()), Decimal(0)),
        )

    def of(self, choice: Choice) -> Count:
        return self.said.get(choice, Count())


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether enough took part, and whether the proposal is carried, which it cannot be without."""

    quorate: bool
    passed: bool


def outcome(rule: Rule, tally: Tally) -> Outcome:
    """What the count comes to."""
    quorate = _both(rule, rule.quorum, tally.voted, tally.entitled)
    return Outcome(quorate, quorate and _both(rule, rule.majority, tally.of(Choice.YES), tally.voted))


def _both(rule: Rule, share: Share, part: Count, whole: Count) -> bool:
    by_heads = share.reached(part.households, whole.households)
    return by_heads and (not rule.by_area or share.reached(part.area, whole.area))


def read_share(text: str) -> Fraction:
    """``2/3`` as a fraction. Raises Invalid for what is none, or not between 0 and 1."""
    try:
        share = Fraction(text.strip())
    except (ValueError, ZeroDivisionError) as error:
        raise Invalid("比例应写成 2/3 这样。") from error
    if not 0 < share <= 1:
        raise Invalid("比例应大于 0，不超过 1。")
    return share
