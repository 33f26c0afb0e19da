"""The kinds of meetings and decisions a district begins with; it may add its own and end them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A kind of meeting."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A kind of decision: shares as ``2/3``; ``over`` where the share itself is not enough; ``basis`` names the law."""

    code: str
    name: str
    quorum: str
    quorum_over: bool
    majority: str
    majority_over: bool
    by_area: bool
    basis: str


@cache
def meeting_lines() -> tuple[MeetingLine, ...]:
    """The kinds of meetings in the order in which they are shown."""
    return tuple(MeetingLine(row["code"], row["name"]) for row in _rows("meetings.csv"))


@cache
def decision_lines() -> tuple[DecisionLine, ...]:
    """The kinds of decisions in the order in which they are shown."""
    return tuple(
        DecisionLine(
            row["code"], row["name"], row["quorum"], row["quorum_over"] == "yes", row["majority"],
            row["majority_over"] == "yes", row["by_area"] == "yes", row["basis"],
        )
        for row in _rows("decisions.csv")
    )  # fmt: skip


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = (files("huying.deliberation") / "starter" / name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))
