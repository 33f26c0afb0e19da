"""What of a case makes it worth asking about: plain facts, each with points that add to the chance of being asked."""

from collections.abc import Iterable, Mapping
from typing import Final

from huying.kernel.terms import Term


class Risk(Term):
    """One fact that speaks for asking, in the words that stand beside the case."""

    UNHAPPY = "unhappy", "之前不满意"
    REWORKED = "reworked", "返过工"
    REPEATED = "repeated", "三个月内再次反映"
    OVERDUE = "overdue", "办理超期"
    SUPERVISED = "supervised", "被督办"
    DISPUTED = "disputed", "有过争议"
    PROMISED = "promised", "作过承诺"
    URGENT = "urgent", "紧急事项"
    WEAK_BODY = "weak_body", "承办单位近期没解决的多"


# Percentage points by which each raises the chance; a district may weigh them otherwise.
POINTS: Final[Mapping[Risk, int]] = {
    Risk.UNHAPPY: 60,
    Risk.REWORKED: 40,
    Risk.REPEATED: 25,
    Risk.OVERDUE: 20,
    Risk.SUPERVISED: 30,
    Risk.DISPUTED: 10,
    Risk.PROMISED: 15,
    Risk.URGENT: 30,
    Risk.WEAK_BODY: 20,
}
# A body is weak where of at least so many callers heard in 30 days at least so large a share said "unsolved".
WEAK_FROM: Final = 10
WEAK_SHARE: Final = 0.15


def is_weak(heard: int, unsolved: int) -> bool:
    """Whether a body's callers lately said too often that nothing was solved."""
    return heard >= WEAK_FROM and unsolved >= WEAK_SHARE * heard


def chance(base: int, risks: Iterable[Risk], points: Mapping[Risk, int]) -> int:
    """The chance to be asked, in percent: what everybody has and the points of each risk, at most 100."""
    return min(100, base + sum(points.get(risk, 0) for risk in set(risks)))
