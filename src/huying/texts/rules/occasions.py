"""Of what people are told, and for which of it they must be told something certain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from huying.kernel.terms import Term


class Occasion(Term):
    """What happened that somebody is told of; each has a text, and a person's choices are kept by it."""

    RECEIVED = "received", "收到诉求"
    ACCEPTED = "accepted", "已交单位办理"
    REJECTED = "rejected", "不予受理"
    PROGRESS = "progress", "有新进展"
    PROMISED = "promised", "期限有变"
    REPLIED = "replied", "有了答复"
    CLOSED = "closed", "已办结"
    REOPENED = "reopened", "重新办理"
    PLEDGED = "pledged", "作出承诺"
    KEPT = "kept", "承诺已兑现"
    PLEDGE_BROKEN = "pledge_broken", "承诺没有兑现"
    ORDER = "order", "新工单"
    RETURNED = "returned", "退回重办"
    RECALLED = "recalled", "工单收回"
    URGED = "urged", "催办"
    REMINDED = "reminded", "时限提醒"
    YELLOW = "yellow", "黄牌预警"
    RED = "red", "红牌超时"
    CALLED = "called", "呼叫到场"
    ASSIGNED = "assigned", "会诊分工"
    BROKEN = "broken", "本单位承诺没有兑现"
    SUPERVISED = "supervised", "督办"
    SUPERVISION_ANSWERED = "supervision_answered", "督办有回复"
    LIFTED = "lifted", "督办解除"
    INTERVIEWED = "interviewed", "约谈"
    TO_INTERVIEW = "to_interview", "提请约谈"
    TO_RULE = "to_rule", "争议待裁定"
    RULED = "ruled", "争议已裁定"
    TO_DECIDE = "to_decide", "延期挂账待审"
    DECIDED = "decided", "延期挂账已批复"
    AGAIN = "again", "退回分拨"
    MESSAGE = "message", "会话留言"
    MENTION = "mention", "有人提到我"
    ANNOUNCED = "announced", "公告"
    GIVEN_UP = "given_up", "通知发不出去"
    DIGEST = "digest", "汇总"
    EMERGENCY = "emergency", "应急"
    HANDED_OVER = "handed_over", "应急转值班"
    RESPOND = "respond", "应急召集"
    STOOD_DOWN = "stood_down", "应急解除"
    TO_SIGN = "to_sign", "报告待签发"
    SIGN_LATE = "sign_late", "报告逾期未签发"
    RISK = "risk", "风险提示"
    WARNED = "warned", "苗头预警"
    TASKED = "tasked", "排查任务"
    TASKS_OVER = "tasks_over", "专项治理结束"
    PUSH_STOPPED = "push_stopped", "订阅推送停用"
    EXCHANGE_STUCK = "exchange_stuck", "系统对接须处理"
    CHAT_ASKED = "chat_asked", "对话待接"
    KEY_ENDING = "key_ending", "接口密钥快到期"
    ENTRY_WRONG = "entry_wrong", "设施信息有误"
    SERVICE_ASKED = "service_asked", "有人点单"
    SERVICE_TAKEN_BACK = "service_taken_back", "点单取消"
    SERVICE_ARRANGED = "service_arranged", "服务已安排"
    SERVICE_SOON = "service_soon", "服务提醒"
    SERVICE_OFF = "service_off", "服务改期或取消"
    MUSTERED = "mustered", "志愿召集"
    VISIT_MISSED = "visit_missed", "走访没完成"
    VISIT_SOON = "visit_soon", "变故后须走访"
    VISITS_MOVED = "visits_moved", "接手走访"


class Placeholder(Term):
    """What stands in braces in a text, by either of its names, and is filled in when the text is sent."""

    NUMBER = "number", "编号"
    RECEIPT = "receipt", "回执号"
    TITLE = "title", "事由"
    PLACE = "place", "区域"
    BODY = "body", "单位"
    DUE = "due", "期限"
    CLOCK = "clock", "时限名"
    WHO = "who", "姓名"
    WORDS = "words", "原话"
    RESULT = "result", "结果"
    COUNT = "count", "条数"
    DISTRICT = "district", "区名"
    LINK = "link", "网址"


RESIDENT: Final = (
    Occasion.RECEIVED,
    Occasion.ACCEPTED,
    Occasion.REJECTED,
    Occasion.PROGRESS,
    Occasion.PROMISED,
    Occasion.REPLIED,
    Occasion.CLOSED,
    Occasion.REOPENED,
    Occasion.PLEDGED,
    Occasion.KEPT,
    Occasion.PLEDGE_BROKEN,
)
STAFF: Final = tuple(each for each in Occasion if each not in RESIDENT)
# Held back by no quiet hours and gathered into no digest.
URGENT: Final = frozenset(
    {
        Occasion.RED,
        Occasion.CALLED,
        Occasion.SUPERVISED,
        Occasion.GIVEN_UP,
        Occasion.EMERGENCY,
        Occasion.HANDED_OVER,
        Occasion.RESPOND,
        Occasion.STOOD_DOWN,
        Occasion.RISK,
        Occasion.VISIT_SOON,
    }
)

