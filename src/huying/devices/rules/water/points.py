"""What a device of water stands for, and whether what is said of it can be so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.kernel.saying import said
from huying.kernel.terms import Term

LONGEST_HOLD: Final = 72
_TEXTS: Final = {"water": ("水体名称", 40), "source": ("排污单位", 60), "permit": ("排污许可证编号", 40)}


class PointSort(Term):
    """A section is judged by the class of its water; an outfall by the limits of its rules."""

    SECTION = "section", "断面"
    OUTFALL = "outfall", "排口"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoint:
    """As typed. ``hold``: hours below the target before it is a matter."""

    sort: PointSort
    body: WaterBody = WaterBody.RIVER
    target: WaterClass = WaterClass.III
    hold: int = 2
    water: str = ""
    source: str = ""
    permit: str = ""
    answerable_id: int | None = None


def wrong_in(new: NewPoint) -> Mapping[str, str]:
    """Field to what is wrong with it; empty when all is well."""
    wrong: dict[str, str] = {}
    if new.target is WaterClass.BEYOND_V:
        wrong["target"] = said("水质目标应当是 Ⅰ 到 Ⅴ 类。")
    if not 0 <= new.hold <= LONGEST_HOLD:
        wrong["hold"] = said("持续时间 0 到 %(most)s 小时。", most=LONGEST_HOLD)
    for field, (name, most) in _TEXTS.items():
        if len(getattr(new, field).strip()) > most:
            wrong[field] = said("%(name)s最多 %(most)s 字。", name=name, most=most)
    if new.sort is PointSort.OUTFALL and not new.source.strip():
        wrong["source"] = said("排口请填写排污单位。")
    return wrong
