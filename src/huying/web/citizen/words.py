"""A case's way in the words of the person who asked for it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.cases.clocks import Lamp as Stands
from huying.cases.lifecycle import CLOSED_STATES, ClockKind, Outcome, State, Verb
from huying.cases.queries.track import TrackCase
from huying.cases.queries.track import TrackStep as Told
from huying.web.components import Lamp, Tone, TrackStep, left_words

_TITLES: Final[Mapping[Verb | tuple[Verb, Outcome], str]] = {
    Verb.RECEIVE: gettext_noop("已收到您的诉求"),
    Verb.FILE: gettext_noop("已立案"),
    Verb.REJECT: gettext_noop("不予受理"),
    Verb.ANSWER: gettext_noop("直接答复您"),
    Verb.SPLIT_OFF: gettext_noop("从您的诉求里单独拆出来办"),
    Verb.MERGE: gettext_noop("和同一件事的其他诉求一起办"),
    Verb.DISPATCH: gettext_noop("已派单"),
    Verb.REASSIGN: gettext_noop("改由另一单位办理"),
    Verb.SIGN: gettext_noop("已签收"),
    Verb.CONTACT: gettext_noop("已联系"),
    Verb.NOTE: gettext_noop("有进展"),
    Verb.REPORT: gettext_noop("已处置，等待核查"),
    (Verb.CHECK, Outcome.PASSED): gettext_noop("核查通过"),
    (Verb.CHECK, Outcome.REWORK): gettext_noop("核查没通过，退回重办"),
    Verb.FOLLOW_UP: gettext_noop("已回访"),
    (Verb.FOLLOW_UP, Outcome.UNREACHED): gettext_noop("回访没联系上"),
    (Verb.RATE, Outcome.SOLVED): gettext_noop("您说解决了"),
    (Verb.RATE, Outcome.UNSOLVED): gettext_noop("您说没解决，退回重办"),
    Verb.CLOSE: gettext_noop("已结案"),
    Verb.REOPEN: gettext_noop("重新办理"),
    Verb.HAND_UP: gettext_noop("转上一级办理"),
    Verb.HAND_DOWN: gettext_noop("转下一级办理"),
    Verb.ADD_BODY: gettext_noop("增加单位一起办"),
    Verb.RULE: gettext_noop("已明确由谁办理"),
    (Verb.APPROVE, Outcome.EXTENDED): gettext_noop("办理时间延长"),
    (Verb.APPROVE, Outcome.SUSPENDED): gettext_noop("暂时办不了，先挂账"),
    Verb.SUPERVISE: gettext_noop("已督办"),
    Verb.WITHDRAW: gettext_noop("您已撤回"),
    Verb.ERASE: gettext_noop("个人信息已依法删除"),
    Verb.ARCHIVE: gettext_noop("已由原受理系统办结，转来归档"),
    Verb.CALL: gettext_noop("已叫有关单位到现场会商"),
    Verb.ARRIVE: gettext_noop("已到现场"),
    Verb.PROMISE: gettext_noop("作出承诺"),
    Verb.KEEP_PROMISE: gettext_noop("报告承诺已兑现"),
    (Verb.BREAK_PROMISE, Outcome.OVERDUE): gettext_noop("承诺到期没有兑现，重新办理"),
    (Verb.BREAK_PROMISE, Outcome.CONTESTED): gettext_noop("核实承诺没有兑现，重新办理"),
    (Verb.BREAK_PROMISE, Outcome.DENIED): gettext_noop("您说承诺没有兑现，重新办理"),
}
# What another caller of the same case said or did; who they are is not told.
_OTHERS: Final[Mapping[Verb | tuple[Verb, Outcome], str]] = {
    Verb.RECEIVE: gettext_noop("先有人反映了同一件事"),
    (Verb.RATE, Outcome.SOLVED): gettext_noop("一起反映的人说解决了"),
    (Verb.RATE, Outcome.UNSOLVED): gettext_noop("一起反映的人说没解决，退回重办"),
    Verb.WITHDRAW: gettext_noop("一起反映的人撤回了"),
    (Verb.BREAK_PROMISE, Outcome.DENIED): gettext_noop("一起反映的人说承诺没有兑现，重新办理"),
}
# Steps that the body itself takes or gets; a check or a call back is by others, who are not named to the caller.
_OF_BODIES: Final = frozenset({
    Verb.DISPATCH, Verb.REASSIGN, Verb.ADD_BODY, Verb.RULE, Verb.SIGN, Verb.CONTACT, Verb.NOTE, Verb.REPORT,
    Verb.APPROVE,
    Verb.SUPERVISE, Verb.ANSWER, Verb.ARRIVE, Verb.PROMISE, Verb.KEEP_PROMISE,
})  # fmt: skip
_HEADLINES: Final[Mapping[State, str]] = {
    State.RECEIVED: gettext_noop("收到了，正在受理"),
    State.FILED: gettext_noop("已立案，正在派给承办单位"),
    State.DISPATCHED: gettext_noop("已派给%(body)s，等待签收"),
    State.HANDLING: gettext_noop("%(body)s正在办理"),
    State.REPORTED: gettext_noop("%(body)s已处置，正在核查"),
    State.CHECKED: gettext_noop("办好了，请您评价"),
    State.CLOSED: gettext_noop("已办结"),
    State.REJECTED: gettext_noop("不予受理"),
    State.MERGED: gettext_noop("和同一件事的其他诉求一起办"),
    State.WITHDRAWN: gettext_noop("您已撤回"),
}
_PROMISES: Final[Mapping[ClockKind, str]] = {
    ClockKind.ACCEPT: gettext_noop("前受理"),
    ClockKind.DISPATCH: gettext_noop("前派给承办单位"),
    ClockKind.SIGN: gettext_noop("前由承办单位签收"),
    ClockKind.CONTACT: gettext_noop("前联系您"),
    ClockKind.HANDLE: gettext_noop("前办完"),
    ClockKind.CHECK: gettext_noop("前核查完"),
    ClockKind.FOLLOW_UP: gettext_noop("前回访您"),
    ClockKind.CALL: gettext_noop("前有关单位应答到场"),
}
TONES: Final = {Stands.GREEN: Tone.GREEN, Stands.YELLOW: Tone.AMBER, Stands.RED: Tone.RED}


def headline(case: TrackCase) -> str:
    """Where the matter stands, in one sentence."""
    return _(_HEADLINES[case.state]) % {"body": case.body or _("承办单位")}


def promise(case: TrackCase) -> tuple[datetime, str] | None:
    """The next time by which something is due to the caller, and what; None when no such clock runs."""
    words = _PROMISES.get(case.due_kind) if case.due_kind else None
    if case.due_at is None or words is None or case.state in CLOSED_STATES:
        return None
    return case.due_at, _(words)


def steps(case: TrackCase) -> list[TrackStep]:
    """The public steps, newest first; the newest of an open case is where it stands now."""
    told = [step for each in reversed(case.steps) if (step := _step(each))]
    if told and case.state not in CLOSED_STATES:
        newest = told[0]
        told[0] = TrackStep(newest.at, newest.title, newest.text, newest.by, current=True)
    return told


def _step(told: Told) -> TrackStep | None:
    title = _title(_TITLES, told) if told.own else _title(_OTHERS, told) or _title(_TITLES, told)
    by = told.body if told.verb in _OF_BODIES else ""
    return TrackStep(told.at, _(title), told.words, by) if title else None


def _title(titles: Mapping[Verb | tuple[Verb, Outcome], str], told: Told) -> str | None:
    exact = titles.get((told.verb, told.outcome)) if told.outcome else None
    return exact or titles.get(told.verb)


def lamp(case: TrackCase, now: datetime) -> Lamp | None:
    """The clock that is due next; None when none runs or it is no promise to the caller."""
    promised = promise(case)
    if promised is None or case.due_kind is None:
        return None
    return Lamp(
        TONES.get(case.lamp, Tone.PLAIN), _(case.due_kind.zh), promised[0], left_words(promised[0], now)
    )
