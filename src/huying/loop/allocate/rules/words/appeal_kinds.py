"""What a caller wants, told by the turns of phrase: 咨询 求助 投诉 举报 建议 感谢."""

import re
from typing import Final

from huying.catalogue.rules import AppealKind

# Tried in this order: thanks and denunciations are plain, a request may hide behind a question,
# and a complaint is what remains when somebody is annoyed.
_SIGNS: Final[tuple[tuple[AppealKind, float, str], ...]] = (
    (AppealKind.THANKS, 3.0, r"表示感谢|特此感谢|点赞|表扬|锦旗|非常感谢|衷心感谢|好样的"),
    (
        AppealKind.REPORT,
        3.0,
        r"举报|检举|揭发|涉嫌|实名反映|违法(?:经营|行为)|无证|偷排|黑作坊|传销|受贿|贪污",
    ),
    (
        AppealKind.SUGGESTION,
        2.5,
        r"建议|希望能?(?:增设|增加|优化|考虑)|(?:能否|可否)[^，。！？]{0,6}(?:增|加|装|延长)|提议",
    ),
    (
        AppealKind.INQUIRY,
        2.2,
        r"咨询|请问|想问|想了解|如何办理|怎么办理|怎样办理|什么时候能|是否可以|需要什么(?:材料|手续)|在哪里?办",
    ),
    (
        AppealKind.HELP,
        2.0,
        r"求助|帮帮|帮忙|求救|困难|救助|请求(?:帮助|解决|协调)|走失|停水|停电|断气|漏水|不亮|破损|堵塞|坏了",
    ),
    (
        AppealKind.COMPLAINT,
        1.8,
        r"投诉|扰民|严重影响|不作为|乱收费|噪音|噪声|恶臭|占道|态度恶劣|强烈要求|欠薪|拖欠|乱停",
    ),
)
_QUESTION: Final = re.compile(r"[吗呢么][?？]?\s*$|[吗呢么][?？]|[?？]\s*$|是多少|要多少\w{0,4}$")
# Whoever begins by asking asks, whatever they ask about.
_OPENING: Final = re.compile(r"^(?:您好|你好)?[，,！!\s]*(?:请问|咨询|想问|想咨询|想了解)")
_ASKS_FIRST: Final = 1.6
_POLITE: Final = re.compile(r"(?:谢谢|感谢|望)[！!。.]?\s*$")


def guess_kind(text: str) -> AppealKind:
    """The kind that most of the text's phrases speak for; 求助 when nothing speaks.

    A closing 谢谢 is courtesy and does not make an appeal a word of thanks.
    """
    body = _POLITE.sub("", text.strip())
    marks = {kind: weight * len(re.findall(pattern, body)) ** 0.5 for kind, weight, pattern in _SIGNS}
    if _QUESTION.search(body):
        marks[AppealKind.INQUIRY] += 1.0
    if _OPENING.search(body):
        marks[AppealKind.INQUIRY] += _ASKS_FIRST
    best = max(marks, key=lambda kind: marks[kind])
    return best if marks[best] > 0 else AppealKind.HELP
