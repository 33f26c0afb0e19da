"""What a message is taken apart into: short strings of characters, and the places it names.

No dictionary and no word list: runs of two and three characters find what is written in many wordings, and a name is
known by what names of places end in (小区, 路, 学校 …). Letters and figures stay together, so that 58车贷 is not 车贷.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

# A subject says what a text goes around; of the text, what comes first.
SUBJECT_TIMES: Final = 4
TEXT_READ: Final = 200
_STRETCH: Final = re.compile(r"[a-z0-9\u4e00-\u9fff]+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_PIECE: Final = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]")
# Codes that stand for the names of districts in published data (A市, A3区): they name no place within it.
_CODE: Final = re.compile(r"[a-z]\d*[市区县]")
_ENDINGS: Final = (
    "小区|花园|家园|新城|之城|国际城|大道|社区|街道|广场|大厦|公寓|国际|学校|小学|中学|学院|大学|幼儿园|医院|公园|市场|超市|"
    "公司|集团|中心|楼盘|平台|银行|机构|培训|项目|贷|案|城|苑|府|郡|湾|庭|园|村|镇|乡|路|街|巷|桥|站|区|县|厂|寺|山|院|期"
)
# Who these are is a matter by itself, wherever the callers are.
_OF_BODIES: Final = frozenset({"公司", "集团", "平台", "银行", "机构", "培训", "贷", "案"})
ENDING: Final = re.compile(_ENDINGS)
_NAMED: Final = re.compile(rf"(?=((?![这那哪我你他她某每的在又])[\u4e00-\u9fffa-z0-9]{{2}})({_ENDINGS}))")


def plain(text: str) -> str:
    """Full-width letters and figures as narrow ones, small letters, codes of districts left out."""
    return _CODE.sub("|", unicodedata.normalize("NFKC", text).lower())


def runs(text: str) -> Iterator[str]:
    """Strings of two and three characters of a plain text, and its words of letters and figures; with repetitions."""
    for stretch in _STRETCH.findall(text):
        words = _WORD.findall(stretch)
        pieces: Sequence[str] = stretch
        if words:
            yield from (word for word in words if len(word) > 1)
            pieces = _PIECE.findall(stretch)
        pairs = list(map("".join, pairwise(pieces)))
        yield from pairs
        yield from map("".join, zip(pairs, pieces[2:], strict=False))


def weighed(subject: str, text: str) -> Counter[str]:
    """How often each string stands in a message, its subject counted several times."""
    told = Counter(runs(plain(text)[:TEXT_READ]))
    for one, times in Counter(runs(plain(subject))).items():
        told[one] += SUBJECT_TIMES * times
    return told


def names(text: str) -> frozenset[str]:
    """The two characters before what names of places end in; of 丽发新城 the 丽发."""
    return frozenset(match.group(1) for match in _NAMED.finditer(plain(text)))


def names_of_bodies(text: str) -> frozenset[str]:
    """Those of the names that are of companies and the like, not of places; of 58车贷 the 58车."""
    return frozenset(match.group(1) for match in _NAMED.finditer(plain(text)) if match.group(2) in _OF_BODIES)


def name_parts(text: str, chosen: frozenset[str]) -> frozenset[str]:
    """The strings that are nothing but a piece of one of these names with its ending; of 丽发新城 also 发新城."""
    found = (
        match.group(1) + match.group(2) for match in _NAMED.finditer(plain(text)) if match.group(1) in chosen
    )
    return frozenset(piece for whole in found for piece in runs(whole))
