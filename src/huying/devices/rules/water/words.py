"""What is said of water that is worse than its target: class, factors, how far beyond, since when."""

from datetime import datetime

from huying.devices.rules.water.classes import WaterClass
from huying.devices.rules.water.judging import FactorClass, Judgement
from huying.devices.rules.words import clock, factor_name, number


def worse(name: str, water: str, target: WaterClass, found: Judgement, since: datetime, zone: str) -> str:
    """The words of the case."""
    at = f"{water}，" if water else ""
    return (
        f"【水质】{at}断面“{name}”为{found.water.zh}，目标{target.zh}，{clock(since, zone)} 起劣于目标。"
        f"{beyond(found)}{_missing(found)}请查上游排口和来水。"
    )


def now_is(found: Judgement, at: datetime, zone: str) -> str:
    """The words when the class changes while it is still worse than the target."""
    return f"{clock(at, zone)} 为{found.water.zh}。{beyond(found)}"


def kept_again(found: Judgement, at: datetime, zone: str) -> str:
    """The words when the target is kept again."""
    return f"水质已恢复到{found.water.zh}，{clock(at, zone)}。"


def beyond(found: Judgement) -> str:
    """The factors worse than the target, furthest first."""
    told = "，".join(_factor(one) for one in found.over)
    return f"超标因子：{told}。" if told else ""


def _factor(one: FactorClass) -> str:
    times = f"，超标 {number(one.times)} 倍" if one.times is not None else ""
    return f"{factor_name(one.code)} {number(one.value)}（{one.water.zh}{times}）"


def _missing(found: Judgement) -> str:
    named = "、".join(factor_name(code) for code in found.missing)
    return f"没有读数：{named}，实际类别可能更差。" if named else ""
