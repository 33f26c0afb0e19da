"""What came of an import: every row is in exactly one of accepted, known and refused."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from huying.kernel.terms import Term
from huying.loop.collect.channels.orders.reading import Reason, Refused


class Remark(Term):
    """What an operator should know of orders that were accepted."""

    NO_ITEM = "no_item", "事项不在本区清单里，保留来源的名称"
    NO_STREET = "no_street", "来源没有写街道，放在区一级"
    UNKNOWN_STREET = "unknown_street", "街道不在本区区划里，放在区一级"
    BY_NAME = "by_name", "坐标不在已画的区域内，按名称放置"
    NO_BODY = "no_body", "来源没有写承办单位"
    NO_END = "no_end", "已办结，来源没有写办结时间，不计办理时长"
    WAITS = "waits", "在办，尚不能自动立案，在待受理中"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row: where it stands, its number, why, and what was not understood."""

    line: int
    number: str
    reason: Reason
    detail: str = ""

    def __str__(self) -> str:
        return (
            f"第 {self.line} 行 {self.number}：{self.reason.zh}{f'（{self.detail}）' if self.detail else ''}"
        )


@dataclass(slots=True)
class Taken:
    """What came of some rows: ``accepted``, ``known`` from before, ``refused``, and what should be remarked."""

    accepted: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)
    remarks: Counter[Remark] = field(default_factory=Counter)

    def refuse(self, line: int, number: str, why: Refused) -> None:
        """Note a refused row."""
        self.refused.append(Refusal(line, number, why.reason, why.detail))

    def add(self, other: "Taken") -> None:
        """Add up what came of further rows."""
        self.accepted += other.accepted
        self.known += other.known
        self.refused += other.refused
        self.remarks += other.remarks


@dataclass(slots=True, kw_only=True)
class Report(Taken):
    """``rows`` = ``accepted`` + ``known`` + refused. ``new_bodies`` were made, or in a dry run would be."""

    dry_run: bool
    rows: int = 0
    seconds: float = 0.0
    new_bodies: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return round(self.rows / self.seconds, 1) if self.seconds else 0.0

    @property
    def reasons(self) -> Counter[Reason]:
        return Counter(refusal.reason for refusal in self.refused)

    def as_dict(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "dry_run": self.dry_run,
            "rows": self.rows,
            "accepted": self.accepted,
            "known": self.known,
            "refused": {reason.value: count for reason, count in self.reasons.most_common()},
            "remarks": {remark.value: count for remark, count in self.remarks.most_common()},
            "new_bodies": self.new_bodies,
            "seconds": round(self.seconds, 2),
            "rows_per_second": self.per_second,
            "errors": [
                {"line": each.line, "number": each.number, "reason": each.reason.value, "detail": each.detail}
                for each in self.refused
            ],
        }
