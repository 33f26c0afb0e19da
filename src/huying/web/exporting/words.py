"""How a list was asked for, in words: what stands in the audit of whoever took it away."""

import re
from functools import partial
from typing import Final

from django.http import QueryDict

from huying.cases.clocks import Lamp
from huying.cases.lifecycle import Channel, Level, State
from huying.cases.queries.desks.waiting import DelayKind, DelayState
from huying.cases.queries.lists.filtering import Mark
from huying.catalogue.rules import AppealKind
from huying.kernel.errors import NotFound
from huying.people.queries import body
from huying.places.queries import area_name

_NAMES: Final = {
    "q": "查找", "area": "区域", "body": "单位", "item": "事项", "kind": "类型", "channel": "来源", "state": "状态",
    "lamp": "时限灯", "level": "层级", "mark": "标记", "clock": "时限", "tab": "页签", "closed": "已结案",
    "late": "超时", "due": "期限", "only": "只看本级", "since": "从", "until": "到", "by": "分组", "account": "人员",
    "role": "岗位", "subject": "对象", "edition": "版本", "span": "周期", "show": "范围", "in": "分类",
    "of": "看哪些", "measure": "指标", "ask": "申请", "step": "进度", "post": "值班点",
    "day": "自", "days": "天数", "gaps": "缺人", "about": "什么事", "code": "指标", "key": "哪一行",
    "way": "方式", "outcome": "结果",
}  # fmt: skip
_TERMS: Final = {
    one.value: one.zh
    for kind in (DelayState, DelayKind, Lamp, Channel, Level, State, Mark, AppealKind)
    for one in kind
}
# What is typed, or counts and codes: no value of these is one of the terms, whatever it looks like.
_AS_WRITTEN: Final = frozenset(
    ("q", "area", "body", "item", "account", "edition", "in", "since", "until", "post", "day", "days", "code", "key")
)  # fmt: skip
# Of a caller's number or a receipt typed as words the audit keeps the end alone; a case's number has its dash.
_LONG_NUMBER: Final = re.compile(r"(?<![\d-])\d{3,14}(\d{4}|\d{3}[xX])(?![\d-])")
_SAID: Final = {
    **_TERMS, "all": "全部", "sent": "待签收", "check": "待核查", "soon": "快到时限", "1": "是", "done": "已了结",
    "answers": "当场答复抽查", "grids": "逐个网格", "short": "不齐的网格",
}  # fmt: skip


def asked_words(query: QueryDict, district: int) -> str:
    """The filters of a list's address, each with its value, in Chinese as the audit is kept; 全部 where none is set.

    Areas and units are told by name beside their number: who reads the audit knows no numbers.
    """
    called = {"area": partial(_area, district), "body": partial(_body, district)}
    said = [
        f"{_NAMES.get(name, name)} {called.get(name, str)(_value(name, value))}"
        for name in query
        for value in query.getlist(name)
        if value
    ]
    return "，".join(said) or "全部"


def _area(district: int, code: str) -> str:
    name = area_name(district, code)
    return code if name == code else f"{name}（{code}）"


def _body(district: int, number: str) -> str:
    try:
        return f"{body(district, int(number)).name}（{number}）"
    except (ValueError, NotFound):
        return number


def _value(name: str, value: str) -> str:
    if name == "q":
        return _LONG_NUMBER.sub(r"****\1", value)
    return value if name in _AS_WRITTEN else _SAID.get(value, value)
