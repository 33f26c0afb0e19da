"""What is said of a camera's alarm: in the field's short sentences, for cases and their notes."""

from datetime import datetime, timedelta
from typing import Final

from huying.devices.rules.words import clock
from huying.video.rules.kinds import AlarmKind

#: An alarm that was so long under way says so.
_LATE: Final = timedelta(minutes=1)


def raised(kind: AlarmKind, name: str, code: str, at: datetime, said: str, now: datetime, zone: str) -> str:
    """The words of the appeal or card it opens."""
    late = "，迟到" if now - at > _LATE else ""
    more = f"：{said}" if said else ""
    return f"【视频】{kind.zh}：摄像机“{name}”（{code}）{clock(at, zone)} 报警{late}{more}"[:500]


def again(kind: AlarmKind, count: int, at: datetime, zone: str) -> str:
    """The words for a case that is worked on while the camera goes on telling."""
    return f"摄像机仍在报{kind.zh}，共 {count} 次，最近 {clock(at, zone)}。"


def found_false(kind: AlarmKind, name: str, who: str, why: str) -> str:
    """The words when somebody looked and nothing was there."""
    reason = f"：{why.rstrip('。')}" if why else ""
    return f"摄像机“{name}”的{kind.zh}报警经{who}看过，是误报{reason}。"


def owned(text: str, owner: str) -> str:
    """A fault of the camera itself, with whose it is."""
    return f"{text}。{f'权属单位：{owner}。' if owner else ''}请检查摄像机、镜头和网络；这不是现场的报警。"
