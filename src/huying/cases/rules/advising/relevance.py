"""Whether a reply speaks of what was asked: by the appeal's rare words that it takes up, and question by question."""

import re
from collections.abc import Mapping
from math import log, sqrt
from typing import Final

from huying.cases.rules.advising.objections import Objection, ObjectionKind
from huying.kernel.saying import said, together
from huying.kernel.tokens import bigrams

_MOST_READ: Final = 4000
_NEVER_MET: Final = 0.002
#: Below this a reply takes up next to nothing. Set on the odd rows of public appeals so that one true reply in ten falls
#: below it; measured on the even ones (docs/benchmarks.md).
TOO_LITTLE: Final = 0.0045
_ANSWERED: Final = 0.06
_SHORTEST_APPEAL: Final = 8
_MOST_QUESTIONS: Final = 2
_LONGEST, _MOST_TOLD = 6, 2
_SENTENCE: Final = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_ASKED: Final = re.compile(
    r"[?？]|什么时候|何时|几时|为什么|为何|怎么办|如何|多少|哪里|哪个|能否|能不能|是否|可否|有没有|会不会|是不是|吗"
)
# Turns of speech that every appeal and every reply has say nothing of the matter.
_USUAL: Final = frozenset(
    {token for words in ("您好你好谢谢感谢领导部门反映问题情况处理解决希望请求尽快回复我们现在已经没有可以"
                         "一个这个因为所以有关相关工作人员群众诉求收悉支持理解关注来信来电贵单位什么时候能不能是不是为什么怎么办",)
     for token in bigrams(words)}
)  # fmt: skip


def relevance(appeal: str, reply: str, shares: Mapping[str, float]) -> float:
    """The cosine of the two texts' tokens weighted by rarity, 0 to 1. ``shares``: which share of texts holds a token."""
    asked, answered = _weights(appeal, shares), _weights(reply, shares)
    common = sum(asked[token] * answered[token] for token in asked.keys() & answered.keys())
    lengths = sqrt(sum(one * one for one in asked.values())) * sqrt(
        sum(one * one for one in answered.values())
    )
    return common / lengths if lengths else 0.0


def about(appeal: str, reply: str, shares: Mapping[str, float]) -> list[Objection]:
    """Objections to a reply that speaks of something else, or leaves a question aside."""
    if len(appeal.strip()) < _SHORTEST_APPEAL or not reply.strip():
        return []
    if relevance(appeal, reply, shares) < TOO_LITTLE:
        words = together([f"“{one}”" for one in _telling(_weights(appeal, shares))], "、")
        return [
            Objection(
                ObjectionKind.RELEVANCE, said("答复里几乎没有提到诉求说的事，例如%(words)s。", words=words)
            )
        ]
    return [
        Objection(ObjectionKind.QUESTION, said("诉求里的这一问，答复里好像没有答。"), question)
        for question in questions(appeal)
        if _left_aside(question, reply, shares)
    ][:_MOST_QUESTIONS]


def _telling(asked: Mapping[str, float]) -> list[str]:
    """The heaviest stretches of neighbouring tokens: 烧烤 and 烤店 are told as 烧烤店."""
    runs: list[tuple[float, str]] = []
    for token, heavy in asked.items():
        if runs and runs[-1][1][-1] == token[0] and len(runs[-1][1]) < _LONGEST:
            runs[-1] = (runs[-1][0] + heavy, runs[-1][1] + token[1:])
        else:
            runs.append((heavy, token))
    return [words for _heavy, words in sorted(runs, reverse=True)[:_MOST_TOLD]]


def questions(appeal: str) -> list[str]:
    """The sentences of an appeal that ask something."""
    sentences = [one.strip() for one in _SENTENCE.findall(appeal[:_MOST_READ])]
    return [one for one in sentences if len(one) >= _SHORTEST_APPEAL and _ASKED.search(one)]


def _left_aside(question: str, reply: str, shares: Mapping[str, float]) -> bool:
    asked, answered = _weights(question, shares), _weights(reply, shares)
    total = sum(one * one for one in asked.values())
    if not total or len(asked) < 4:
        return False
    return sum(asked[token] ** 2 for token in asked.keys() & answered.keys()) / total < _ANSWERED


def _weights(text: str, shares: Mapping[str, float]) -> dict[str, float]:
    return {
        token: -log(max(shares.get(token, _NEVER_MET), _NEVER_MET)) + 0.1
        for token in bigrams(text[:_MOST_READ])
        if len(token) > 1 and token not in _USUAL
    }
