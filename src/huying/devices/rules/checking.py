"""What may stand in a rule, field by field."""

import math
import re
from collections.abc import Mapping
from typing import Final

from huying.devices.rules.kinds import Compare, Follow, Light
from huying.devices.rules.watching import Watch

_FACTOR: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
_LONGEST_HOLD: Final = 24 * 3600
_WIDEST: Final = 20_000


def wrong_in(
    name: str, factor: str, watch: Watch, follow: Follow, emergency: str, urgency: int
) -> Mapping[str, str]:
    """Field to what is wrong with it; items and kinds of emergencies are asked of the rows."""
    wrong = {**_wrong_limits(watch), **_wrong_amounts(watch)}
    if not 0 < len(name.strip()) <= 40:
        wrong["name"] = "请填写规则名称，最多 40 字。"
    if not _FACTOR.fullmatch(factor):
        wrong["factor"] = "因子代码 1 到 24 个字符，只用字母、数字和 . _ -。"
    if follow is Follow.EMERGENCY and not emergency:
        wrong["emergency"] = "请选择发起哪种应急。"
    if not 0 <= urgency <= 3:
        wrong["urgency"] = "紧急程度是 0 到 3。"
    return wrong


def _wrong_limits(watch: Watch) -> dict[str, str]:
    if not (math.isfinite(watch.limit) and math.isfinite(watch.over)):
        return {"limit": "限值要是数字。"}
    if watch.compare is Compare.ABOVE and watch.over > watch.limit:
        return {"over": "恢复值不能高于限值。"}
    if watch.compare is Compare.BELOW and watch.over < watch.limit:
        return {"over": "恢复值不能低于限值。"}
    return {}


def _wrong_amounts(watch: Watch) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 0 <= watch.hold <= _LONGEST_HOLD:
        wrong["hold"] = "持续时间最多一天，以秒计。"
    if not 0 <= watch.quorum <= 50:
        wrong["quorum"] = "邻近设备最多 50 台。"
    if watch.quorum and not 0 < watch.metres <= _WIDEST:
        wrong["metres"] = "请填写多少米以内算邻近，最多 20000 米。"
    if watch.flaps and not 3 <= watch.flaps <= 60:
        wrong["flaps"] = "一小时内变化 3 到 60 次算时断时续；0 表示不看。"
    return wrong


def told(factor: str, watch: Watch) -> str:
    """A rule in one sentence, as people read it and as the record of changes keeps it."""
    parts = [f"{factor} {watch.compare.zh} {watch.limit:g}"]
    if watch.compare is not Compare.EQUALS:
        parts.append(f"回到 {watch.over:g} 恢复")
    if watch.hold:
        parts.append(f"持续 {watch.hold} 秒")
    if watch.quorum:
        parts.append(f"{watch.metres} 米内另有 {watch.quorum} 台")
    if watch.flaps:
        parts.append(f"一小时 {watch.flaps} 次算时断时续")
    if watch.light is not Light.ANY:
        parts.append(f"只看{watch.light.zh}")
    return "，".join(parts)
