"""What is read of a text before it is weighed: its beginning, in one width, in simplified characters."""

import unicodedata
from itertools import pairwise
from typing import Final

from huying.kernel.traditional import SIMPLER

# A copied form or a novel says what it wants within the first pages; the rest only costs time.
MOST_READ: Final = 2000

# Characters that hold sentences together: pairs with one of them say little about the matter.
PARTICLES: Final = frozenset(
    "的了是我你他她它们这那就也都还和与及或吗呢吧啊被把给让着很请您在有不没"
    "，。！？、；：“”（）之为以等因其于一个到说去来"
)
# Words that fit any matter are made of these: 上回说的那件事又来了 names none.
_VAGUE: Final = PARTICLES | frozenset(
    "上下回件事情次人家里又再讲问题求望希解决处理反映况领导谢好今昨明天现前后时间些什么怎样子啥咋"
    "尽快关部门单位能可要会想看知道已经多少年月日号点地方东西感觉得对只从但如果而且所为何谁哪几两三"
    "投诉姓名电话址内容身份证码联系"
)


class _Folding(dict[int, int | str]):
    """Character by character, so that places in the text stay where they are; worked out when first met."""

    def __missing__(self, code: int) -> int | str:
        letter = unicodedata.normalize("NFKC", chr(code)).lower()
        folded = SIMPLER.get(letter, letter) if len(letter) == 1 else chr(code)
        self[code] = folded
        return folded


_FOLDING: Final = _Folding()
_WITHOUT: Final = dict.fromkeys(map(ord, PARTICLES))


def read(text: str) -> str:
    """At most ``MOST_READ`` characters, each in its plain form; as long as what it was read from."""
    return text[:MOST_READ].translate(_FOLDING)


def meant(text: str) -> str:
    """What is left of a text (as ``read``) without blanks and particles."""
    return "".join(text.split()).translate(_WITHOUT)


def content(text: str) -> set[str]:
    """The pairs of neighbours in what is ``meant`` that may name a matter; none in pinyin, emoji or empty words."""
    said = meant(text)
    return {
        first + second
        for first, second in pairwise(said)
        if _chinese(first) and _chinese(second) and not (first in _VAGUE and second in _VAGUE)
    }


def _chinese(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"
