"""The closed lists of this domain."""

from typing import Final

from huying.kernel.terms import Term


class Slot(Term):
    """At which time of the day somebody likes to be visited."""

    ANY = "any", "不限"
    MORNING = "morning", "上午"
    AFTERNOON = "afternoon", "下午"


class VisitReason(Term):
    """Why a visit stands in the plan."""

    STANDARD = "standard", "按频次"
    UPHEAVAL = "upheaval", "重大变故"
    EXTRA = "extra", "临时走访"


class Upheaval(Term):
    """A great change in somebody's life, after which somebody looks in soon."""

    HOSPITAL = "hospital", "住院或出院"
    FALL = "fall", "摔倒或突发疾病"
    LOSS = "loss", "亲人去世"
    CARER = "carer", "照料的人离开"
    DISASTER = "disaster", "受灾或事故"
    MOOD = "mood", "情绪明显变化"
    OTHER = "other", "其他变故"


class VisitOutcome(Term):
    """What came of going there."""

    MET = "met", "见到本人"
    FAMILY = "family", "见到家属"
    REFUSED = "refused", "本人谢绝"
    AWAY = "away", "没有人在家"
    PHONE = "phone", "电话联系"
    MOVED = "moved", "已搬走"


#: What counts as a visit; after the others somebody has to come again.
COUNTS: Final = frozenset({VisitOutcome.MET, VisitOutcome.FAMILY, VisitOutcome.REFUSED, VisitOutcome.MOVED})


class VisitRung(Term):
    """Who is told of a visit that was not made, one after the other."""

    WORKER = "worker", "提醒走访人"
    COMMUNITY = "community", "告诉社区"
    STREET = "street", "告诉街道"


LADDER: Final = tuple(VisitRung)


class AnswerKind(Term):
    """How a question of a checklist is answered."""

    YES_NO = "yes_no", "是或否"
    CHOICE = "choice", "选一项"
    TEXT = "text", "写几句"
