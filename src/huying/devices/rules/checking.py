"""What may stand in a rule, field by field."""

import math
import re
from collections.abc import Mapping
from typing import Final

from huying.devices.rules.kinds import Compare, Follow, Light
from huying.devices.rules.watching import Watch
from huying.kernel.saying import said, together

_FACTOR: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,23}")
_LONGEST_HOLD: Final = 24 * 3600
_WIDEST: Final = 20_000


def wrong_in(
    name: str, factor: str, watch: Watch, follow: Follow, emergency: str, urgency: int
) -> Mapping[str, str]:
    """Field to what is wrong with it; items and kinds of emergencies are asked of the rows."""
    wrong = {**_wrong_limits(watch), **_wrong_amounts(watch)}
    if not 0 < len(name.strip()) <= 40:
        wrong["name"] = said("请填写规则名称，最多 40 字。")
    if not _FACTOR.fullmatch(factor):
        wrong["factor"] = said("因子代码 1 到 24 个字符，只用字母、数字和 . _ -。")
    if follow is Follow.EMERGENCY and not emergency:
        wrong["emergency"] = said("请选择发起哪种应急。")
    if not 0 <= urgency <= 3:
        wrong["urgency"] = said("紧急程度是 0 到 3。")
    return wrong


def _wrong_limits(watch: Watch) -> dict[str, str]:
    if not (math.isfinite(watch.limit) and math.isfinite(watch.over)):
        return {"limit": said("限值要是数字。")}
    if watch.compare is Compare.ABOVE and watch.over > watch.limit:
        return {"over": said("恢复值不能高于限值。")}
    if watch.compare is Compare.BELOW and watch.over < watch.limit:
        return {"over": said("恢复值不能低于限值。")}
    return {}


def _wrong_amounts(watch: Watch) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 0 <= watch.hold <= _LONGEST_HOLD:
        wrong["hold"] = said("持续时间最多一天，以秒计。")
    if not 0 <= watch.quorum <= 50:
        wrong["quorum"] = said("邻近设备最多 50 台。")
    if watch.quorum and not 0 < watch.metres <= _WIDEST:
        wrong["metres"] = said("请填写多少米以内算邻近，最多 20000 米。")
    if watch.flaps and not 3 <= watch.flaps <= 60:
        wrong["flaps"] = said("一小时内变化 3 到 60 次算时断时续；0 表示不看。")
    return wrong


def told(factor: str, watch: Watch) -> str:
    """A rule in one sentence, as people read it and as the record of changes keeps it."""
    parts = [
        said(
            "%(factor)s %(compare)s %(limit)s",
            factor=factor,
            compare=watch.compare.zh,
            limit=f"{watch.limit:g}",
        )
    ]
    if watch.compare is not Compare.EQUALS:
        parts.append(said("回到 %(over)s 恢复", over=f"{watch.over:g}"))
    if watch.hold:
        parts.append(said("持续 %(n)s 秒", n=watch.hold))
    if watch.quorum:
        parts.append(said("%(metres)s 米内另有 %(n)s 台", metres=watch.metres, n=watch.quorum))
    if watch.flaps:
        parts.append(said("一小时 %(n)s 次算时断时续", n=watch.flaps))
    if watch.light is not Light.ANY:
        parts.append(said("只看%(light)s", light=watch.light.zh))
    return together(parts, "，")
