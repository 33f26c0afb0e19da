"""What may stand in a rule, field by field; and as it is told."""

import re
from collections.abc import Mapping
from typing import Final

from huying.kernel.saying import said, together
from huying.video.rules.kinds import AlarmFollow
from huying.video.rules.standing import Standing

LONGEST_WINDOW: Final = 7 * 24 * 60
LONGEST_KEPT: Final = 365
MOST_WORDS: Final = 40
_BETWEEN: Final = re.compile(r"[,，;；、\n\r]+")


def words_of(text: str) -> tuple[str, ...]:
    """Words written with commas or line by line, in small letters, each once."""
    return tuple(dict.fromkeys(word.strip().lower() for word in _BETWEEN.split(text) if word.strip()))


def wrong_in(rule: Standing) -> Mapping[str, str]:
    """Field to what is wrong with it; items and kinds of emergencies are asked of the rows."""
    wrong: dict[str, str] = {}
    if rule.follow is AlarmFollow.EMERGENCY and not rule.emergency:
        wrong["emergency"] = said("请选择发起哪种应急。")
    if not 0 <= rule.urgency <= 3:
        wrong["urgency"] = said("紧急程度是 0 到 3。")
    if not 1 <= rule.window <= LONGEST_WINDOW:
        wrong["window"] = said("合并时间 1 分钟到 7 天，以分钟计。")
    if not 0 <= rule.least <= 100:
        wrong["least"] = said("把握是 0 到 100。")
    if not 1 <= rule.keep_days <= LONGEST_KEPT:
        wrong["keep_days"] = said("截图保留 1 到 365 天。")
    if len(rule.words) > MOST_WORDS or any(len(word) > 40 for word in rule.words):
        wrong["words"] = said("最多 40 个叫法，每个最多 40 字。")
    return wrong


def told(rule: Standing) -> str:
    """A rule in one sentence beside what follows."""
    parts = [said("%(n)s 分钟内同一摄像机合并", n=rule.window)]
    if rule.least:
        parts.append(said("把握不到 %(n)s%% 只记录", n=rule.least))
    parts.append(said("截图保留 %(n)s 天", n=rule.keep_days))
    return together(parts, "，")