_P = Placeholder
_RESIDENT: Final = (_P.RECEIPT, _P.TITLE, _P.BODY, _P.DUE, _P.DISTRICT, _P.LINK)
_STAFF: Final = (_P.NUMBER, _P.TITLE, _P.PLACE, _P.BODY, _P.DUE, _P.DISTRICT, _P.LINK)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which placeholders a text may use and which it must."""

    allowed: tuple[Placeholder, ...]
    needed: tuple[Placeholder, ...] = ()


_OWN: Final[Mapping[Occasion, Asked]] = {
    Occasion.PROGRESS: Asked((*_RESIDENT, _P.WORDS), (_P.RECEIPT,)),
    Occasion.REMINDED: Asked((*_STAFF, _P.CLOCK), (_P.NUMBER,)),
    Occasion.YELLOW: Asked((*_STAFF, _P.CLOCK), (_P.NUMBER,)),
    Occasion.RED: Asked((*_STAFF, _P.CLOCK), (_P.NUMBER,)),
    Occasion.RULED: Asked((*_STAFF, _P.RESULT), (_P.NUMBER,)),
    Occasion.DECIDED: Asked((*_STAFF, _P.RESULT), (_P.NUMBER,)),
    Occasion.MESSAGE: Asked((*_STAFF, _P.WHO, _P.WORDS), (_P.NUMBER,)),
    Occasion.MENTION: Asked((*_STAFF, _P.WHO, _P.WORDS), (_P.NUMBER,)),
    Occasion.ANNOUNCED: Asked((_P.TITLE, _P.WORDS, _P.WHO, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.GIVEN_UP: Asked((_P.WORDS, _P.COUNT, _P.DISTRICT, _P.LINK)),
    Occasion.EMERGENCY: Asked((*_STAFF, _P.WORDS, _P.WHO), (_P.TITLE,)),
    Occasion.HANDED_OVER: Asked((*_STAFF, _P.WORDS, _P.COUNT), (_P.TITLE,)),
    Occasion.RESPOND: Asked(
        (_P.TITLE, _P.PLACE, _P.WORDS, _P.COUNT, _P.DISTRICT, _P.LINK), (_P.TITLE, _P.LINK)
    ),
    Occasion.STOOD_DOWN: Asked((_P.TITLE, _P.PLACE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.TO_SIGN: Asked((_P.TITLE, _P.PLACE, _P.DUE, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.SIGN_LATE: Asked((_P.TITLE, _P.PLACE, _P.DUE, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.RISK: Asked((*_STAFF, _P.RESULT), (_P.NUMBER,)),
    Occasion.WARNED: Asked((_P.TITLE, _P.PLACE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.TASKED: Asked((_P.TITLE, _P.PLACE, _P.COUNT, _P.DUE, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.TASKS_OVER: Asked((_P.TITLE, _P.PLACE, _P.COUNT, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.PUSH_STOPPED: Asked((_P.TITLE, _P.RESULT, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.EXCHANGE_STUCK: Asked((_P.TITLE, _P.RESULT, _P.COUNT, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.CHAT_ASKED: Asked((_P.TITLE, _P.PLACE, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.KEY_ENDING: Asked((_P.TITLE, _P.DUE, _P.DISTRICT, _P.LINK), (_P.TITLE, _P.DUE)),
    Occasion.ENTRY_WRONG: Asked((_P.TITLE, _P.PLACE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.SERVICE_ASKED: Asked((_P.TITLE, _P.PLACE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.SERVICE_TAKEN_BACK: Asked((_P.TITLE, _P.PLACE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE,)),
    Occasion.SERVICE_ARRANGED: Asked(
        (_P.TITLE, _P.DUE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE, _P.DUE, _P.LINK)
    ),
    Occasion.SERVICE_SOON: Asked(
        (_P.TITLE, _P.DUE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE, _P.DUE, _P.LINK)
    ),
    Occasion.SERVICE_OFF: Asked((_P.TITLE, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.TITLE, _P.LINK)),
    Occasion.MUSTERED: Asked((_P.TITLE, _P.WORDS, _P.PLACE, _P.DISTRICT, _P.LINK), (_P.TITLE, _P.LINK)),
    Occasion.VISIT_MISSED: Asked((_P.PLACE, _P.COUNT, _P.DUE, _P.DISTRICT, _P.LINK), (_P.COUNT,)),
    Occasion.VISIT_SOON: Asked((_P.PLACE, _P.DUE, _P.DISTRICT, _P.LINK), (_P.DUE,)),
    Occasion.VISITS_MOVED: Asked((_P.TITLE, _P.PLACE, _P.COUNT, _P.DISTRICT, _P.LINK), (_P.COUNT,)),
    Occasion.DIGEST: Asked((_P.COUNT, _P.WORDS, _P.DISTRICT, _P.LINK), (_P.COUNT,)),
}


def asked_of(occasion: Occasion) -> Asked:
    """What the text of this occasion may and must hold."""
    usual = Asked(_RESIDENT, (_P.RECEIPT,)) if occasion in RESIDENT else Asked(_STAFF, (_P.NUMBER,))
    return _OWN.get(occasion, usual)
