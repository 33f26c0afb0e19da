"""Codes of facts in the words of an office; the table holds values, these are what people read."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.cases.lifecycle import FACTS, Channel, Outcome, Verb
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
    "reach": {
        "none": gettext_noop("只管这一件"),
        "community": gettext_noop("本社区同类"),
        "street": gettext_noop("本街道同类"),
        "district": gettext_noop("全区同类"),
    },
}
# Where a button wants other words than the table's, which serve the log.
_BUTTONS: Final[Mapping[tuple[Verb, Outcome | None], str]] = {
    (Verb.CHECK, Outcome.PASSED): gettext_noop("核查通过"),
    (Verb.CHECK, Outcome.REWORK): gettext_noop("退回返工"),
    (Verb.FOLLOW_UP, Outcome.SOLVED): gettext_noop("回访：已解决"),
    (Verb.FOLLOW_UP, Outcome.UNSOLVED): gettext_noop("回访：没解决"),
    (Verb.FOLLOW_UP, Outcome.UNREACHED): gettext_noop("回访：没联系上"),
    (Verb.WITHDRAW, Outcome.LAST): gettext_noop("撤回"),
    (Verb.WITHDRAW, Outcome.OTHERS): gettext_noop("撤回其中一位"),
    (Verb.CONTACT, None): gettext_noop("记录首次联系"),
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
    "supervision": gettext_noop("写明要求和完成时间。"),
    "words": gettext_noop("承办单位会看到。"),
    "kind": gettext_noop("诉求类型决定答复时限。"),
    "reach": gettext_noop("范围内的同类案件以后照这次裁定派单。不选就只管这一件。"),
    "photos": gettext_noop("最多 6 张"),
    "photos_before": gettext_noop("最多 6 张"),
}
_HINTS_IN_STEP: Final[Mapping[tuple[Verb, str], str]] = {
    (Verb.ASK_EXTENSION, "reason"): gettext_noop(
        "只给内部看。批准后从原期限起，再给同样长的时间；最多批准两次，到期前才能申请。"
    ),
}
_VALUE_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    **CHOICES,
    "kind": {kind.value: kind.zh for kind in AppealKind},
    "reached": {"True": gettext_noop("联系上了"), "False": gettext_noop("没联系上")},
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
    (Verb.REPORT, "photos"): gettext_noop("处置后照片"),
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
