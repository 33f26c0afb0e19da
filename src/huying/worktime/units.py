"""Units of time, and a limit counted in one of them.

The five units are those of urban-management responsibility lists. What a list writes without saying more
(小时, 天) is working time: such lists write 紧急 where the clock must run through the night.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said


class Unit(StrEnum):
    """One of five ways to count time; ``zh`` is the term a responsibility list uses."""

    def __new__(cls, value: str, zh: str = "", en: str = "") -> "Unit":
        member = str.__new__(cls, value)
        member._value_ = value
        return member

    def __init__(self, value: str, zh: str = "", en: str = "") -> None:
        self.zh = zh
        self.en = en

    URGENT_HOUR = "urgent_hour", "紧急工作时", "urgent hour"
    WORK_HOUR = "work_hour", "工作时", "working hour"
    WORK_DAY = "work_day", "工作日", "working day"
    URGENT_DAY = "urgent_day", "紧急工作日", "urgent day"
    CALENDAR_DAY = "calendar_day", "自然日", "calendar day"

    @property
    def is_working(self) -> bool:
        """True if only working hours count; otherwise the clock runs day and night, holidays included."""
        return self in _WORKING

    @property
    def is_hour(self) -> bool:
        """True for the two units counted in hours."""
        return self in _HOURS


_WORKING: Final = frozenset({Unit.WORK_HOUR, Unit.WORK_DAY})
_HOURS: Final = frozenset({Unit.URGENT_HOUR, Unit.WORK_HOUR})

_WORDS: Final[dict[str, Unit]] = {
    **{word: Unit.URGENT_HOUR for word in ("紧急工作时", "紧急工作小时", "紧急小时", "自然小时", "连续小时")},
    **{word: Unit.WORK_HOUR for word in ("工作时", "工作小时", "小时", "时", "hour", "h")},
    **{word: Unit.WORK_DAY for word in ("工作日", "工作天", "天", "日", "day", "d")},
    **{word: Unit.URGENT_DAY for word in ("紧急工作日", "紧急工作天", "紧急日", "紧急天")},
    **{word: Unit.CALENDAR_DAY for word in ("自然日", "自然天", "日历日", "日历天")},
    **{unit.value: unit for unit in Unit},
    **{unit.en: unit for unit in Unit},
}
_WRITTEN: Final = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?|[零一二两三四五六七八九十百半]+)\s*个?\s*(?P<word>.+)"
)
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_FULL_WIDTH: Final = str.maketrans("０１２３４５６７８９．　", "0123456789. ")


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take: a positive amount, to four decimals at most, of one unit.

    Raises:
        Invalid: the amount is not positive, above 9,999, or finer than four decimals.
    """

    amount: Decimal
    unit: Unit

    def __init__(self, amount: Decimal | int | str, unit: Unit | str) -> None:
        object.__setattr__(self, "amount", _checked(amount))
        object.__setattr__(self, "unit", _known(unit))

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """A limit as a list writes it: ``2紧急工作时``, ``4小时``, ``2天``, ``十五天``, ``2 work_day``.

        小时 and 天 alone are working time (see the module's head).

        Raises:
            Invalid: the text is not a number followed by a known unit.
        """
        written = _WRITTEN.fullmatch(text.translate(_FULL_WIDTH).strip().lower())
        if not written:
            raise Invalid(
                said("看不懂这个时限：“%(text)s”。请写成“4工作时”“15个工作日”这样。", text=text[:40])
            )
        word = written["word"].strip()
        unit = _WORDS.get(word) or _WORDS.get(word.removesuffix("s")) or _WORDS.get(word.removesuffix("内"))
        if unit is None:
            raise Invalid(
                said(
                    "时限单位“%(word)s”不在五种之内：%(known)s。",
                    word=word[:40],
                    known="、".join(each.zh for each in Unit),
                )
            )
        return cls(_number(written["number"]), unit)

    @property
    def code(self) -> str:
        """The text for storing and exchange, ``15 work_day``; :meth:`parse` reads it back."""
        return f"{self._plain} {self.unit.value}"

    @property
    def zh(self) -> str:
        """``4工作时``, ``15个工作日``."""
        return f"{self._plain}{'' if self.unit.is_hour else '个'}{self.unit.zh}"

    @property
    def en(self) -> str:
        """``4 working hours``, ``1 working day``."""
        return f"{self._plain} {self.unit.en}{'' if self.amount == 1 else 's'}"

    def __str__(self) -> str:
        return self.zh

    @property
    def _plain(self) -> str:
        text = format(self.amount, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text


def _checked(amount: Decimal | int | str) -> Decimal:
    try:
        number = Decimal(amount)
    except ArithmeticError:
        raise Invalid(said("时限数值无效：%(given)s", given=str(amount)[:40])) from None
    if not (number.is_finite() and 0 < number <= 9_999):
        raise Invalid(said("时限应大于 0、不超过 9999：%(given)s", given=str(amount)[:40]))
    if number != round(number, 4):
        raise Invalid(said("时限最多四位小数：%(given)s", given=str(amount)[:40]))
    return number


def _known(unit: Unit | str) -> Unit:
    try:
        return Unit(unit)
    except ValueError:
        raise Invalid(said("没有这种时限单位：%(given)s", given=str(unit)[:40])) from None


def _number(text: str) -> Decimal:
    """The value of Arabic digits or of a Chinese numeral below a thousand; 半 alone is a half."""
    if text[0].isascii():
        return Decimal(text)
    if text == "半":
        return Decimal("0.5")
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * _DIGITS.get(hundreds, 0) + _DIGITS.get(ones.removeprefix("零"), 0)
    if ten:
        value += 10 * (_DIGITS.get(tens.removeprefix("零"), 0) if tens else 1)
    if _chinese(value) != text.replace("两", "二"):
        raise Invalid(said("看不懂这个数：“%(text)s”", text=text[:40]))
    return Decimal(value)


def _chinese(value: int) -> str:
    """The one regular way to write ``value`` (1–999) in Chinese, 10–19 without 一 in front."""
    names = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{names[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{names[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (names[ones] if ones else "")
