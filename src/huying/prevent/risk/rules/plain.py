"""A text as it is read for danger: width, case and traditional characters folded, noise between characters taken out.

Each character kept remembers where it stood, so that the words can be shown as they were said.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_READ: Final = 20_000
_TRADITIONAL: Final = str.maketrans(
    "殺樓跳輕遺書燒斃槍劍綁歲兒學欠資薪錢農勞費聚眾圍門請願罷遊橫維權進訪漏電氣煤燃線爆傷墜壓砸溺樹橋塌體嚇脅報復"
    "無沒們這個麼說話會為還給發結討讓來開關車馬熱氣"
    "歐毆盜賊險緊",
    "杀楼跳轻遗书烧毙枪剑绑岁儿学欠资薪钱农劳费聚众围门请愿罢游横维权进访漏电气煤燃线爆伤坠压砸溺树桥塌体吓胁报复"
    "无没们这个么说话会为还给发结讨让来开关车马热气"
    "欧殴盗贼险紧",
)
# What people write instead of a word that they fear is not let through. Applied after noise is gone.
_INSTEAD: Final = (
    ("自sha", "自杀"), ("zisha", "自杀"), ("(?<!来)自s(?![a-z0-9])", "自杀"), ("自鲨", "自杀"),
    ("跳lou", "跳楼"), ("tiaolou", "跳楼"), ("跳娄", "跳楼"), ("轻sheng", "轻生"), ("qingsheng", "轻生"),
    ("砍si", "砍死"), ("弄si", "弄死"), ("杀si", "杀死"), ("shangfang", "上访"), ("拉横符", "拉横幅"),
    ("拖钱工资", "拖欠工资"), ("托欠", "拖欠"), ("脱欠", "拖欠"), ("tuoqian", "拖欠"), ("工zi", "工资"),
    ("gongzi", "工资"),
)  # fmt: skip
_KEPT: Final = re.compile(r"[\w，。！？；：、“”\n]")
_ENDS: Final = str.maketrans({",": "，", ".": "。", "!": "！", "?": "？", ";": "；", ":": "：", '"': "“"})


@dataclass(frozen=True, slots=True)
class Plain:
    """The folded text, and for each of its characters its place in what was said."""

    text: str
    places: tuple[int, ...]
    said: str

    def words(self, start: int, end: int) -> str:
        """The words from ``start`` to before ``end`` of the folded text, as they were said."""
        return self.said[self.places[start] : self.places[end - 1] + 1]


def plain(said: str) -> Plain:
    """Fold a text, of which at most 20,000 characters are read."""
    kept: list[str] = []
    places: list[int] = []
    for at, character in enumerate(said[:MOST_READ]):
        for folded in (
            unicodedata.normalize("NFKC", character).lower().translate(_TRADITIONAL).translate(_ENDS)
        ):
            if _KEPT.match(folded) and folded != "_":
                kept.append(folded)
                places.append(at)
    text = "".join(kept)
    for instead, meant in _INSTEAD:
        text, places = _replaced(text, places, instead, meant)
    return Plain(text, tuple(places), said)


def _replaced(text: str, places: list[int], instead: str, meant: str) -> tuple[str, list[int]]:
    found = list(re.finditer(instead, text))
    for match in reversed(found):
        start, end = match.span()
        text = text[:start] + meant + text[end:]
        places = [*places[:start], *[places[start]] * (len(meant) - 1), places[end - 1], *places[end:]]
    return text, places
