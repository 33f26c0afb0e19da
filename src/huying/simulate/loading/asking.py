"""The follow-up plans of the demonstration: links first, visits for what lies at the door, the rest by risk."""

from datetime import datetime
from typing import Final

from huying.access.actor import system
from huying.loop.evaluate.actions import set_plans
from huying.loop.evaluate.rules import POINTS, Ask, AskWay, Matters, Plan, Risk

_PLANS: Final = (
    Plan("answered", "当场答复抽查", Ask.SAMPLE, 10, matters=Matters.ANSWERED, days=14),
    Plan(
        "links", "网上来的先发链接", ways=(AskWay.LINK, AskWay.SEAT, AskWay.COMMUNITY), days=3,
        matters=Matters.HANDLED, channels=frozenset({"web", "open311"}),
    ),
    # Roads and greens are seen by whoever goes there.
    Plan(
        "visits", "路面绿地上门看", ways=(AskWay.COMMUNITY, AskWay.SEAT), days=5, matters=Matters.HANDLED,
        items=("0102", "0402"),
    ),
    Plan(
        "risk", "其余按风险抽", Ask.RISK, 40, (AskWay.SEAT, AskWay.COMMUNITY), Matters.HANDLED, days=5,
        points={**POINTS, Risk.SUPERVISED: 60},
    ),
)  # fmt: skip


def plan_follow_ups(district: int, now: datetime) -> None:
    """Let the district ask by these plans from ``now`` on."""
    set_plans(system(district), _PLANS, now)
