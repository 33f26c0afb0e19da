"""What attempts come to: how many were valid, what those said, and why the others were not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

# What was written down before reasons were asked.
UNKNOWN: Final = "unknown"


class Said(Protocol):
    """One attempt to hear one caller."""

    @property
    def reached(self) -> bool: ...
    @property
    def reason(self) -> str: ...
    @property
    def solved(self) -> bool: ...
    @property
    def satisfaction(self) -> str: ...
    @property
    def contacted(self) -> bool: ...


class Sum(NamedTuple):
    """``asked`` attempts are ``valid`` ones and those of ``invalid`` (reason → attempts)."""

    asked: int
    valid: int
    responded: int
    solved: int
    satisfied: int
    basically: int
    invalid: Mapping[str, int]


def sum_of(said: Sequence[Said]) -> Sum:
    """Count attempts. Of a valid one: whether a body had reached the caller, whether it is solved, how satisfied."""
    heard = [one for one in said if one.reached]
    return Sum(
        asked=len(said),
        valid=len(heard),
        responded=sum(one.contacted for one in heard),
        solved=sum(one.solved for one in heard),
        satisfied=sum(one.satisfaction == "satisfied" for one in heard),
        basically=sum(one.satisfaction == "basically" for one in heard),
        invalid=dict(sorted(Counter(one.reason or UNKNOWN for one in said if not one.reached).items())),
    )
