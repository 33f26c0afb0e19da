"""What an item of the responsibility list means to a resident: words, season, place, how often it is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from huying.catalogue.rules.kinds import AppealKind, ItemType
from huying.catalogue.rules.lines import ConditionLine, ItemLine
from huying.simulate.chance import unit
from huying.simulate.speech.phrases import scenes, words

_COMMON: Final = words("common")
_NIGHT: Final = words("night")
_STORM: Final = words("storm")
_SUMMER: Final = words("summer")
_WINTER: Final = words("winter")
_PROCEDURE: Final = words("procedure")

#: Where a matter happens, by words of its item: the first line that fits decides. Kinds as in ``land.shapes``,
#: ``use:`` for what stands on a block.
_PLACES: Final = (
    (("河", "水库", "堤岸", "水体"), ("bridge", "river")),
    (("工地", "施工", "扬尘", "渣土"), ("use:site", "crossing", "estate")),
    (("学校", "校园", "入学", "教育", "食堂"), ("use:school", "estate")),
    (("菜市场", "农贸", "摊", "占道", "占路"), ("use:market", "crossing", "use:commerce")),
    (("公园", "广场", "健身"), ("use:park", "landmark", "estate")),
    (("医院", "门诊", "社康", "医疗"), ("use:hospital", "poi", "building")),
    (("工业", "企业", "工厂", "废气"), ("use:industry", "estate")),
    (("物业", "电梯", "小区", "楼", "业主", "房屋", "邻里", "装修", "漏水"), ("building", "estate")),
    (("路", "井盖", "道路", "交通", "车", "桥", "灯"), ("crossing", "address", "road", "poi")),
)  # fmt: skip
_ANYWHERE: Final = ("estate", "building", "address", "poi", "crossing")
_SHARES: Final[Mapping[ItemType, Mapping[AppealKind, float]]] = {
    ItemType.PART: {
        AppealKind.COMPLAINT: 1,
        AppealKind.HELP: 0.5,
        AppealKind.SUGGESTION: 0.5,
        AppealKind.THANKS: 1,
    },
    ItemType.EVENT: {
        AppealKind.COMPLAINT: 1,
        AppealKind.REPORT: 1,
        AppealKind.HELP: 0.4,
        AppealKind.SUGGESTION: 1,
        AppealKind.THANKS: 1,
    },
    ItemType.SERVICE: {
        AppealKind.INQUIRY: 1,
        AppealKind.HELP: 1,
        AppealKind.COMPLAINT: 0.35,
        AppealKind.SUGGESTION: 0.6,
    },
}


@dataclass(frozen=True, slots=True)
class Matter:
    """An item as people tell it. ``weight`` is how often, relative to the others."""

    line: ItemLine
    says: tuple[str, ...]
    weight: float
    night: bool
    storm: bool
    summer: bool
    winter: bool
    procedure: bool
    places: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.line.code

    def share(self, kind: AppealKind) -> float:
        """How often the matter is told as this kind of appeal; people ask most about what has a procedure."""
        share = _SHARES[self.line.type].get(kind, 0.0)
        if kind is AppealKind.INQUIRY and not self.procedure:
            share *= 0.3
        return self.weight * share

    def condition(self, part: float) -> ConditionLine | None:
        """The filing condition that applies, the usual one most often; ``part`` is a number in [0, 1)."""
        if not self.line.conditions:
            return None
        return self.line.conditions[int(part * part * len(self.line.conditions))]


def matter_of(seed: int, line: ItemLine) -> Matter:
    """The matter of one item."""
    about = " ".join((*line.names, *line.keywords))
    rank = 1 + 15 * unit(seed, "rank", line.code)
    return Matter(
        line=line,
        says=_scene_says(line),
        weight=rank**-0.9 * (8 if any(word in about for word in _COMMON) else 1),
        night=_has(about, _NIGHT),
        storm=_has(about, _STORM),
        summer=_has(about, _SUMMER),
        winter=_has(about, _WINTER),
        procedure=line.type is ItemType.SERVICE and _has(about, _PROCEDURE),
        places=next((kinds for near, kinds in _PLACES if _has(about, near)), _ANYWHERE),
    )


def _has(text: str, any_of: tuple[str, ...]) -> bool:
    return any(word in text for word in any_of)


def _scene_says(line: ItemLine) -> tuple[str, ...]:
    """The sentences that fit the item: those of the scene it has most words in common with, and of those
    only the ones that speak of something its name or keywords speak of too.
    """
    keywords = " ".join(line.keywords)
    best: tuple[str, ...] = ()
    most = 3
    for scene in scenes():
        score = sum(len(word) * ((word in keywords) + 2 * (word in line.name)) for word in scene.about)
        if score > most:
            best, most = scene.says, score
    known = {pair for text in (line.name, *line.keywords) for pair in _pairs(text)}
    return tuple(text for text in best if known & set(_pairs(text)))


def _pairs(text: str) -> list[str]:
    return [text[start : start + 2] for start in range(len(text) - 1)]
