"""回访计划: who is asked about what was done, by which way, and how long. Plans are tried in order; the first fits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from huying.cases.lifecycle import Channel, Level
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term
from huying.loop.evaluate.rules.following import FollowUpRule, is_sampled
from huying.loop.evaluate.rules.risk import POINTS, Risk, chance

MOST_PLANS: Final = 20


class Ask(Term):
    """How many of the cases that fit are asked about."""

    ALL = "all", "全部回访"
    SAMPLE = "sample", "按比例抽"
    RISK = "risk", "按风险抽"


class AskWay(Term):
    """By which way a caller is asked; the values are those of the fact ``way``."""

    LINK = "link", "短信评价链接"
    SEAT = "seat", "坐席电话"
    COMMUNITY = "community", "社区上门或电话"


class Matters(Term):
    """Which sort of ending a plan is about."""

    EVERY = "every", "办理的和当场答复的"
    HANDLED = "handled", "单位办理的"
    ANSWERED = "answered", "当场答复的"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a plan looks at. ``answered``: answered at once, by no body. ``item`` is a code of the list."""

    channel: str
    item: str
    kind: str
    level: str
    answered: bool
    risks: frozenset[Risk] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan. Empty sets do not narrow; ``items`` are prefixes of codes.

    ``percent`` is the share of a sample and what risks add their ``points`` to. ``ways`` are gone in order: each lasts
    ``days`` calendar days, or until ``tries`` attempts were made on at least ``over_days`` different days; with
    ``tries`` 0 the days alone count.
    """

    code: str
    name: str
    ask: Ask = Ask.ALL
    percent: int = 100
    ways: tuple[AskWay, ...] = (AskWay.SEAT,)
    matters: Matters = Matters.EVERY
    channels: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    items: tuple[str, ...] = ()
    days: int = 7
    tries: int = 3
    over_days: int = 2
    points: Mapping[Risk, int] = field(default_factory=lambda: dict(POINTS))

    def check(self) -> None:
        """Raises Invalid, which names each field that is wrong."""
        wrong = {name: text for name, text in self._faults() if text}
        if wrong:
            raise Invalid(fields=wrong)

    def _faults(self) -> Sequence[tuple[str, str]]:
        known = (
            (self.channels, {one.value for one in Channel}, "channels"),
            (self.kinds, {one.value for one in AppealKind}, "kinds"),
            (self.levels, {one.value for one in Level}, "levels"),
        )
        return [
            ("name", "" if 0 < len(self.name.strip()) <= 30 else said("请写计划名称，最多 30 字。")),
            ("percent", "" if 0 <= self.percent <= 100 else said("比例应为 0 到 100。")),
            ("ways", _fault_of(self.ways)),
            ("days", "" if 1 <= self.days <= 90 else said("等待天数应为 1 到 90。")),
            ("tries", "" if 0 <= self.tries <= 20 else said("次数应为 0 到 20。")),
            ("over_days", "" if 1 <= self.over_days <= min(30, self.days) else said("分几天打应为 1 到等待天数。")),
            ("points", "" if all(0 <= one <= 100 for one in self.points.values()) else said("风险分应为 0 到 100。")),
            ("items", "" if all(one.isascii() and one.isalnum() and len(one) <= 32 for one in self.items)
             and len(self.items) <= 50 else said("事项代码只含字母和数字，最多 50 个。")),
            *((name, "" if given <= values else said("没有这一项。")) for given, values, name in known),
        ]  # fmt: skip

    def fits(self, facts: CaseFacts) -> bool:
        """Whether the case is one of those the plan is about."""
        return (
            self.matters in (Matters.EVERY, Matters.ANSWERED if facts.answered else Matters.HANDLED)
            and (not self.channels or facts.channel in self.channels)
            and (not self.kinds or facts.kind in self.kinds)
            and (not self.levels or facts.level in self.levels)
            and (not self.items or any(facts.item.startswith(prefix) for prefix in self.items))
        )

    def chance(self, facts: CaseFacts) -> int:
        """The chance of such a case to be asked about, in percent."""
        match self.ask:
            case Ask.ALL:
                return 100
            case Ask.SAMPLE:
                return self.percent
            case Ask.RISK:
                return chance(self.percent, facts.risks, self.points)

    def is_through(self, tries: int, days: int) -> bool:
        """Whether so many attempts on so many days are enough of one way."""
        return 0 < self.tries <= tries and days >= self.over_days


def _fault_of(ways: Sequence[AskWay]) -> str:
    if not ways:
        return said("请选回访方式。")
    return said("同一种方式只能用一次。") if len(set(ways)) < len(ways) else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of one case: the plan that fits, the chance it gave, whether the lot fell on it."""

    plan: Plan
    chance: int
    chosen: bool


