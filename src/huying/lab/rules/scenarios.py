"""What somebody wants to try: a month, and up to four ways in which it might have been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from huying.catalogue.rules.what_if import Stage
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.lab.rules.replaying import OtherLimit

MOST: Final = 4
LEAST_SHARE, MOST_SHARE = 10, 500


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way. ``shares``: percent of each stage's limit; ``staff``: percent of people; ``body_id`` None: every body."""

    name: str
    shares: Mapping[Stage, int]
    staff: int = 100
    body_id: int | None = None

    def limits(self) -> list[OtherLimit]:
        """The limits it changes."""
        return [
            OtherLimit(stage, share=Decimal(share) / 100, body_id=self.body_id)
            for stage, share in self.shares.items()
            if share != 100
        ]

    def concerns(self, body_id: int) -> bool:
        return self.body_id in (None, body_id)

    def as_data(self) -> dict[str, Any]:
        return {
            "name": self.name, "shares": {stage.value: share for stage, share in self.shares.items()},
            "staff": self.staff, "body": self.body_id,
        }  # fmt: skip


def scenario_of(data: Mapping[str, Any]) -> Scenario:
    """The scenario again, as it was asked for."""
    shares = {Stage(stage): int(share) for stage, share in data["shares"].items()}
    return Scenario(data["name"], shares, int(data["staff"]), data["body"])


def check(scenarios: Sequence[Scenario]) -> None:
    """Raise Invalid for none or too many, without a name, or beyond the bounds."""
    if not 1 <= len(scenarios) <= MOST:
        raise Invalid(fields={"scenarios": said("请填 1 到 %(n)s 个方案。", n=MOST)})
    for one in scenarios:
        if not 0 < len(one.name.strip()) <= 40:
            raise Invalid(fields={"scenarios": "方案名称 1 到 40 字。"})
        if any(not LEAST_SHARE <= share <= MOST_SHARE for share in (*one.shares.values(), one.staff)):
            raise Invalid(
                fields={"scenarios": said("百分比 %(low)s 到 %(high)s。", low=LEAST_SHARE, high=MOST_SHARE)}
            )


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def months_before(first: date, count: int) -> date:
    """The first day of the month so many before."""
    for _ in range(count):
        first = month_of(first - timedelta(days=1))
    return first


def after(first: date) -> date:
    """The first day of the next month."""
    return month_of(first + timedelta(days=32))
