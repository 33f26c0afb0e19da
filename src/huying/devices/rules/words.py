"""What is said of a device's matters: in the field's short sentences, for cases and their notes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from huying.devices.rules.kinds import Compare, DeviceKind
from huying.devices.rules.watching import Event, Watch

#: What factors are called in sentences; others by their code.
FACTORS = {
    "level": "水位",
    "smoke": "烟雾",
    "gas": "燃气浓度",
    "tilt": "倾斜",
    "open": "开盖",
    "motion": "活动次数",
    "temperature": "温度",
    "w01001": "pH",
    "w01003": "浊度",
    "w01009": "溶解氧",
    "w01010": "水温",
    "w01014": "电导率",
    "w01018": "化学需氧量",
    "w01019": "高锰酸盐指数",
    "w21001": "总氮",
    "w21003": "氨氮",
    "w21011": "总磷",
}


def factor_name(code: str) -> str:
    """A factor as people call it."""
    return FACTORS.get(code, code)


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
