"""A second way of saying where, made to differ from the demonstration's: forms, typing by sound, old characters."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from huying.simulate.days import Ground
from huying.simulate.land import Land, Spot

# Typed by sound: what an input method offers first for the same syllables.
_BY_SOUND: Final = (
    ("花园", "花圆"), ("小区", "小曲"), ("家园", "佳园"), ("公寓", "公寓楼"), ("学府", "雪府"), ("阳光", "洋光"),
    ("幸福", "性福"), ("锦绣", "锦秀"), ("碧水", "必水"), ("星河", "星和"), ("人民", "人名"), ("建设", "建社"),
    ("创业", "创叶"), ("新村", "新邨"), ("广场", "广厂"), ("医院", "一院"), ("市场", "是场"), ("公园", "公圆"),
    ("路口", "路囗"), ("大道", "大到"), ("社区", "设区"), ("街道", "街到"), ("工业", "公业"), ("中心", "中新"),
)  # fmt: skip
_OLD: Final = str.maketrans(
    "园区东号楼栋桥学医场广业龙丰华阳宁汇乐农兴门头边对面车站镇乡湾岭围墙里双凤凯荣荟银铁长马鸿",
    "園區東號樓棟橋學醫場廣業龍豐華陽寧匯樂農興門頭邊對面車站鎮鄉灣嶺圍牆裡雙鳳凱榮薈銀鐵長馬鴻",
)
_LIKE: Final = (
    ("未", "末"),
    ("己", "已"),
    ("土", "士"),
    ("人", "入"),
    ("日", "曰"),
    ("田", "由"),
    ("大", "太"),
)
_DIGITS: Final = "零一二三四五六七八九"
_BUILDING: Final = re.compile(r"^(?P<estate>.+?)(?P<number>\d+)(?:栋|号楼|幢|座)$")
_BESIDE: Final = (
    "斜对过",
    "跟前",
    "正门那块",
    "后身",
    "马路对过",
    "围墙外头",
    "公交站台那里",
    "地库入口",
    "快递柜旁",
)
_ENDS: Final = ("小区", "花园", "家园", "公寓", "新村", "苑")
_SIDES: Final = {"东": "朝东", "南": "再往南", "西": "靠西", "北": "向北边走"}
_TALES: Final = (
    "{地}",
    "地点：{地}；事由：堆放杂物",
    "【位置】{地}【诉求】下水道返水，望处理",
    "你好我要反应一下{地}那个路面塌了一块好危险",
    "昨晚十一点多在{地}差点被绊倒 麻烦派人看下 谢谢",
    "本人电话138****6621，{地}充电桩坏了三天",
    "孩子上学每天经过{地}，货车乱停，请交警管管！！！",
    "{地}   垃圾桶满了没人收   投诉第二次了",
    "业主群里都在说{地}外墙掉砖，什么时候来修？",
)


@dataclass(frozen=True, slots=True)
class Told:
    """The words, and what direction and how many metres they add to the place."""

    text: str
    step: tuple[str, float] | None


def said_otherwise(rng: Random, spot: Spot, ground: Ground, land: Land) -> Told:
    """One place in somebody's words, mostly within a longer text."""
    name = _NAMES.get(spot.kind, _named)(rng, spot)
    step = None
    if spot.kind in ("crossing", "landmark") and rng.random() < 0.25:
        step = (rng.choice("东南西北"), float(rng.choice((15, 25, 40, 60, 120, 150))))
        name += f"{_SIDES[step[0]]}{_metres(rng, int(step[1]))}米"
    elif rng.random() < 0.3:
        name += rng.choice(_BESIDE)
    name = _above(rng, spot, ground, land) + name
    for chance, slip in _SLIPS:
        if rng.random() < chance:
            name = slip(rng, name)
    return Told(rng.choice(_TALES).replace("{地}", name), step)


def _named(rng: Random, spot: Spot) -> str:
    draw = rng.random()
    if draw < 0.15 and spot.address:
        return f"{spot.address}（{spot.name}）"
    if draw < 0.25 and spot.address:
        return spot.address
    return rng.choice(spot.aliases) if draw < 0.4 and spot.aliases else spot.name


