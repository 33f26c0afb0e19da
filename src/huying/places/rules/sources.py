"""Reading areas out of other people's files: which property is the name, which the code, which district."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from huying.geo.datums import Datum
from huying.geo.shapes import Feature, outline, shifted
from huying.kernel.errors import Invalid
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import DIGITS, Level
from huying.places.rules.names import normal_form

_NAMES: Final = ("name", "名称", "mc", "fullname", "xzqmc")
_LEVEL_NAMES: Final = {
    Level.CITY: ("city", "市", "市名称"),
    Level.DISTRICT: ("district", "county", "区", "区县", "区名称"),
    Level.STREET: ("street", "town", "街道", "街镇", "街道名称", "乡镇"),
    Level.COMMUNITY: ("community", "village", "社区", "社区名称", "居委会"),
    Level.GRID: ("grid", "网格", "网格名称"),
}
_LONGEST_NAME: Final = 120
_CODES: Final = (
    "code",
    "adcode",
    "代码",
    "编码",
    "区划代码",
    "街道代码",
    "社区代码",
    "网格编码",
    "网格代码",
    "gridcode",
)


def of_district(features: Sequence[Feature], level: Level, name: str) -> tuple[list[Feature], int]:
    """The features that belong to a district, and how many belong to others.

    A file of a whole city names the district of each feature in some property; where none of the usual
    properties of a level above names this district anywhere, all features are taken to be its own.
    """
    keys = list(_LEVEL_NAMES[Level.DISTRICT])
    if level is Level.DISTRICT:
        keys = [*_NAMES, *keys]
    wanted = normal_form(name, Level.DISTRICT)
    own = [f for f in features if any(_is(value, wanted) for value in _values(f, keys))]
    return (own, len(features) - len(own)) if own else (list(features), 0)


def _is(value: str, wanted: str) -> bool:
    return normal_form(value, Level.DISTRICT) == wanted


def _values(feature: Feature, keys: Iterable[str]) -> list[str]:
    properties = {str(key).lower(): value for key, value in feature.properties.items()}
    return [str(properties[key]).strip() for key in keys if properties.get(key) not in (None, "")]


def drafts_of(
    features: Iterable[Feature], level: Level, datum: Datum, root: str
) -> tuple[list[AreaDraft], list[str]]:
    """Drafts of one level in CGCS2000, and in Chinese what was wrong with the features that gave none.

    A property counts as the code when it has the level's digits and begins with ``root``, the code of
    the district; other numbers in the file are the file's own and are passed over.
    """
    drafts, problems = [], []
    for feature in features:
        try:
            shape = outline(shifted(outline(feature.geometry), datum))
        except Invalid as error:
            problems.append(f"第 {feature.number} 个要素：{error.message}")
            continue
        names = _values(feature, (*_LEVEL_NAMES[level], *_NAMES) if level is not Level.DISTRICT else _NAMES)
        if not names:
            problems.append(f"第 {feature.number} 个要素：没有名称。")
            continue
        if len(names[0]) > _LONGEST_NAME:
            problems.append(f"第 {feature.number} 个要素：名称超过 {_LONGEST_NAME} 字。")
            continue
        drafts.append(AreaDraft(names[0], level, shape, _code(feature, level, root)))
    return drafts, problems


def _code(feature: Feature, level: Level, root: str) -> str:
    for value in _values(feature, _CODES):
        if re.fullmatch(rf"{root}\d*", value) and len(value) == DIGITS[level]:
            return value
    return ""
