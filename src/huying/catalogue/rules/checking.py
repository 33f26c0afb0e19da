"""What a line of the list must be before it is kept; every fault is said in Chinese, by field."""

import re
from typing import Final

from huying.catalogue.rules.lines import ConditionLine, ItemLine
from huying.kernel.errors import Invalid
from huying.kernel.saying import said, together

_CODE: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,23}")
_DUTY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LENGTHS: Final = {"class_name": 60, "group_name": 60, "name": 120, "text": 300, "closing_standard": 300}
_KEYWORDS: Final = 60
_UNCLEAN: Final = said("首尾不留空格，不含换行等控制符")


def item_faults(line: ItemLine) -> dict[str, str]:
    """Faults of the item and of its conditions by field name; those of a condition read ``2.text``."""
    faults = _texts(line, ("class_name", "group_name", "name"))
    if not _CODE.fullmatch(line.code):
        faults["code"] = said("编码由字母、数字、点、横线组成，最长 24 位")
    if not _DUTY.fullmatch(line.duty):
        faults["duty"] = said("职责代码“%(code)s”不对", code=line.duty)
    if any(not _clean(word) or len(word) > _KEYWORDS for word in line.keywords):
        faults["keywords"] = said("每个关键词 1～%(most)s 字，首尾不留空格", most=_KEYWORDS)
    faults |= _standard_faults(line)
    for condition in line.conditions:
        faults |= {f"{condition.number}.{field}": why for field, why in condition_faults(condition).items()}
    if len({condition.number for condition in line.conditions}) != len(line.conditions):
        faults["number"] = said("同一事项的立案条件序号重复")
    return faults


def _standard_faults(line: ItemLine) -> dict[str, str]:
    name, code = line.standard, line.standard_code
    if not name and not code:
        return {}
    if not name or not code:
        return {"standard": said("标准名称（含年号）和标准编码要么都填，要么都不填")}
    if len(name) > 60 or len(code) > 24:
        return {"standard": said("标准名称最长 60 字，编码最长 24 位")}
    return {} if _clean(name) and _clean(code) else {"standard": _UNCLEAN}


def condition_faults(line: ConditionLine) -> dict[str, str]:
    """Faults of one condition by field name."""
    faults = _texts(line, ("text", "closing_standard"))
    if not 1 <= line.number <= 999:
        faults["number"] = said("序号应为 1～999")
    if any(not _clean(word) or len(word) > _KEYWORDS for word in line.cues):
        faults["cues"] = said("每个说法 1～%(most)s 字，首尾不留空格", most=_KEYWORDS)
    if not _DUTY.fullmatch(line.lead):
        faults["lead"] = said("没有叫“%(code)s”的职责，请从列表里选", code=line.lead)
    if any(not _DUTY.fullmatch(duty) for duty in line.assisting):
        faults["assisting"] = said("协办里有列表中没有的职责；几项之间用顿号隔开")
    elif line.lead in line.assisting:
        faults["assisting"] = said("主办单位不能同时是协办单位")
    marks = ("danger", "visibility", "disorder")
    return faults | {field: said("应为 0～3") for field in marks if not 0 <= getattr(line, field) <= 3}


def _texts(line: ItemLine | ConditionLine, fields: tuple[str, ...]) -> dict[str, str]:
    faults: dict[str, str] = {}
    for field in fields:
        text = getattr(line, field)
        if not text.strip():
            faults[field] = said("不能为空")
        elif not _clean(text):
            faults[field] = _UNCLEAN
        elif len(text) > _LENGTHS[field]:
            faults[field] = said("最长 %(most)s 字", most=_LENGTHS[field])
    return faults


def _clean(text: str) -> bool:
    """Whether a text is not empty and comes back the same from a cell of a spreadsheet."""
    return bool(text) and text == text.strip() and text.isprintable()


def must_be_sound(faults: dict[str, str]) -> None:
    """Raise Invalid with every fault, if there is one."""
    if faults:
        raise Invalid(
            said("职责清单内容有误：%(faults)s", faults=together([*faults.values()], "；")), fields=faults
        )