def _estate(rng: Random, spot: Spot) -> str:
    """Half of the people leave out the ending or put another."""
    name, draw = _named(rng, spot), rng.random()
    ending = next((end for end in _ENDS if name.endswith(end) and len(name) > len(end) + 1), "")
    if ending and draw < 0.12:
        return name.removesuffix(ending)
    if ending and draw < 0.2:
        return name.removesuffix(ending) + rng.choice(_ENDS)
    return f"{name}{rng.choice(('一期', '二期', '北区', '南门'))}" if draw < 0.3 else name


def _building(rng: Random, spot: Spot) -> str:
    found = _BUILDING.match(spot.name)
    if not found:
        return _named(rng, spot)
    number = int(found["number"])
    chinese = _chinese(number)
    written = rng.choice(
        (
            f"{number}#楼",
            f"{number}#",
            f"{chinese}栋",
            f"{chinese}号楼",
            f"{number:02d}栋",
            f"{number}幢",
            f"第{number}栋",
        )
    )
    room = rng.choice(
        ("", "", f"{rng.randint(1, 4)}单元", f"-{rng.randint(1, 4)}-{rng.randint(101, 1203)}", "楼顶")
    )
    return f"{found['estate']}{rng.choice(('', '', '的', '里面'))}{written}{room}"


def _crossing(rng: Random, spot: Spot) -> str:
    parts = re.split(r"[与和]", re.sub(r"(?:交叉口|路口|交汇处)$", "", spot.name))
    if len(parts) != 2:
        return spot.name
    one, other = parts if rng.random() < 0.5 else parts[::-1]
    return rng.choice(
        (
            f"{one}{other}路口", f"{one}和{other}红绿灯", f"{one}（{other}口）", f"{one}跟{other}交汇的地方",
            f"{one}×{other}", f"{one}、{other}交界", f"{one}靠近{other}", f"{one}{other}十字路口西北角",
        )
    )  # fmt: skip


def _long(rng: Random, spot: Spot) -> str:
    return spot.name + rng.choice(("", "上", "沿线", "中段", "人行道", "两边"))


_NAMES: Final[dict[str, Callable[[Random, Spot], str]]] = {
    "estate": _estate,
    "building": _building,
    "crossing": _crossing,
    "road": _long,
    "river": _long,
}


def _above(rng: Random, spot: Spot, ground: Ground, land: Land) -> str:
    """What a form puts before an address, or a neighbour leaves out."""
    draw = rng.random()
    street, community = ground.names.get(spot.area[:9], ""), ground.names.get(spot.area[:12], "")
    if draw < 0.12 and len(spot.area) >= 12:
        return f"{land.name}{street}{community}"
    if draw < 0.3:
        return community if len(spot.area) >= 12 else street
    return land.name if draw < 0.36 else ""


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _metres(rng: Random, metres: int) -> str:
    if metres > 99 or rng.random() < 0.5:
        return str(metres)
    return _chinese(metres)


def _by_sound(rng: Random, text: str) -> str:
    found = [pair for pair in _BY_SOUND if pair[0] in text]
    return text.replace(*rng.choice(found), 1) if found else text


def _by_look(rng: Random, text: str) -> str:
    found = [pair for pair in _LIKE if pair[0] in text]
    return text.replace(*rng.choice(found), 1) if found else text


def _swapped(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) - 1) if len(text) > 1 else 0
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def _spaced(rng: Random, text: str) -> str:
    at = rng.randrange(len(text))
    return f"{text[:at]} {text[at:]}"


def _wide(rng: Random, text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() and sign.isdigit() else sign for sign in text)


_SLIPS: Final[tuple[tuple[float, Callable[[Random, str], str]], ...]] = (
    (0.10, _by_sound),
    (0.03, _by_look),
    (0.02, _swapped),
    (0.12, _spaced),
    (0.05, _wide),
    (0.05, lambda _rng, text: text.translate(_OLD)),
)
