"""Invented names that sound like a Chinese town and are the name of no city or district."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from huying.simulate.chance import shuffled


def _words(name: str) -> tuple[str, ...]:
    return tuple(_LISTS[name].split())


_LISTS: dict[str, str] = tomllib.loads(
    files("huying.simulate.land").joinpath("names.toml").read_text(encoding="utf-8")
)

CITIES = _words("cities")
DISTRICTS = _words("districts")
RIVERS = _words("rivers")
_LAND_FIRST = "锦福文翠碧鹤梅松柳枫荷霞晨晴岚书墨石盐渔渡枣棠栗芦雁鹭鲤砚椿葵榆苇"
_LAND_LAST = "安乐兴林塘岗坪湾浦泉岭亭渡埠坊洲汀堰圩畈坞滩垄墩"
#: Names the two lists would otherwise spell, but that exist.
_REAL = frozenset(_words("real"))
_ROAD_FIRST = "振建新富康学科创迎朝望凌宏盛泰祥瑞顺汇育景春晓海文民同友仁信"
_ROAD_LAST = "华业安生元宁林风阳云兴达和德远通源霖光明业丰"
ESTATE_STEMS = _words("estate_stems")
_ESTATE_LAST = _words("estate_endings")
_OLD_FIRST = _words("old_estates")
_OLD_LAST = _words("old_endings")


def land_names(seed: int, district: str) -> Iterator[str]:
    """Two-character stems for streets and communities, none twice within a district."""
    stems = [a + b for a in _LAND_FIRST for b in _LAND_LAST if a != b and a + b not in _REAL]
    yield from shuffled(seed, stems, "land", district)
    for number in range(1, 100):
        yield from (f"{stem}{_count(number)}" for stem in stems)


def road_names(seed: int) -> list[str]:
    """Stems of road names, for a whole city."""
    stems = sorted({a + b for a in _ROAD_FIRST for b in _ROAD_LAST if a != b})
    return shuffled(seed, stems, "roads")


def estate_names(seed: int, district: str) -> Iterator[str]:
    """Names of newer housing estates; when they run out, their second and later phases (二期 …)."""
    names = [a + b for a in ESTATE_STEMS for b in _ESTATE_LAST]
    names = shuffled(seed, names, "estates", district)
    yield from names
    for number in range(2, 100):
        yield from (f"{name}{_count(number)}期" for name in names)


def old_estate_names(seed: int, district: str) -> Iterator[str]:
    """Names of housing that factories and offices once built for their own."""
    names = [a + b for a in _OLD_FIRST for b in _OLD_LAST]
    names = shuffled(seed, names, "old", district)
    yield from names
    for number in range(2, 1000):
        yield from (f"{name}{number}区" for name in names)


def _count(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
