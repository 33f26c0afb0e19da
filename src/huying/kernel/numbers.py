"""Numbers people write down, read aloud and type in.

A receipt number has 12 digits: eleven random ones (the first is not zero) and a check digit. It is random so
that nobody can guess a neighbour's, and checked so that a slip of the hand is told at once instead of opening
someone else's matter.

The check digit is that of H. Michael Damm, *Total anti-symmetrische Quasigruppen* (Marburg, 2004): it finds
every single wrong digit and every swap of neighbours, the check digit's own neighbour included. ISO 7064
MOD 11,10 was not taken because it misses some swaps.
"""

import re
import secrets
import unicodedata
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

# Damm's quasigroup of order 10, row by row.
_DAMM: Final = tuple(
    tuple(int(digit) for digit in row)
    for row in (
        "0317598642",
        "7092154863",
        "4206871359",
        "1750983426",
        "6123045978",
        "3674209581",
        "5869720134",
        "8945362017",
        "9438617205",
        "2581436790",
    )
)
_SPOKEN: Final = str.maketrans("0123456789", "零幺二三四五六七八九")
_BETWEEN: Final = re.compile(r"[\s\-‐‑‒–—―−·.,，。、_]+")
_LOWEST: Final = 10**10
_SPAN: Final = 9 * 10**10


def check_digit(digits: str) -> str:
    """Damm's check digit of a row of decimal digits; zero when the last digit already is a right one."""
    state = 0
    for digit in digits:
        state = _DAMM[state][ord(digit) - 48]
    return chr(48 + state)


def receipt() -> str:
    """One new receipt number: 12 digits as stored, without dashes."""
    return many(1)[0]


def many(count: int) -> list[str]:
    """``count`` new receipt numbers, all different from one another.

    They are not compared with those already given: the store's unique index does that, and 90 thousand
    million possibilities make it rare.
    """
    found: dict[str, None] = {}
    while len(found) < count:
        missing = count - len(found)
        # 64 random bits folded onto 9e10 values favour some by less than one part in 10^8.
        noise = memoryview(secrets.token_bytes(8 * missing)).cast("Q")
        for bits in noise:
            head = str(_LOWEST + bits % _SPAN)
            found[head + check_digit(head)] = None
    return list(found)


def shown(number: str) -> str:
    """A receipt number as people see it: ``4821-3356-9027``."""
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def hidden(number: str) -> str:
    """A receipt number for those who are not to act with it: only its end, to tell one from another."""
    return f"********{number[-4:]}"


def spoken(number: str) -> str:
    """A receipt number as a seat reads it aloud, in three breaths: ``四八二幺，三三五六，九零二七``."""
    return "，".join(group.translate(_SPOKEN) for group in shown(number).split("-"))


def parse_receipt(text: str) -> str:
    """The stored form of a receipt number typed with any spaces, dashes or full-width digits.

    Raises:
        Invalid: not 12 digits, a leading zero, or a check digit that shows a slip.
    """
    digits = _digits(text)
    if not digits.isascii() or not digits.isdigit():
        raise Invalid("回执号只有数字，请核对后重新输入。", fields={"receipt": "not_digits"})
    if len(digits) != 12:
        raise Invalid(
            said("回执号应为 12 位数字，您输入了 %(n)s 位。", n=len(digits)), fields={"receipt": "length"}
        )
    if digits[0] == "0" or check_digit(digits) != "0":
        raise Invalid("回执号有误，可能输错或颠倒了某一位，请对照回执核对。", fields={"receipt": "check"})
    return digits


def case_number(district: int, serial: int) -> str:
    """A case's public number, ``440310-000012345``: six digits of the district, nine of the serial.

    Raises:
        Invalid: the district has not six digits, or the serial does not fit nine.
    """
    if not 100_000 <= district <= 999_999:
        raise Invalid(said("区划代码应为 6 位：%(district)s", district=district))
    if not 0 < serial <= 999_999_999:
        raise Invalid(said("案件序号超出范围：%(serial)s", serial=serial))
    return f"{district}-{serial:09d}"


def parse_case_number(text: str) -> tuple[int, int]:
    """The pair (district, serial) of a case number, with or without its dash.

    Raises:
        Invalid: the text is not a case number.
    """
    digits = _digits(text)
    if len(digits) != 15 or not digits.isascii() or not digits.isdigit():
        raise Invalid("案件编号应为 6 位区划加 9 位序号，例如 440310-000012345。", fields={"case": "form"})
    district, serial = int(digits[:6]), int(digits[6:])
    if district < 100_000 or serial == 0:
        raise Invalid("没有这样的案件编号，请核对。", fields={"case": "form"})
    return district, serial


def _digits(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
