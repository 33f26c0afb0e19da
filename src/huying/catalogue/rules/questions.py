"""What a resident who reports a matter of an item is asked besides, and how an answer is read (Open311's attributes)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal, InvalidOperation
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.instants import w3c
from huying.kernel.saying import said
from huying.kernel.terms import Term

CODE: Final = re.compile(r"[A-Za-z0-9_.\-]{1,40}")
LINE_MOST: Final = 500
TEXT_MOST: Final = 2000
NUMBER_MOST: Final = 40
CHOICES_MOST: Final = 60
# Of what no question asks, a client's own or an older list's, this many answers are kept.
UNASKED_MOST: Final = 20
_WORDS_MOST: Final = 300


class Datatype(Term):
    """The six kinds of answers of GeoReport v2."""

    STRING = "string", "一行文字"
    NUMBER = "number", "数字"
    DATETIME = "datetime", "日期时间"
    TEXT = "text", "多行文字"
    SINGLE = "singlevaluelist", "单选"
    MULTIPLE = "multivaluelist", "多选"

    @property
    def has_choices(self) -> bool:
        return self in {Datatype.SINGLE, Datatype.MULTIPLE}


class Amiss(Term):
    """What can be wrong with one answer or one question."""

    MISSING = "missing", "这一项要填。"
    ONE = "one", "这一项只能填一个。"
    LONG = "long", "太长了，请写短一些。"
    NUMBER = "number", "应为数字。"
    DATETIME = "datetime", "应为日期时间，例如 2026-03-02T09:00:00+08:00。"
    CODE = "code", "代码只能用字母、数字、点、横线和下划线，最多 40 个。"
    DESCRIPTION = "description", "请写明问什么，最多 300 字。"
    HINT = "hint", "填写提示最多 300 字。"
    ORDER = "order", "顺序应为 1 到 999。"
    CHOICES = "choices", "请给出选项，每行一个：代码 名称；代码不能重复，最多 60 项。"
    NO_CHOICES = "no_choices", "只有单选和多选才有选项。"


@dataclass(frozen=True, slots=True)
class Question:
    """One question on an item. ``choices`` are (key, name); ``answered`` False only tells the resident something."""

    code: str
    datatype: Datatype
    description: str
    hint: str = ""
    required: bool = False
    answered: bool = True
    order: int = 1
    choices: tuple[tuple[str, str], ...] = ()

    def check(self) -> None:
        """Raises Invalid, with ``fields``, for a question that could not be asked."""
        wrong: dict[str, str] = {}
        if not CODE.fullmatch(self.code):
            wrong["code"] = Amiss.CODE.zh
        if not 0 < len(self.description.strip()) <= _WORDS_MOST:
            wrong["description"] = Amiss.DESCRIPTION.zh
        if len(self.hint) > _WORDS_MOST:
            wrong["hint"] = Amiss.HINT.zh
        if not 1 <= self.order <= 999:
            wrong["order"] = Amiss.ORDER.zh
        if amiss := self._wrong_choices():
            wrong["choices"] = amiss.zh
        if wrong:
            raise Invalid(fields=wrong)

    def _wrong_choices(self) -> Amiss | None:
        if not self.datatype.has_choices:
            return Amiss.NO_CHOICES if self.choices else None
        keys = [key for key, _name in self.choices]
        whole = all(
            key and "," not in key and len(key) <= 40 and name and len(name) <= 100
            for key, name in self.choices
        )
        fits = 0 < len(keys) == len(set(keys)) <= CHOICES_MOST
        return None if whole and fits else Amiss.CHOICES


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is kept: to which question, in which words (``said``), and as the client gave it (``keys``)."""

    code: str
    question: str
    keys: tuple[str, ...]
    said: str


def answers(questions: Sequence[Question], given: Mapping[str, Sequence[str]]) -> tuple[Answer, ...]:
    """The answers to the questions, in their order, then what no question asks, so that nothing is lost.

    An empty answer is none. Raises Invalid; ``fields`` names each as ``attribute[code]``.
    """
    said_of = {code: [one.strip() for one in values if one.strip()] for code, values in given.items()}
    wrong: dict[str, str] = {}
    found: list[Answer] = []
    for question in questions:
        values = said_of.pop(question.code, [])
        if not question.answered:
            continue
        try:
            if values:
                found.append(_read(question, values))
            elif question.required:
                raise Invalid(Amiss.MISSING.zh)
        except Invalid as error:
            wrong[f"attribute[{question.code}]"] = error.message
    if wrong:
        raise Invalid(fields=wrong)
    return (*found, *_unasked({code: values for code, values in said_of.items() if values}))


def _unasked(given: Mapping[str, Sequence[str]]) -> list[Answer]:
    wrong = {
        f"attribute[{code[:40]}]": (Amiss.LONG if CODE.fullmatch(code) else Amiss.CODE).zh
        for code, values in given.items()
        if not CODE.fullmatch(code) or sum(map(len, values)) > LINE_MOST
    }
    if len(given) > UNASKED_MOST:
        wrong["attribute"] = said("清单没有问的，最多收 %(most)s 项。", most=UNASKED_MOST)
    if wrong:
        raise Invalid(fields=wrong)
    return [Answer(code, code, tuple(values), "、".join(values)) for code, values in given.items()]


def _read(question: Question, values: Sequence[str]) -> Answer:
    if question.datatype is Datatype.MULTIPLE:
        keys = _chosen(question, values)
    else:
        if len(set(values)) > 1:
            raise Invalid(Amiss.ONE.zh)
        keys = (_single(question, values[0]),)
    names = dict(question.choices)
    return Answer(question.code, question.description, keys, "、".join(names.get(key, key) for key in keys))


def _chosen(question: Question, values: Sequence[str]) -> tuple[str, ...]:
    """Keys as clients send them: each by itself, or several parted by commas."""
    parts = [part.strip() for value in values for part in value.split(",")]
    return tuple(dict.fromkeys(_key(question, part) for part in parts if part))


def _single(question: Question, value: str) -> str:
    match question.datatype:
        case Datatype.SINGLE:
            return _key(question, value)
        case Datatype.NUMBER:
            return _number(value)
        case Datatype.DATETIME:
            # What names no zone is kept as it was written: people fill in local time.
            if w3c(value, UTC) is None:
                raise Invalid(Amiss.DATETIME.zh)
            return value
    most = LINE_MOST if question.datatype is Datatype.STRING else TEXT_MOST
    if len(value) > most:
        raise Invalid(Amiss.LONG.zh)
    return " ".join(value.split()) if question.datatype is Datatype.STRING else value


def _number(value: str) -> str:
    try:
        number = (
            Decimal(value) if len(value) <= NUMBER_MOST and value.isascii() and "_" not in value else None
        )
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise Invalid(Amiss.NUMBER.zh)
    return value


def _key(question: Question, value: str) -> str:
    """The key meant; some clients send the name. Raises Invalid with the keys there are."""
    keys = dict(question.choices)
    if value in keys:
        return value
    named = [key for key, name in question.choices if name == value]
    if named:
        return named[0]
    raise Invalid(said("没有这个选项。可选：%(keys)s。", keys="、".join(keys)))
