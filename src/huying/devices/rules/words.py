"""What is said of a device's matters: in the field's short sentences, for cases and their notes."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.devices.rules.kinds import Compare, DeviceKind
from huying.devices.rules.watching import Event, Watch
from huying.kernel.saying import said
from huying.kernel.terms import Term


class Factor(Term):
    """What common factors are called; those of water by the codes of HJ 212-2017."""

    LEVEL = "level", "水位"
    SMOKE = "smoke", "烟雾"
    GAS = "gas", "燃气浓度"
    TILT = "tilt", "倾斜"
    OPEN = "open", "开盖"
    MOTION = "motion", "活动次数"
    TEMPERATURE = "temperature", "温度"
    PH = "w01001", "pH"
    TURBIDITY = "w01003", "浊度"
    DISSOLVED_OXYGEN = "w01009", "溶解氧"
    WATER_TEMPERATURE = "w01010", "水温"
    CONDUCTIVITY = "w01014", "电导率"
    COD = "w01018", "化学需氧量"
    PERMANGANATE = "w01019", "高锰酸盐指数"
    TOTAL_NITROGEN = "w21001", "总氮"
    AMMONIA = "w21003", "氨氮"
    TOTAL_PHOSPHORUS = "w21011", "总磷"


#: What the means of a span of HJ 212 are called, after the factor's name and a dot.
SPANS: Final = {"min": "分钟均值", "hour": "小时均值", "day": "日均值"}


#: The words for what was open when its rule ended or watches something else from now on.
UNWATCHED: Final = "这条监测规则已停用或改看别的，设备不再提示是否恢复，请现场核实。"


def factor_name(code: str) -> str:
    """A factor as people call it."""
    if code in set(Factor):
        return Factor(code).zh
    plain, _dot, span = code.rpartition(".")
    if plain in set(Factor) and span in SPANS:
        return said("%(factor)s（%(span)s）", factor=Factor(plain).zh, span=SPANS[span])
    return code


def number(value: float) -> str:
    """A value without zeros at the end: 3.20 → 3.2."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def clock(at: datetime, zone: str) -> str:
    """A moment as a person of the district reads it."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def lasting(span: timedelta) -> str:
    """How long, in one unit and a smaller one."""
    minutes, seconds = divmod(int(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} 小时 {minutes} 分"
    return f"{minutes} 分 {seconds} 秒" if minutes else f"{seconds} 秒"


def raised(kind: DeviceKind, name: str, code: str, factor: str, watch: Watch, event: Event, zone: str) -> str:
    """The words of the appeal a rule opens."""
    held = f"，已持续 {lasting(event.at - event.since)}" if event.at > event.since else ""
    if watch.compare is Compare.EQUALS:
        says = f"{factor_name(factor)}为 {number(event.peak)}"
    else:
        says = f"{factor_name(factor)} {number(event.peak)}，{watch.compare.zh} {number(watch.limit)}"
    return f"【设备】{kind.zh}“{name}”（{code}）{says}{held}。{clock(event.since, zone)} 起。"


def over(factor: str, event: Event, zone: str) -> str:
    """The words when it is over: the peak, from, until."""
    return (
        f"{factor_name(factor)}已恢复正常：最远到 {number(event.peak)}，"
        f"{clock(event.since, zone)} 至 {clock(event.at, zone)}，共 {lasting(event.at - event.since)}。"
    )


def fluttering(factor: str, event: Event) -> str:
    """The words when it changes too often."""
    return f"{factor_name(factor)}一小时内变化 {event.changes} 次，时断时续，平稳前不再逐次提醒；请检查设备或现场。"


def again(factor: str, event: Event, zone: str) -> str:
    """The words when it is raised once more while its case is open."""
    return f"{factor_name(factor)}再次超限：{number(event.peak)}，{clock(event.since, zone)} 起。"


def retired(name: str, code: str, why: str) -> str:
    """The words for what was open when its device was retired."""
    return f"设备“{name}”（{code}）已停用，不再监测：{why.rstrip('。')}。"
