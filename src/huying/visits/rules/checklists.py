"""走访表: questions as data, by kind of key person; what was answered, and which answers ask for help."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from huying.kernel.saying import said
from huying.visits.rules.kinds import AnswerKind

YES, NO = "yes", "no"
MOST_QUESTIONS: Final = 30
_LONGEST: Final = 500
#: The checklist that is asked of everybody, before those of a person's kinds.
COMMON: Final = ""


@dataclass(frozen=True, slots=True)
class Question:
    """``needed``: must be answered where somebody was met. ``alarm``: the answer that asks whether help is needed."""

    code: str
    text: str
    kind: AnswerKind
    choices: tuple[str, ...] = ()
    needed: bool = False
    alarm: str = ""

    def told(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "code": self.code, "text": self.text, "kind": self.kind.value, "choices": list(self.choices),
            "needed": self.needed, "alarm": self.alarm,
        }  # fmt: skip


def question(raw: Mapping[str, Any]) -> Question:
    """As it was kept."""
    return Question(
        raw["code"], raw["text"], AnswerKind(raw["kind"]), tuple(raw.get("choices", ())), bool(raw.get("needed")),
        str(raw.get("alarm", "")),
    )  # fmt: skip


@cache
def starter() -> Mapping[str, Sequence[Question]]:
    """Kind to its questions, with which a district begins."""
    text = files("huying.visits").joinpath("starter/checklists.toml").read_text(encoding="utf-8")
    return {
        "" if kind == "common" else kind: tuple(question(one) for one in told["questions"])
        for kind, told in tomllib.loads(text).items()
    }


def parsed(lines: str) -> Sequence[Question]:
    """Questions as an office types them, a line each: ``文字 | 选项、选项 | 须帮助的选项 | 必答``.

    Without choices, or with 是、否, it is yes or no; with 填写 free text. Codes follow the order. Raises
    ValueError with what is wrong.
    """
    found = []
    for number, line in enumerate((one for one in lines.splitlines() if one.strip()), 1):
        found.append(_line(number, [part.strip() for part in line.replace("｜", "|").split("|")]))
    if not 0 < len(found) <= MOST_QUESTIONS:
        raise ValueError(said("一张表 1 到 %(most)s 个问题。", most=MOST_QUESTIONS))
    return found


def _line(number: int, parts: Sequence[str]) -> Question:
    text, options, alarm, needed = (*parts, "", "", "")[:4]
    if not 0 < len(text) <= 60:
        raise ValueError(said("第 %(n)s 行：问题最多 60 字。", n=number))
    choices = tuple(one.strip() for one in options.replace("，", "、").split("、") if one.strip())
    code, must = f"q{number}", needed in {"必答", "是"}
    if choices == ("填写",):
        return Question(code, text, AnswerKind.TEXT, needed=must)
    if choices in ((), ("是", "否")):
        wanted = {"": "", "是": YES, "否": NO}.get(alarm)
        if wanted is None:
            raise ValueError(said("第 %(n)s 行：须帮助的选项填“是”或“否”。", n=number))
        return Question(code, text, AnswerKind.YES_NO, needed=must, alarm=wanted)
    if len(choices) < 2 or (alarm and alarm not in choices):
        raise ValueError(said("第 %(n)s 行：选项至少两个，须帮助的要在选项里。", n=number))
    return Question(code, text, AnswerKind.CHOICE, choices, must, alarm)


def typed(questions: Sequence[Question]) -> str:
    """The same questions as an office types them."""
    words = {YES: "是", NO: "否", "": ""}
    lines = []
    for one in questions:
        options = {AnswerKind.TEXT: "填写", AnswerKind.YES_NO: "是、否"}.get(one.kind, "、".join(one.choices))
        alarm = words[one.alarm] if one.kind is AnswerKind.YES_NO else one.alarm
        lines.append(" | ".join((one.text, options, alarm, "必答" if one.needed else "")).rstrip(" |"))
    return "\n".join(lines)


def wrong_in(questions: Sequence[Question], answers: Mapping[str, str]) -> Mapping[str, str]:
    """Question's code to what is wrong with its answer."""
    wrong: dict[str, str] = {}
    for one in questions:
        given = answers.get(one.code, "").strip()
        if not given:
            if one.needed:
                wrong[one.code] = said("请填写。")
        elif one.kind is AnswerKind.YES_NO and given not in {YES, NO}:
            wrong[one.code] = said("请选“是”或“否”。")
        elif one.kind is AnswerKind.CHOICE and given not in one.choices:
            wrong[one.code] = said("请从选项里选。")
        elif len(given) > _LONGEST:
            wrong[one.code] = said("最多 %(most)s 字。", most=_LONGEST)
    return wrong


def alarming(questions: Sequence[Question], answers: Mapping[str, str]) -> Sequence[Question]:
    """The questions whose answer asks for help."""
    return [one for one in questions if one.alarm and answers.get(one.code, "") == one.alarm]


def kept(questions: Sequence[Question], answers: Mapping[str, str]) -> list[list[str]]:
    """Question and answer in words, as they are kept with the visit: they stay readable when the list changes."""
    words = {YES: "是", NO: "否"}
    return [
        [one.text, words.get(given, given) if one.kind is AnswerKind.YES_NO else given]
        for one in questions
        if (given := answers.get(one.code, "").strip())
    ]
