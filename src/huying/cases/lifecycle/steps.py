"""What a row of the table says, and how to find the row that applies."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from huying.access.permissions import Permission
from huying.cases.lifecycle.clockkinds import ClockKind
from huying.cases.lifecycle.states import State
from huying.cases.lifecycle.verbs import Outcome, Verb
from huying.kernel.errors import IllegalStep
from huying.kernel.saying import said
from huying.kernel.terms import Term

ALL_CLOCKS: Final = frozenset(ClockKind)


class Part(Term):
    """On what the step is done: the case as a whole, or the actor's own order on it."""

    CASE = "case", "案件"
    LEAD = "lead", "主办工单"
    ASSIST = "assist", "协办工单"
    CALLED = "called", "应呼工单"


class Orders(Term):
    """What the step does to orders."""

    KEEP = "keep", "不变"
    SEND = "send", "派出主办和协办"
    ADD = "add", "加派协办"
    SIGN = "sign", "本单签收"
    REPORT = "report", "本单反馈"
    REWORK = "rework", "主办重新处置"
    PASS_ON = "pass_on", "收回本单，改派"
    RECALL = "recall", "全部收回"
    END = "end", "全部办结"
    CALL = "call", "发出呼叫"
    ANSWER = "answer", "本单应答"
    END_CALL = "end_call", "应呼工单办结"


class Guard(Term):
    """A condition on the facts of the case beyond its state; each is one function in ``guards``."""

    OTHER_PERSON = "other_person", "须由处置人以外的人核查"
    OTHER_BODY = "other_body", "须由办理人和承办单位以外的人回访"
    IN_CHARGE = "in_charge", "承办单位中只有主办单位可以加派"
    ASSISTS_DONE = "assists_done", "协办单位须先全部反馈"
    ONE_DISPUTE = "one_dispute", "每个单位对每件案件只能提出一次争议"
    DISPUTE_OPEN = "dispute_open", "须有待裁定的争议"
    BEFORE_DUE = "before_due", "须在到期前提出"
    NO_DELAY_OPEN = "no_delay_open", "上一次申请还没有批复"
    TWO_EXTENSIONS = "two_extensions", "最多批准两次延期"
    ONE_SUSPENSION = "one_suspension", "只能挂账一次，最长一年"
    TO_RECOMMEND = "to_recommend", "须有待初审的申请"
    TO_APPROVE = "to_approve", "须有通过初审的申请，且由另一人终审"
    SUSPENDED = "suspended", "须在挂账中"
    NOT_SUSPENDED = "not_suspended", "挂账期间不能办结"
    ALL_ANSWERED = "all_answered", "每一位诉求人都须回访过"
    LEVEL_ABOVE = "level_above", "已是最高层级"
    LEVEL_BELOW = "level_below", "已是最低层级"
    SUPERVISION_OPEN = "supervision_open", "须有待回复的督办"
    SUPERVISION_NONE = "supervision_none", "上一次督办还没有回复"
    ISSUER_OR_ABOVE = "issuer_or_above", "须由签发督办的人或上级解除"
    RATE_IN_TIME = "rate_in_time", "结案后十五日内可以评价"
    NOT_YET_JUDGED = "not_yet_judged", "每次办理结果只评价一次"
    CALL_OPEN = "call_open", "须有进行中的呼叫"
    CALLING_SIDE = "calling_side", "须由呼叫的一方办理，被呼叫的单位不能替它办"
    CALL_UNRATED = "call_unrated", "结束后十五日内可以评价，每次呼叫双方各评一次"
    PARTS_DONE = "parts_done", "会诊分工和整改须先全部办完"
    PROMISE_OWN = "promise_own", "须有本单位还没有兑现的承诺或分工"
    PROMISE_NONE = "promise_none", "还有没到期的承诺，不能并案"
    PROMISE_KEPT = "promise_kept", "报告兑现后十五日内可以指出没有兑现"
    AT_REST = "at_rest", "须已办结，且没有还在走的时限"
    SYSTEM_ONLY = "system_only", "由系统自动执行"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row: verb, from, to, who, facts asked, clocks started and stopped.

    ``target`` None means that the case stays where it is. ``outcome`` tells apart the rows of one verb.
    ``renews`` are clocks that begin anew where they run: somebody else has to answer now.
    ``asks`` are names of facts that must be given, ``takes`` may be given. ``stops`` concerns the order at
    hand for clocks of orders, except where ``orders`` sends, passes on, recalls or ends them.
    """

    verb: Verb
    sources: frozenset[State]
    permission: Permission
    target: State | None = None
    part: Part = Part.CASE
    outcome: Outcome | None = None
    asks: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    starts: frozenset[ClockKind] = frozenset()
    stops: frozenset[ClockKind] = frozenset()
    renews: frozenset[ClockKind] = frozenset()
    orders: Orders = Orders.KEEP
    guards: tuple[Guard, ...] = field(default=())

    @property
    def key(self) -> tuple[Verb, Outcome | None, Part]:
        return (self.verb, self.outcome, self.part)


def find_step(table: Iterable[Step], state: State, verb: Verb, outcome: Outcome | None, part: Part) -> Step:
    """The row for this verb from this state; IllegalStep where there is none."""
    for step in table:
        if step.verb is verb and state in step.sources and step.outcome is outcome and step.part is part:
            return step
    raise IllegalStep(said("案件%(state)s，不能%(verb)s。", state=state.zh, verb=verb.zh))


def steps_from(table: Iterable[Step], state: State) -> tuple[Step, ...]:
    """Every row that starts in this state, in the table's order."""
    return tuple(step for step in table if state in step.sources)


def run_clocks(running: frozenset[ClockKind], step: Step) -> frozenset[ClockKind]:
    """The kinds of clocks that run after the step, of those of the case and of its lead order."""
    return (running - step.stops) | step.starts
