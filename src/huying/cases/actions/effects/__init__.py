"""What a step does beyond moving the state and the clocks: one small function for each verb that does more."""

from collections.abc import Callable, Mapping
from typing import Final

from huying.cases.actions.effects import (
    archiving,
    calling,
    discipline,
    evaluation,
    intake,
    interviewing,
    levels,
    orders,
    promising,
    supervision,
)
from huying.cases.actions.effects.context import Doing
from huying.cases.lifecycle import Verb

EFFECTS: Final[Mapping[Verb, Callable[[Doing], None]]] = {
    Verb.FILE: intake.describe,
    Verb.ANSWER: intake.describe,
    Verb.CORRECT: intake.describe,
    Verb.SPLIT: intake.split,
    Verb.MERGE: intake.merge,
    Verb.WITHDRAW: intake.withdraw,
    Verb.DISPATCH: orders.send,
    Verb.ADD_BODY: orders.add,
    Verb.REASSIGN: discipline.reassign,
    Verb.SIGN: orders.sign,
    Verb.CONTACT: orders.contact,
    Verb.REPORT: orders.report,
    Verb.HAND_UP: levels.up,
    Verb.HAND_DOWN: levels.down,
    Verb.DISPUTE: discipline.dispute,
    Verb.RULE: discipline.rule,
    Verb.ASK_EXTENSION: discipline.ask_extension,
    Verb.ASK_SUSPENSION: discipline.ask_suspension,
    Verb.RECOMMEND: discipline.recommend,
    Verb.APPROVE: discipline.approve,
    Verb.WARN: supervision.warn,
    Verb.SUPERVISE: supervision.issue,
    Verb.REPLY_SUPERVISION: supervision.reply,
    Verb.LIFT: supervision.lift,
    Verb.INTERVIEW: interviewing.interview,
    Verb.FOLLOW_UP: evaluation.rate,
    Verb.RATE: evaluation.rate,
    Verb.ARCHIVE: archiving.archive,
    Verb.CALL: calling.call,
    Verb.ANSWER_CALL: calling.answer,
    Verb.ARRIVE: calling.arrive,
    Verb.RATE_CALL: calling.rate_called,
    Verb.RATE_CALLER: calling.rate_caller,
    Verb.ASSIGN: promising.assign,
    Verb.PROMISE: promising.promise,
    Verb.KEEP_PROMISE: promising.keep,
    Verb.BREAK_PROMISE: promising.break_,
}

__all__ = ["EFFECTS", "Doing"]