def choose(plans: Sequence[Plan], district: int, case_id: int, facts: CaseFacts) -> Choice | None:
    """The first plan that fits and its lot, the same whoever draws it; None where no plan is about such a case.

    A case has one lot for good: a plan with a greater chance asks about all that one with a smaller chance asks.
    """
    plan = next((one for one in plans if one.fits(facts)), None)
    if plan is None:
        return None
    percent = plan.chance(facts)
    return Choice(plan, percent, is_sampled(district, case_id, percent))


def check_all(plans: Sequence[Plan]) -> None:
    """Raises Invalid where the plans together, or one of them, cannot be."""
    if len(plans) > MOST_PLANS:
        raise Invalid(said("回访计划最多 %(n)s 个。", n=MOST_PLANS))
    if len({one.code for one in plans}) < len(plans) or len({one.name.strip() for one in plans}) < len(plans):
        raise Invalid("计划名称不能重复。", fields={"name": "计划名称不能重复。"})
    for one in plans:
        one.check()


def platform_plans(rule: FollowUpRule) -> tuple[Plan, ...]:
    """What holds where a district has no plans of its own: seats ask everybody, and a share of direct answers."""
    return (
        Plan("handled", "办结案件", days=rule.days, tries=0, over_days=1, matters=Matters.HANDLED),
        Plan(
            "answered", "当场答复抽查", Ask.SAMPLE, rule.sample_percent, days=30, tries=0, over_days=1,
            matters=Matters.ANSWERED,
        ),
    )  # fmt: skip


def said_of(plan: Plan) -> dict[str, Any]:
    """A plan as it is kept."""
    return {
        "code": plan.code, "name": plan.name.strip(), "ask": plan.ask.value, "percent": plan.percent,
        "ways": [one.value for one in plan.ways], "matters": plan.matters.value,
        "channels": sorted(plan.channels), "kinds": sorted(plan.kinds), "levels": sorted(plan.levels),
        "items": list(plan.items), "days": plan.days, "tries": plan.tries, "over_days": plan.over_days,
        "points": {risk.value: plan.points.get(risk, 0) for risk in Risk},
    }  # fmt: skip


def plan_of(kept: Mapping[str, Any]) -> Plan:
    """A plan from how it is kept. A risk that is new since then has no points in it."""
    return Plan(
        code=kept["code"], name=kept["name"], ask=Ask(kept["ask"]), percent=kept["percent"],
        ways=tuple(AskWay(one) for one in kept["ways"]), matters=Matters(kept["matters"]),
        channels=frozenset(kept["channels"]), kinds=frozenset(kept["kinds"]), levels=frozenset(kept["levels"]),
        items=tuple(kept["items"]), days=kept["days"], tries=kept["tries"], over_days=kept["over_days"],
        points={risk: kept["points"].get(risk.value, 0) for risk in Risk},
    )  # fmt: skip


def words_of(plans: Collection[Plan]) -> dict[str, str]:
    """Plans in Chinese words by their names, for the record of changes."""
    return {f"{number}. {plan.name}": _words(plan) for number, plan in enumerate(plans, 1)}


def _words(plan: Plan) -> str:
    share = "" if plan.ask is Ask.ALL else f" {plan.percent}%"
    ways = "→".join(one.zh for one in plan.ways)
    narrowed = [
        *(Channel(one).zh for one in sorted(plan.channels)), *(AppealKind(one).zh for one in sorted(plan.kinds)),
        *(Level(one).zh for one in sorted(plan.levels)), *plan.items,
    ]  # fmt: skip
    only = f"，只限 {'、'.join(narrowed)}" if narrowed else ""
    tried = f"，{plan.tries} 次分 {plan.over_days} 天" if plan.tries else ""
    weighed = ""
    if plan.ask is Ask.RISK:
        weighed = "，" + "、".join(f"{risk.zh}+{plan.points.get(risk, 0)}" for risk in Risk)
    return f"{plan.matters.zh}，{plan.ask.zh}{share}，{ways}，每种方式 {plan.days} 天{tried}{only}{weighed}"
