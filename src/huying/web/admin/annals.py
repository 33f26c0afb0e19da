"""Changes in words: who did what to which setting, what it was before and is now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from huying.annals.queries import ChangeInfo, changes_beside
from huying.annals.rules import Subject
from huying.catalogue.rules.sheets.columns import duty_zh
from huying.kernel.errors import Invalid
from huying.web.guard import StaffRequest
from huying.worktime import Limit

# The parts and values by which things are told, and the names of what has no name of its own.
PARTS: Final = (
    gettext_noop("姓名"), gettext_noop("登录名"), gettext_noop("电话"), gettext_noop("密码"), gettext_noop("岗位"),
    gettext_noop("管哪里"), gettext_noop("代表单位"), gettext_noop("从哪天起"), gettext_noop("到哪天止"),
    gettext_noop("权限"), gettext_noop("恢复码"), gettext_noop("退出的设备"), gettext_noop("发了初始密码"),
    gettext_noop("本人改了密码"), gettext_noop("用掉一个"), gettext_noop("这个岗位的全部"), gettext_noop("全称"),
    gettext_noop("简称"), gettext_noop("类别"), gettext_noop("单位"), gettext_noop("职责"), gettext_noop("时限"),
    gettext_noop("阶梯"), gettext_noop("平台默认"), gettext_noop("时段"), gettext_noop("算"), gettext_noop("放假"),
    gettext_noop("上班"), gettext_noop("名称"), gettext_noop("整年"), gettext_noop("单位把握到多少自动派出"),
    gettext_noop("事项把握到多少自动立案"), gettext_noop("联系不上满几天结案"), gettext_noop("当场答复抽查比例"),
    gettext_noop("分子"), gettext_noop("分母"), gettext_noop("自统计期末"), gettext_noop("生效的版本"),
    gettext_noop("标题"), gettext_noop("正文"), gettext_noop("事项"), gettext_noop("理由"), gettext_noop("步数"),
    gettext_noop("涉及区域"), gettext_noop("上下班时间"), gettext_noop("自动分拨"), gettext_noop("回访规则"),
    gettext_noop("时间"), gettext_noop("期满后第几天"), gettext_noop("自动生成"), gettext_noop("是"), gettext_noop("否"),
    gettext_noop("宽度"), gettext_noop("下限"), gettext_noop("上限"),
    gettext_noop("每期起始日"), gettext_noop("排名最少件数"), gettext_noop("自哪天起"), gettext_noop("考核周期"),
    gettext_noop("一事一考核"), gettext_noop("宽严"), gettext_noop("状态"), gettext_noop("地点"), gettext_noop("件数"),
    gettext_noop("并入"), gettext_noop("并来"), gettext_noop("拆出"), gettext_noop("拆自"), gettext_noop("热点问题"),
    gettext_noop("反复问题"), gettext_noop("牵头单位"), gettext_noop("负责人"), gettext_noop("原因"),
    gettext_noop("措施"), gettext_noop("经费说明"), gettext_noop("开始"), gettext_noop("计划完成"),
    gettext_noop("完成日期"), gettext_noop("做成了什么"),
    gettext_noop("网址"), gettext_noop("步骤"), gettext_noop("区域"), gettext_noop("诉求类型"), gettext_noop("字段"),
    gettext_noop("公布"), gettext_noop("许可"), gettext_noop("叫法"),
)  # fmt: skip


# Parts whose values are codes or written in a notation: they stay as they were written, in every language.
_CODED: Final = frozenset({"选项", "设置"})


class Part(NamedTuple):
    """One part of a setting, as it was and as it is; ``coded`` where the values are a notation and no words."""

    name: str
    before: str
    after: str
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One change as a page says it."""

    id: int
    at: datetime
    who: str
    account_id: int | None
    subject: str
    subject_value: str
    about: str
    name: str
    deed: str
    parts: Sequence[Part]
    holds_from: datetime | None


def told(rows: Iterable[ChangeInfo]) -> list[Told]:
    """The changes in the reader's language."""
    return [_told(row) for row in rows]


def beside(
    request: StaffRequest, *subjects: Subject, about: str | None = None, limit: int = 10
) -> list[Told]:
    """The newest changes to settings of these kinds, to be shown beside them."""
    return told(changes_beside(request.actor, subjects, about, limit))


def value_words(part: str, value: str) -> str:
    """A value of a part in the reader's language; what a person wrote stays as it is."""
    if not value:
        return ""
    if part == "职责":
        return duty_zh(value)
    if get_language() != "en":
        return value
    if part == "时限":
        return _limit(value)
    return ", ".join(" ".join(_(word) for word in piece.split(" ") if word) for piece in value.split("，"))


def _told(row: ChangeInfo) -> Told:
    parts = dict.fromkeys([*row.before, *row.after])
    return Told(
        id=row.id,
        at=row.at,
        who=_(row.actor_name) if row.account_id is None and row.actor_name else row.actor_name,
        account_id=row.account_id,
        subject=_(row.subject.zh),
        subject_value=row.subject.value,
        about=row.about,
        name=value_words("", row.name),
        deed=_(row.deed.zh),
        parts=[_part(part, row.before.get(part, ""), row.after.get(part, "")) for part in parts],
        holds_from=row.holds_from,
    )


def _part(name: str, before: str, after: str) -> Part:
    if name in _CODED:
        return Part(_(name), before, after, coded=True)
    return Part(_(name), value_words(name, before), value_words(name, after))


def _limit(value: str) -> str:
    try:
        return Limit.parse(value).en
    except Invalid:
        return value
