"""Advice on a reply, each piece with the sentence it objects to."""

from dataclasses import dataclass

from huying.kernel.terms import Term


class ObjectionKind(Term):
    """What is wrong with a sentence, or with the whole."""

    RELEVANCE = "relevance", "答非所问"
    QUESTION = "question", "有一问没有答"
    INCOMPLETE = "incomplete", "没有写全"
    REASON = "reason", "没有说理由"
    PLAIN = "plain", "不好懂、太空"
    PERSONS = "persons", "个人信息"
    PROMISE = "promise", "写了期限"
    TONE = "tone", "语气"


@dataclass(frozen=True, slots=True)
class Objection:
    """``advice`` is a message to the writer; ``sentence`` what it is about, "" for the whole reply."""

    kind: ObjectionKind
    advice: str
    sentence: str = ""


#: What is worth stopping for once, where the page could not say it while the reply was written.
WEIGHTY = frozenset({
    ObjectionKind.RELEVANCE, ObjectionKind.QUESTION, ObjectionKind.REASON, ObjectionKind.PERSONS, ObjectionKind.TONE
})  # fmt: skip
