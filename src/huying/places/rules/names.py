"""Names as people write them, brought to one form: 龙田, 龙田街道, 坪山区龙田街道办事处 are one street."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from huying.kernel.traditional import SIMPLER
from huying.places.rules.levels import Level

# Longest first: the first that fits is taken off.
_ENDINGS: Final[dict[Level, tuple[str, ...]]] = {
    Level.CITY: ("市",),
    Level.DISTRICT: ("新区", "区", "县", "市"),
    Level.STREET: ("街道办事处", "街道办", "镇人民政府", "镇政府", "街道", "办事处", "镇", "乡"),
    Level.COMMUNITY: (
        "社区居民委员会", "社区工作站", "社区居委会", "社区党群服务中心", "村民委员会", "居民委员会",
        "居委会", "村委会", "社区", "村",
    ),
    Level.GRID: ("网格",),
}  # fmt: skip

_NUMERALS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_SIMPLER: Final = str.maketrans(SIMPLER)
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
NUMERAL: Final = r"(?:\d{1,5}|[零〇一二两三四五六七八九十百千]{1,7})"


def plain(text: str) -> str:
    """Text with full-width forms made half-width, letters lowered, old characters simplified, every space removed."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower().translate(_SIMPLER)


def number(written: str) -> int | None:
    """The value of digits or Chinese numerals (一百二十三, 二〇三); None when it is neither."""
    if written.isascii() and written.isdigit():
        return int(written)
    if written and all(sign in _NUMERALS for sign in written):
        return int("".join(str(_NUMERALS[sign]) for sign in written))
    total, held = 0, 0
    for sign in written:
        if sign in _NUMERALS:
            held = _NUMERALS[sign]
        elif sign in _TENS:
            total += (held or 1) * _TENS[sign]
            held = 0
        else:
            return None
    return total + held if written else None


def normal_form(name: str, level: Level, above: Sequence[str] = ()) -> str:
    """A name without spaces, the names of what lies above it, and the ending of its level.

    ``above`` are names a writer may have put in front (深圳市, 坪山区). At least two characters stay:
    a name is never worn down to nothing.
    """
    short = plain(name)
    for prefix in sorted((plain(prefix) for prefix in above), key=len, reverse=True):
        rest = short.removeprefix(prefix)
        # The street 坪山街道 of the district 坪山区 does not begin with its district.
        if prefix and len(rest) >= 2 and rest not in _ENDINGS[level]:
            short = rest
    for ending in _ENDINGS[level]:
        if short.endswith(ending) and len(short) - len(ending) >= 2:
            return short.removesuffix(ending)
    return short


def public_words(words: str) -> str:
    """Where, as everybody may know it: of 福坞街道 霞岗社区 第04网格 the street and the community, never the grid."""
    return " ".join(words.split()[:2])
