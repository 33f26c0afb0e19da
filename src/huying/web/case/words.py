"""Codes of facts in the words of an office; the table holds values, these are what people read."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.cases.lifecycle import BY_HAND, FACTS, Basis, Channel, FollowUpReason, Outcome, Verb
from huying.catalogue.rules.kinds import AppealKind
from huying.web.remembering import per_language

CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "ground": {
        "emergency_line": gettext_noop("应由 110、119、120 等紧急热线处理"),
        "litigation": gettext_noop("已进入诉讼、仲裁或复议"),
        "repeated": gettext_noop("已经办结，没有新的事实"),
        "secret": gettext_noop("涉及国家秘密、商业秘密或个人隐私"),
        "beyond_duty": gettext_noop("不在本区职责范围"),
        "unlawful": gettext_noop("违反法律法规或公序良俗"),
        "incomplete": gettext_noop("缺少必要信息，又联系不上"),
    },
    "satisfaction": {
        "satisfied": gettext_noop("满意"),
        "basically": gettext_noop("基本满意"),
        "unsatisfied": gettext_noop("不满意"),
    },
    "way": {
        "link": gettext_noop("评价链接"),
        "seat": gettext_noop("坐席电话"),
        "community": gettext_noop("社区上门"),
    },
    "unreached_reason": {reason.value: reason.zh for reason in BY_HAND},
    "reach": {
        "none": gettext_noop("只管这一件"),
        "community": gettext_noop("本社区同类"),
        "street": gettext_noop("本街道同类"),
        "district": gettext_noop("全区同类"),
    },
    "covers": {
        "condition": gettext_noop("这一个立案条件"),
        "item": gettext_noop("整个事项"),
    },
}
# Where a button wants other words than the table's, which serve the log.
_BUTTONS: Final[Mapping[tuple[Verb, Outcome | None], str]] = {
    (Verb.CHECK, Outcome.PASSED): gettext_noop("核查通过"),
    (Verb.CHECK, Outcome.REWORK): gettext_noop("退回返工"),
    (Verb.FOLLOW_UP, Outcome.SOLVED): gettext_noop("回访：已解决"),
    (Verb.FOLLOW_UP, Outcome.UNSOLVED): gettext_noop("回访：没解决"),
    (Verb.FOLLOW_UP, Outcome.UNREACHED): gettext_noop("回访：没访成"),
    (Verb.WITHDRAW, Outcome.LAST): gettext_noop("撤回"),
    (Verb.WITHDRAW, Outcome.OTHERS): gettext_noop("撤回其中一位"),
    (Verb.CONTACT, None): gettext_noop("记录首次联系"),
    (Verb.INTERVIEW, None): gettext_noop("记约谈"),
    (Verb.CALL, None): gettext_noop("呼叫到场"),
    (Verb.ANSWER_CALL, None): gettext_noop("应答呼叫"),
    (Verb.ARRIVE, None): gettext_noop("到场报到"),
    (Verb.CONSULT, None): gettext_noop("记会诊纪要"),
    (Verb.ASSIGN, None): gettext_noop("会诊分工"),
    (Verb.PROMISE, None): gettext_noop("作出承诺"),
    (Verb.KEEP_PROMISE, None): gettext_noop("报告兑现"),
    (Verb.BREAK_PROMISE, Outcome.OVERDUE): gettext_noop("承诺到期没有兑现"),
    (Verb.BREAK_PROMISE, Outcome.CONTESTED): gettext_noop("核实没有兑现"),
    (Verb.BREAK_PROMISE, Outcome.DENIED): gettext_noop("诉求人指出没有兑现"),
    (Verb.RULE, Outcome.FORCED): gettext_noop("逾期没有裁定，兜底办理"),
}
_HINTS: Final[Mapping[str, str]] = {
    "reply": gettext_noop("诉求人会看到。写明核实情况、办了什么；没办成的写原因和后续安排，不写手机号。"),
    "progress": gettext_noop("诉求人会看到。"),
    "result": gettext_noop("只给内部看：到场时间、处置经过、结果。"),
    "note": gettext_noop("只给内部看。"),
    "reason": gettext_noop("只给内部看。"),
    "grounds": gettext_noop("写明依据的职责条款和事实。时限照走，裁定前仍由你单位办理。"),
    "until": gettext_noop("最长一年，到期自动恢复计时。"),
    "contacted_at": gettext_noop("不填就是现在。"),
    "condition": gettext_noop("不选就按诉求内容自动判定。"),
    "into": gettext_noop("诉求人一起转过去，各自的回执号照旧能查。"),
    "unsolved_reason": gettext_noop("没解决的必须写清原因。"),
    "interviewed": gettext_noop("被约谈人的姓名和职务，例如“城管中队 王队长”。"),
    "talk": gettext_noop("问题出在哪、怎么认识、怎么办。"),
    "rectification": gettext_noop("要改什么、改到什么程度。没有就不写。"),
    "supervision": gettext_noop("写明要求和完成时间。"),
    "unreached_reason": gettext_noop("没访成的不算有效回访，不进响应率、解决率、满意率的分母。"),
    "words": gettext_noop("承办单位会看到。"),
    "kind": gettext_noop("诉求类型决定答复时限。"),
    "reach": gettext_noop("范围内的同类案件以后照这次裁定派单。不选就只管这一件。"),
    "covers": gettext_noop("不选就只管这件案件的立案条件；没有定立案条件的，管整个事项。"),
    "demand": gettext_noop("写明现场是什么情况、要各单位来做什么。被叫的单位看得到。"),
    "called": gettext_noop("在时限内应答，并到场报到。没有应答的逐级预警，再由兜底单位到场。"),
    "spot": gettext_noop("不填就是案件的位置。"),
    "minutes": gettext_noop("谁到了、怎么定的。各单位的分工用“会诊分工”一家一条记，到期自动提醒。"),
    "task": gettext_noop("到期没完成的记入考核；主办单位要等分工都完成才能反馈。"),
    "promise": gettext_noop(
        "诉求人会看到。写做什么、做到什么程度。到期没兑现，案件自动重新打开并告诉诉求人。"
    ),
    "promise_until": gettext_noop("到这一天结束为止，最长三年。"),
    "proviso": gettext_noop("比如“雨季结束后”。附了条件，也要写最迟哪天。"),
    "season": gettext_noop("比如补种树木。选了季节就不用填日期。"),
    "pledge": gettext_noop("报告兑现后十五日内，诉求人和核查人可以指出没有兑现。"),
    "photos": gettext_noop("最多 6 张"),
    "photos_before": gettext_noop("最多 6 张"),
}
_HINTS_IN_STEP: Final[Mapping[tuple[Verb, str], str]] = {
    (Verb.ASK_EXTENSION, "reason"): gettext_noop(
        "只给内部看。批准后从原期限起，再给同样长的时间；最多批准两次，到期前才能申请。"
    ),
    (Verb.RATE_CALL, "stars"): gettext_noop("应答和到场快不快、来的人能不能定、办得怎么样。"),
    (Verb.RATE_CALLER, "stars"): gettext_noop("该不该叫、说得清不清楚、现场组织得怎么样。"),
    (Verb.ASSIGN, "promise_until"): gettext_noop("到这一天结束为止。"),
    (Verb.INTERVIEW, "promise_until"): gettext_noop("有整改要求的写哪天前改好；到期没改，再提请约谈。"),
    (Verb.LIFT, "reason"): gettext_noop("只给内部看。督办过的记录还在，只是不用再回复。"),
    (Verb.BREAK_PROMISE, "pledge"): gettext_noop("案件重新打开，记一次没有兑现。"),
    (Verb.KEEP_PROMISE, "result"): gettext_noop("完成会诊分工或整改的写这里，只给内部看。"),
    (Verb.KEEP_PROMISE, "progress"): gettext_noop("兑现对诉求人的承诺写这里，诉求人会看到。"),
}
_VALUE_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    **CHOICES,
    "kind": {kind.value: kind.zh for kind in AppealKind},
    "unreached_reason": {reason.value: reason.zh for reason in FollowUpReason},
    "basis": {basis.value: basis.zh for basis in Basis},
    "reached": {"True": gettext_noop("联系上了"), "False": gettext_noop("没联系上")},
    "responded": {"True": gettext_noop("联系过"), "False": gettext_noop("没联系过")},
    "solved": {"True": gettext_noop("已解决"), "False": gettext_noop("未解决")},
}


@per_language
def button_words(verb: Verb, outcome: Outcome | None) -> str:
    """What stands on the button of a step."""
    known = _BUTTONS.get((verb, outcome))
    if known:
        return _(known)
    return (
        _("%(verb)s：%(outcome)s") % {"verb": _(verb.zh), "outcome": _(outcome.zh)} if outcome else _(verb.zh)
    )


_NAMES_IN_STEP: Final[Mapping[tuple[Verb | None, str], str]] = {
    (Verb.REPLY_SUPERVISION, "note"): gettext_noop("督办回复"),
    (Verb.ADD_BODY, "body"): gettext_noop("协办单位"),
    (Verb.RULE, "body"): gettext_noop("改派单位"),
    (Verb.REASSIGN, "body"): gettext_noop("改派给"),
    (Verb.REPORT, "photos"): gettext_noop("处置后照片"),
    (Verb.INTERVIEW, "body"): gettext_noop("约谈单位"),
    (Verb.INTERVIEW, "promise_until"): gettext_noop("整改期限"),
    (Verb.LIFT, "reason"): gettext_noop("解除原因"),
    (Verb.ASSIGN, "body"): gettext_noop("分给谁"),
    (Verb.ASSIGN, "promise_until"): gettext_noop("哪天前完成"),
    (Verb.ARRIVE, "photos"): gettext_noop("现场照片"),
}


def fact_name(name: str, verb: Verb | None = None) -> str:
    """The name of a fact as its field is labelled, in some steps by what it is there."""
    there = _NAMES_IN_STEP.get((verb, name)) if verb else None
    return _(there or FACTS[name].zh)


def hint(name: str, verb: Verb | None = None) -> str:
    """What is said under the field of a fact, in some steps something of their own; "" where nothing need be."""
    there = _HINTS_IN_STEP.get((verb, name)) if verb else None
    return _(there or _HINTS[name]) if there or name in _HINTS else ""


def value_words(name: str, value: object) -> str:
    """A plain fact of the timeline as text; the value itself where it has no other name."""
    known = _VALUE_NAMES.get(name, {}).get(str(value))
    return _(known) if known else str(value)


def channel_words(channel: str) -> str:
    """By which way an appeal came, as read on a page."""
    return _(Channel(channel).zh) if channel in set(Channel) else channel


def kind_words(kind: str) -> str:
    """The kind of an appeal, "" while it is not known."""
    return _(AppealKind(kind).zh) if kind in set(AppealKind) else ""
