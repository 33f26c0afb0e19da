"""A public reply must tell the caller what was found, what was done, and what follows (R307)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from huying.kernel.saying import said, together

SHORTEST: Final = 15
_PHONE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ID_NUMBER: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")

_PHONE_OR_IDENTITY: Final = re.compile(r"(?<!\d)\d{7,18}[xX]?(?!\d)")
_TITLES: Final = ("先生", "女士", "小姐", "同志")
_SALUTED: Final = re.compile(
    rf"(?:^|(?<=[，。！？、：\s]))(?:尊敬的)?[\u4e00-\u9fff]{{1,3}}({'|'.join(_TITLES)})"
)


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """One thing that a reply must say; ``words`` are the turns of speech by which it is known.

    ``when`` is "always", "solved" or "unsolved".
    """

    code: str
    zh: str
    words: tuple[str, ...]
    when: str = "always"


DEFAULT_PARTS: Final[Sequence[ReplyPart]] = (
    ReplyPart(
        "finding", "核实情况",
        ("核查", "核实", "现场", "了解", "经查", "查看", "检查", "调查", "收到", "接到", "反映", "到场", "巡查"),
    ),
    ReplyPart(
        "action", "办理结果",
        ("已", "完成", "处理", "清理", "清运", "修复", "整改", "维修", "更换", "责令", "安排", "协调", "处罚",
         "疏通", "拆除", "劝离", "解释", "告知", "恢复"),
        "solved",
    ),
    ReplyPart(
        "reason", "未能解决的原因", ("因", "由于", "需", "不属于", "暂", "无法", "尚", "等待", "规划"), "unsolved"
    ),
    ReplyPart("next", "后续安排", ("将", "计划", "预计", "下一步", "后续", "建议", "届时", "继续"), "unsolved"),
)  # fmt: skip


def names_a_person(text: str) -> bool:
    """Whether a text meant for others holds a mobile number or an identity number."""
    return bool(_PHONE.search(text) or _ID_NUMBER.search(text))


def without_persons(reply: str) -> str:
    """A reply as everybody may read it: long numbers may be somebody's, a salutation names somebody."""
    told = _PHONE_OR_IDENTITY.sub("****", reply)
    # Lists tell a thousand of them: most name nobody, and one look tells.
    return _SALUTED.sub(r"某\1", told) if any(title in told for title in _TITLES) else told


def part_said(part: ReplyPart, reply: str) -> bool:
    """Whether a reply says this part, by the turns of speech it is known by."""
    return any(word in reply for word in part.words)


def reply_faults(reply: str, *, solved: bool, parts: Sequence[ReplyPart] = DEFAULT_PARTS) -> list[str]:
    """What is wrong with a reply, each as a sentence to its writer; empty when it may be sent."""
    faults: list[str] = []
    if len(reply.strip()) < SHORTEST:
        faults.append(said("答复太短，至少 %(n)s 字，写明办了什么。", n=SHORTEST))
    if names_a_person(reply):
        faults.append("公开答复里不能出现手机号或身份证号。")
    stands = "solved" if solved else "unsolved"
    missing = [part.zh for part in parts if part.when in {"always", stands} and not part_said(part, reply)]
    if missing:
        faults.append(said("答复还缺：%(what)s。", what=together(missing, "、")))
    return faults
