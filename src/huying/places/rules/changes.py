"""What becomes of a change to areas, and when it takes effect."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from huying.kernel.errors import Invalid
from huying.kernel.terms import Term

LONGEST_REASON: Final = 200


class ChangeState(Term):
    """A change is drawn up, then put in force or dropped."""

    DRAFT = "draft", "起草中"
    IN_FORCE = "in_force", "已定"
    DROPPED = "dropped", "已放弃"


def start_of(day: date, zone: str, now: datetime) -> datetime:
    """The moment a change of that day takes effect: midnight in the district's zone, today at once.

    Raises Invalid for a day that has passed, or more than a year ahead.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    if day < today:
        raise Invalid("生效日期已经过了，请选今天或以后。", fields={"day": "请选今天或以后"})
    if (day - today).days > 366:
        raise Invalid("生效日期太远，最多提前一年。", fields={"day": "最多提前一年"})
    return now if day == today else datetime.combine(day, time(), ZoneInfo(zone))


def reason_of(text: str) -> str:
    """Why areas are changed, trimmed; Invalid when it is empty or too long."""
    said = " ".join(text.split())
    if not said:
        raise Invalid("请写明为什么调整，例如会议纪要或文件号。", fields={"reason": "请填写原因"})
    if len(said) > LONGEST_REASON:
        raise Invalid("原因最多 200 字。", fields={"reason": "最多 200 字"})
    return said
