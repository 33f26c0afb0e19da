"""不计入考核: which late fact or verdict may be exempted, what goes with it, and on which grounds.

The fact stays in the ledger and on the case; only statistics leave it out (a field's rule: if an appeal against an
overdue record is upheld, the fact stays).
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Protocol, TypeVar

from huying.figures.rules.measures import Measure as M
from huying.kernel.terms import Term


class Ground(Term):
    """Why something should not count."""

    FORCE_MAJEURE = "force", "不可抗力"
    UNREASONABLE = "unreasonable", "诉求人无理诉求"
    BEYOND = "beyond", "超出职责或权限"
    OTHERS = "others", "他人原因造成"
    MISTAKE = "mistake", "记录或归属有误"
    OTHER = "other", "其他原因"


class Decision(Term):
    """Where an application stands."""

    OPEN = "open", "待审定"
    GRANTED = "granted", "准予不计入"
    REFUSED = "refused", "不予同意"


class Told(Protocol):
    """A row behind a number as far as exempting asks: what was counted, and by which entry."""

    measure: Any
    seq: Any


WHOLE: Final = ""
_VERDICT: Final = frozenset({
    M.VALID, M.RESPONDED, M.SOLVED, M.UNSOLVED, M.SATISFIED, M.BASICALLY, M.UNSATISFIED, M.REWORK, M.REOPENED,
})  # fmt: skip
# What may be exempted, each with what was counted by the same entries and goes with it.
EXEMPTABLE: Final[Mapping[M, frozenset[M]]] = {
    M.SIGN_LATE: frozenset({M.SIGN_LATE}),
    M.CONTACT_LATE: frozenset({M.CONTACT_LATE}),
    M.HANDLE_LATE: frozenset({M.HANDLE_LATE, M.HANDLE_LATE_DONE}),
    M.ASSIST_LATE: frozenset({M.ASSIST_LATE}),
    M.CHECK_LATE: frozenset({M.CHECK_LATE}),
    M.UNSATISFIED: _VERDICT,
    M.BASICALLY: _VERDICT,
    M.REWORK: _VERDICT,
    M.DISMISSED: frozenset({M.DISMISSED}),
    M.CALL_LATE: frozenset({M.CALL_LATE}),
    M.PROMISE_BROKEN: frozenset({M.PROMISE_BROKEN}),
    M.PART_BROKEN: frozenset({M.PART_BROKEN}),
    M.SUPERVISED: frozenset({M.SUPERVISED}),
}
# Limits are counted by one entry and their late end by another.
_BY_CASE: Final = frozenset({M.HANDLE_LATE})
_KEPT: Final = frozenset({M.EXEMPTED, M.SCORED, M.SCORE_POINTS})
Row = TypeVar("Row", bound=Told)


def offered(told: Iterable[Told]) -> list[M]:
    """What of these may be asked to be exempted, in the order of the table."""
    there = {one.measure for one in told}
    return [measure for measure in EXEMPTABLE if measure in there]


def picked(measure: str, told: Collection[Row]) -> list[Row]:
    """The rows that an exemption leaves out; of ``WHOLE`` all that was counted on the case."""
    if measure == WHOLE:
        return [one for one in told if one.measure not in _KEPT]
    main = M(measure)
    entries = {one.seq for one in told if one.measure == main}
    return [
        one
        for one in told
        if one.measure in EXEMPTABLE[main] and entries and (main in _BY_CASE or one.seq in entries)
    ]
