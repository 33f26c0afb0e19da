"""How long an answer is waited for, and which direct answers are asked about."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from huying.kernel.errors import Invalid

# R501: unhappy once, the work is done again; unhappy twice, the matter is put under supervision.
MOST_UNHAPPY: Final = 2
# R402: sent back once by whoever checked, it is done again; sent back twice, a leader answers for it.
MOST_REWORKS: Final = 2


@dataclass(frozen=True, slots=True)
class FollowUpRule:
    """After ``days`` calendar days without an answer a case closes; a share of direct answers is asked about."""

    days: int = 7
    sample_percent: int = 5

    def __post_init__(self) -> None:
        if not 1 <= self.days <= 90:
            raise Invalid(fields={"days": "等待天数应为 1 到 90。"})
        if not 0 <= self.sample_percent <= 100:
            raise Invalid(fields={"sample_percent": "抽查比例应为 0 到 100。"})


DEFAULT_RULE: Final = FollowUpRule()


def is_sampled(district: int, case_id: int, percent: int) -> bool:
    """Whether this direct answer is asked about: by lot, but the same lot whoever draws it and however often."""
    drawn = int.from_bytes(sha256(f"{district}:{case_id}".encode()).digest()[:4], "big")
    return drawn % 100 < percent
