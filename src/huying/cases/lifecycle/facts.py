"""What a step asks for. Forms, API bodies and the check for missing facts are made from these."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from huying.cases.lifecycle.asking import FollowUpReason
from huying.cases.lifecycle.basis import Basis
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.terms import Term


class FactKind(Term):
    """What sort of thing a fact is."""

    PUBLIC = "public", "公开文字"
    INTERNAL = "internal", "内部文字"
    CODE = "code", "代码"
    BODY = "body", "单位"
    BODIES = "bodies", "若干单位"
    CASE = "case", "案件"
    APPEAL = "appeal", "诉求"
    INSTANT = "instant", "时间"
    YES_NO = "yes_no", "是否"
    CHOICE = "choice", "选项"
    STARS = "stars", "星级"
    PARTS = "parts", "拆分项"
    REASONS = "reasons", "理由"
    PHOTOS = "photos", "照片"
    PROMISE = "promise", "承诺"
    DEGREES = "degrees", "经纬度"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing asked. ``most`` is the longest text in characters; ``choices`` are the allowed values."""

    name: str
    zh: str
    kind: FactKind
    most: int = 2000
    choices: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """True for free text, which may hold persons' data and so stays outside the digest, salted."""
        return self.kind in {FactKind.PUBLIC, FactKind.INTERNAL}


_ALL: Final = (
    Fact("item", "事项", FactKind.CODE, 32),
    Fact("condition", "立案条件", FactKind.CODE, 8),
    Fact("kind", "诉求类型", FactKind.CODE, 16, tuple(kind.value for kind in AppealKind)),
    Fact("area", "所在区域", FactKind.CODE, 15),
    Fact(
        "ground",
        "依据",
        FactKind.CHOICE,
        choices=(
            "emergency_line",
            "litigation",
            "repeated",
            "secret",
            "beyond_duty",
            "unlawful",
            "incomplete",
        ),
    ),
    Fact("reason", "原因", FactKind.INTERNAL),
    Fact("reply", "公开答复", FactKind.PUBLIC, 4000),
    Fact("note", "内部记录", FactKind.INTERNAL, 4000),
    Fact("progress", "进展（诉求人可见）", FactKind.PUBLIC, 2000),
    Fact("result", "办理情况（内部）", FactKind.INTERNAL, 4000),
    Fact("body", "主办单位", FactKind.BODY),
    Fact("assists", "协办单位", FactKind.BODIES),
    Fact("reasons", "派单理由", FactKind.REASONS),
    Fact("source", "派单依据", FactKind.CODE, 32),
    Fact("reached", "是否联系上", FactKind.YES_NO),
    Fact("contacted_at", "联系时间", FactKind.INSTANT),
    Fact("solved", "是否解决", FactKind.YES_NO),
    Fact("unsolved_reason", "未解决原因", FactKind.INTERNAL),
    Fact("satisfaction", "满意度", FactKind.CHOICE, choices=("satisfied", "basically", "unsatisfied")),
    Fact("responded", "承办单位联系过没有", FactKind.YES_NO),
    Fact("speed", "速度", FactKind.STARS),
    Fact("effect", "效果", FactKind.STARS),
    Fact("service", "服务", FactKind.STARS),
    Fact("answer", "答复", FactKind.STARS),
    Fact("way", "方式", FactKind.CHOICE, choices=("link", "seat", "community")),
    Fact(
        "unreached_reason",
        "没访成的原因",
        FactKind.CHOICE,
        choices=tuple(reason.value for reason in FollowUpReason),
    ),
    Fact("appeal", "诉求", FactKind.APPEAL),
    Fact("into", "并入案件", FactKind.CASE),
    Fact("parts", "拆分项", FactKind.PARTS),
    Fact("grounds", "争议理由", FactKind.INTERNAL),
    Fact("proposed", "建议单位", FactKind.BODY),
    Fact("ruling", "裁定意见", FactKind.INTERNAL),
    Fact("reach", "先例范围", FactKind.CHOICE, choices=("none", "community", "street", "district")),
    Fact("covers", "先例管什么", FactKind.CHOICE, choices=("condition", "item")),
    Fact("until", "挂账至", FactKind.INSTANT),
    Fact("supervision", "督办要求", FactKind.INTERNAL),
    Fact("clock", "时限", FactKind.CODE, 16),
    Fact("rung", "预警级别", FactKind.CODE, 16),
    Fact("due_at", "到期时间", FactKind.INSTANT),
    Fact("interviewed", "被约谈人", FactKind.INTERNAL, 200),
    Fact("held_at", "约谈时间", FactKind.INSTANT),
    Fact("talk", "约谈内容", FactKind.INTERNAL, 4000),
    Fact("rectification", "整改要求", FactKind.INTERNAL, 1000),
    Fact("words", "留言", FactKind.PUBLIC, 1000),
    Fact("photos", "照片", FactKind.PHOTOS, 9),
    Fact("photos_before", "处置前照片", FactKind.PHOTOS, 9),
    Fact("called", "呼叫单位", FactKind.BODIES),
    Fact("demand", "呼叫事由", FactKind.INTERNAL, 1000),
    Fact("situation", "启动情形", FactKind.CODE, 16),
    Fact("spot", "集合地点", FactKind.INTERNAL, 200),
    Fact("fallback", "兜底单位", FactKind.BODY),
    Fact("lon", "经度", FactKind.DEGREES),
    Fact("lat", "纬度", FactKind.DEGREES),
    Fact("minutes", "会诊纪要", FactKind.INTERNAL, 4000),
    Fact("task", "分工内容", FactKind.INTERNAL, 500),
    Fact("stars", "星级", FactKind.STARS),
    Fact("remark", "评语", FactKind.INTERNAL, 500),
    Fact("promise", "承诺内容", FactKind.PUBLIC, 500),
    Fact("promise_until", "兑现期限", FactKind.INSTANT),
    Fact("season", "兑现季节", FactKind.CODE, 16),
    Fact("proviso", "兑现条件", FactKind.PUBLIC, 200),
    Fact("pledge", "承诺或分工", FactKind.PROMISE),
    Fact("told", "来源系统的办理状态", FactKind.CODE, 40),
    Fact("ended", "来源系统的办结时间", FactKind.INSTANT),
    Fact("in_time", "来源系统认定按期", FactKind.YES_NO),
    Fact("basis", "删除依据", FactKind.CHOICE, choices=tuple(basis.value for basis in Basis)),
)

FACTS: Final[Mapping[str, Fact]] = {fact.name: fact for fact in _ALL}
