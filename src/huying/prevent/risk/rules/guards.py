"""What takes the danger out of words: denied, only imagined, told of elsewhere, long over."""

import re
from typing import Final

from huying.prevent.risk.rules.kinds import RiskKind

_CLAUSE: Final = re.compile(r"[，。！？；：\n]")
_SENTENCE: Final = re.compile(r"[。！？；\n]")
_DENIED: Final = re.compile(
    r"(?:没有|没|无|未|不会|不想|不是|并非|并没|不存在|从不|从未|别|不要|不至于|绝不|幸好没|还好没)(?:[^，。！？；]{0,6})$"
)
_NOT_A_DENIAL: Final = re.compile(
    r"(?:要不是|是不是|有没有|没人管|不是一次|不是第一次|没办法|没地方|没有办法|不得不|没完没了|没用)"
)
_PREVENTED: Final = re.compile(
    r"(?:防止|避免|预防|以免|免得|以防|杜绝|禁止|严禁|请勿|防范|谨防|小心|注意|应对|如何|怎么样?|为了不)[^，。！？；]{0,8}$"
)
_IMAGINED: Final = re.compile(
    r"(?:如果|要是|万一|假如|一旦|生怕|害怕|怕|担心|担忧|容易|可能|会不会|难道|等到|非要|非得|迟早|早晚|哪天|若是|倘若|真的?"
    r"|出了|风险|隐患|存在|导致|造成|引发|引起|要不然|否则)[^，。！？；]{0,10}$"
)
_WHAT_THEN: Final = re.compile(
    r"^[^，。！？；]{0,4}[，]?(?:怎么办|谁负责|谁来负责|责任谁|怎么得了|后果|咋办|可怎么)"
)
_ELSEWHERE: Final = re.compile(
    r"新闻|报道|报纸|电视剧|电视上|电影|小说|游戏|网上看到|抖音上?看到|宣传|讲座|演练|培训|知识|纪念|题目|故事|剧本|历史上|标语|"
    r"话剧|案例|条例|法律规定|通报|海报|普法|安全课|直播间|搞活动|甩卖"
)
_OVER: Final = re.compile(
    r"去年|前年|[0-9一二三四五六七八九十两几]{1,3}年前|多年前|以前|曾经|当年|上次已|早就(?:处理|解决|修好)|已经?(?:扑灭|救出|解决|修好|处理好|结清|发了|补发|找到了?|平息)"
)
# Whoever says what they themselves will do unless something happens is not imagining it.
_OF_WILL: Final = frozenset({RiskKind.SELF_HARM, RiskKind.THREAT, RiskKind.GROUP})
_STANDING: Final = frozenset({RiskKind.WAGES})


def is_harmless(kind: RiskKind, text: str, start: int, end: int) -> bool:
    """Whether what stands around the words at ``start`` to ``end`` says that the danger is not there."""
    before = _CLAUSE.split(text[:start])[-1]
    sentence = _SENTENCE.split(text[:start])[-1] + _SENTENCE.split(text[start:])[0]
    if _denied(before) or _PREVENTED.search(before) or _ELSEWHERE.search(sentence):
        return True
    if kind not in _STANDING and _OVER.search(sentence):
        return True
    if kind is RiskKind.WAGES:
        return bool(re.search(r"已经?(?:结清|发了|补发|付清|到账)", sentence))
    if kind in _OF_WILL:
        return bool(re.search(r"(?:害怕|怕|担心|担忧)[^，。！？；]{0,10}$", before))
    return bool(_IMAGINED.search(before) or _WHAT_THEN.search(text[end : end + 14]))


def _denied(before: str) -> bool:
    tail = before[-10:]
    return bool(_DENIED.search(tail)) and not _NOT_A_DENIAL.search(tail)
