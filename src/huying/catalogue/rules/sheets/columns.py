"""The columns of the list as a spreadsheet: heading, how a value is written, how it is read back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.kinds import AppealKind, Evidence, ItemType, Level
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term
from huying.worktime.units import Limit

CONDITIONS_SHEET: Final = "立案条件"
KINDS_SHEET: Final = "诉求时限"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``read`` raises Invalid with a message in Chinese for a text it cannot take."""

    field: str
    heading: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    width: int = 12


def _text(value: Any) -> str:
    return str(value)


def _term(kind: type[Term]) -> Callable[[str], Any]:
    by_word = {word: member for member in kind for word in (member.value, member.zh)}

    def read(text: str) -> Any:
        if text not in by_word:
            raise Invalid(
                said(
                    "“%(text)s”不在可选范围：%(known)s",
                    text=text[:40],
                    known="、".join(member.zh for member in kind),
                )
            )
        return by_word[text]

    return read


def _zh(value: Any) -> str:
    return str(value.zh)


_DUTY_ZH: Final = {duty.value: duty.zh for duty in Duty}
_DUTY_CODE: Final = {duty.zh: duty.value for duty in Duty}


def duty_zh(code: str) -> str:
    """The Chinese name of a duty code; a district's own code stays as it is."""
    return _DUTY_ZH.get(code, code)


def _duty(text: str) -> str:
    return _DUTY_CODE.get(text, text)


def split(text: str) -> list[str]:
    """The parts of a cell that holds several values, parted by 、, commas, semicolons or line breaks."""
    for mark in "，,；;\n":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def _many(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda text: tuple(read(part) for part in split(text))


def _joined(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda values: "、".join(write(value) for value in values)


def _limit_written(limit: Limit | None) -> str:
    return limit.zh if limit else ""


def _limit(text: str) -> Limit | None:
    return Limit.parse(text) if text else None


def _needed_limit(text: str) -> Limit:
    if not text:
        raise Invalid("时限不能为空")
    return Limit.parse(text)


def _whole(text: str) -> int:
    plain = text.removesuffix(".0")
    if not plain.isdecimal():
        raise Invalid(said("“%(text)s”不是整数", text=text[:40]))
    return int(plain)


def _keywords(values: Any) -> str:
    return "\n".join(values)


def _read_keywords(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if part.strip())


ITEM_COLUMNS: Final = (
    Column("code", "编码", _text, str, 10),
    Column("class_name", "大类", _text, str, 14),
    Column("group_name", "中类", _text, str, 14),
    Column("name", "小类", _text, str, 18),
    Column("type", "类型", _zh, _term(ItemType), 10),
    Column("duty", "职责", duty_zh, _duty, 14),
    Column("keywords", "关键词（一行一个）", _keywords, _read_keywords, 20),
    Column("standard", "标准名称（含年号）", _text, str, 20),
    Column("standard_code", "标准编码", _text, str, 10),
)
CONDITION_COLUMNS: Final = (
    Column("number", "序号", _text, _whole, 6),
    Column("text", "立案条件", _text, str, 40),
    Column("cues", "说法（一行一个）", _keywords, _read_keywords, 16),
    Column("lead", "主办职责", duty_zh, _duty, 14),
    Column("assisting", "协办职责", _joined(duty_zh), _many(_duty), 20),
    Column("sign", "签收时限", _limit_written, _limit),
    Column("contact", "首次联系时限", _limit_written, _limit),
    Column("handle", "处置时限", _limit_written, _limit),
    Column("closing_standard", "结案标准", _text, str, 40),
    Column("evidence", "要件", _joined(_zh), _many(_term(Evidence)), 24),
    Column("level", "首判层级", _zh, _term(Level), 10),
    Column("danger", "危险性", _text, _whole, 8),
    Column("visibility", "直观性", _text, _whole, 8),
    Column("disorder", "无序性", _text, _whole, 8),
)
KIND_COLUMNS: Final = (
    Column("kind", "诉求类型", _zh, _term(AppealKind), 10),
    Column("sign", "签收时限", _limit_written, _needed_limit, 14),
    Column("contact", "首次联系时限", _limit_written, _needed_limit, 16),
    Column("handle", "处置时限", _limit_written, _needed_limit, 14),
    Column("verify", "核实时限", _limit_written, _needed_limit, 14),
    Column("check", "核查时限", _limit_written, _needed_limit, 14),
    Column("follow_up", "回访时限", _limit_written, _needed_limit, 14),
)
