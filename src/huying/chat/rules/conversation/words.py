"""The words that mean something, and how a text is looked at for them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_receipt
from huying.kernel.terms import Term


class Word(Term):
    """What a short text asks for."""

    YES = "yes", "是"
    NO = "no", "否"
    TWO = "two", "第二种"
    HELP = "help", "帮助"
    PERSON = "person", "人工"
    PROGRESS = "progress", "进度"
    SOLVED = "solved", "满意"
    UNSOLVED = "unsolved", "不满意"
    REMIND = "remind", "催办"
    COMPLAIN = "complain", "投诉"
    BIND = "bind", "绑定"
    UNBIND = "unbind", "解绑"
    UNKNOWN_PLACE = "unknown_place", "说不清在哪里"
    STOP = "stop", "退订"
    RESUME = "resume", "恢复"


WORDS: Final[Mapping[Word, str]] = {
    Word.YES: "1 一 是 是的 对 对的 好 好的 嗯 确认 提交 可以 没错 ok yes y",
    Word.NO: "0 零 否 不 不是 不对 取消 算了 不用 不用了 不提交 不要了 no n",
    Word.TWO: "2 二 新的 新的事 新事 改地点 改地址",
    Word.HELP: "帮助 help 菜单 你好 您好 在吗 怎么用 ？ ?",
    Word.PERSON: "人工 转人工 人工服务 客服 找人",
    Word.PROGRESS: "进度 查询 查进度 我的反映 查",
    Word.SOLVED: "满意 很满意 非常满意 基本满意 解决 解决了 已解决 已经解决",
    Word.UNSOLVED: "不满意 很不满意 没解决 没有解决 未解决 不解决",
    Word.REMIND: "催办 催一下 催 催促",
    Word.COMPLAIN: "投诉 我要投诉 我要反映 反映 我要举报 举报",
    Word.BIND: "绑定 绑定手机 绑定手机号 绑手机",
    Word.UNBIND: "解绑 解除绑定",
    # 退订 as the carriers' signs say it: “拒收请回复 TD”, “回 T 退订”.
    Word.STOP: "退订 td t 退订短信 回复td 拒收 取消订阅 stop",
    Word.RESUME: "恢复 订阅 恢复订阅 恢复短信 重新订阅 start",
    Word.UNKNOWN_PLACE: "不知道 不清楚 说不清 没有 跳过",
}
_MEANT: Final = {text: word for word, texts in WORDS.items() for text in texts.split()}
# Those after which a number or more may be written.
_TAKING: Final = (Word.PROGRESS, Word.UNSOLVED, Word.SOLVED, Word.REMIND, Word.BIND)
_JUDGING: Final = frozenset({Word.SOLVED, Word.UNSOLVED})
_LEADING: Final = sorted(
    ((text, word) for text, word in _MEANT.items() if word in _TAKING and len(text) > 1),
    key=lambda pair: -len(pair[0]),
)
_EDGES: Final = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_STAFF_CODE: Final = re.compile(r"[2-9A-HJ-NP-Z]{8}")
# Words of danger to life, now: whoever writes them is told to ring 110 or 119, and a person is asked to look.
_DANGER: Final = re.compile(
    "着火|起火|失火|火灾|冒浓烟|煤气泄漏|燃气泄漏|煤气味|触电|漏电伤人|有人落水|溺水|被困电梯|电梯困人|坍塌|塌方|爆炸|持刀|砍人|"
    "杀人|打死人|抢劫|绑架|家暴|救命|自杀|轻生|不想活|跳楼|割腕|中毒|昏迷|晕倒"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A text looked at: its word, if it is one, and the receipt, phone or code after it."""

    word: Word | None = None
    rest: str = ""
    receipt: str = ""


def read(text: str) -> Read:
    """The word a text is, alone or with a number behind it; none for a sentence."""
    folded = fold(text)
    if word := _MEANT.get(folded) or _MEANT.get(unicodedata.normalize("NFKC", text).strip()):
        return Read(word)
    if receipt := receipt_in(folded):
        return Read(Word.PROGRESS, receipt=receipt)
    for lead, word in _LEADING:
        if not folded.startswith(lead):
            continue
        rest = _EDGES.sub("", folded[len(lead) :])
        if receipt := receipt_in(rest):
            return Read(word, receipt=receipt)
        if word in _JUDGING and rest and not folded[len(lead)].isalnum():
            # “不满意，路还是坏的”: a say with its words.
            return Read(word, rest=rest)
        if word is Word.BIND and rest and rest.isascii() and " " not in rest:
            return Read(word, rest=rest)
    return Read()


def fold(text: str) -> str:
    """A text in one form: narrow letters in lower case, without marks and pictures at its ends."""
    return _EDGES.sub("", unicodedata.normalize("NFKC", text).lower())


def receipt_in(text: str) -> str:
    """The receipt number a text is, in stored form; "" for anything else."""
    if not (8 <= len(text) <= 24 and any(char.isdigit() for char in text) and text.isascii()):
        return ""
    try:
        return parse_receipt(text)
    except Invalid:
        return ""


def is_danger(text: str) -> bool:
    """Whether a text speaks of danger to life."""
    return _DANGER.search(text) is not None


def staff_code(text: str) -> str:
    """The one-time code of an account in a text, or ""."""
    upper = text.upper()
    return upper if _STAFF_CODE.fullmatch(upper) and not upper.isdigit() else ""
