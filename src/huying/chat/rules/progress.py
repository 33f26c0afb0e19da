"""How a matter stands, in the words of whoever asked for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from huying.cases.lifecycle import State
from huying.kernel.numbers import shown

HEADLINES: Final[Mapping[State, str]] = {
    State.RECEIVED: "收到了，正在受理",
    State.FILED: "已立案，正在派给承办单位",
    State.DISPATCHED: "已派给{body}，等待签收",
    State.HANDLING: "{body}正在办理",
    State.REPORTED: "{body}已处置，正在核查",
    State.CHECKED: "办好了，请回复“满意”或“不满意”",
    State.CLOSED: "已办结",
    State.REJECTED: "不予受理",
    State.MERGED: "和同一件事的其他诉求一起办",
    State.WITHDRAWN: "您已撤回",
}
NONE: Final = "还没有您反映的事。有事直接写下来；以前用手机号反映过的，回复“绑定”认领。"
NOT_YOURS: Final = "没有查到您名下的这个回执号。别处登记的，请到网页凭回执号查：{link}"


def headline(state: State, body: str) -> str:
    """Where a case stands, in one sentence."""
    return HEADLINES[state].format(body=body or "承办单位")


def listed(lines: Sequence[tuple[str, str, State]]) -> str:
    """Receipt, title and state of several matters, a number and a line each."""
    told = [
        f"{n}. {title}（{shown(receipt)}）：{headline(state, '')}"
        for n, (receipt, title, state) in enumerate(lines, 1)
    ]
    return "\n".join([*told, "看其中一件，请发它的回执号。"]) if told else NONE


def due(at: datetime | None, zone: ZoneInfo) -> str:
    """By when something is promised; "" for none."""
    return f"，{at.astimezone(zone):%-m月%-d日 %H:%M} 前" if at else ""
