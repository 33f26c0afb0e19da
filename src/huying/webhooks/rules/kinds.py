"""The closed lists of this domain."""

from huying.kernel.terms import Term


class Sending(Term):
    """How a delivery stands."""

    WAITING = "waiting", "等待推送"
    DELIVERED = "delivered", "已送达"
    FAILED = "failed", "推送失败"


class Stop(Term):
    """Why nothing is pushed to a subscription any more."""

    PAUSED = "paused", "人工暂停"
    FAILING = "failing", "连续失败，自动停用"
    GONE = "gone", "对方不再接收（410）"


class Field(Term):
    """What a payload may hold beyond the thin one. No words of a caller and no person are among them."""

    ITEM = "item", "事项"
    AREA = "area", "区域"
    KIND = "kind", "诉求类型"
    CHANNEL = "channel", "来源渠道"
    LEVEL = "level", "层级"
    URGENCY = "urgency", "紧急程度"
    BODY = "body", "主办单位"
    ACTOR = "actor_kind", "谁办的这一步"
    OPENED = "opened_at", "受理时间"
    CLOSED = "closed_at", "结案时间"
    DUE = "due_at", "最近时限"
