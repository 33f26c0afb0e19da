"""The table: which step of the lifecycle is told to whom, on which occasion. Everything that is told stands here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from huying.access.permissions import Permission as P
from huying.cases.clocks import RungAction
from huying.cases.lifecycle import ClockKind as C
from huying.cases.lifecycle import Outcome as O
from huying.cases.lifecycle import State as S
from huying.cases.lifecycle import Verb as V
from huying.notices.rules.audiences import Audience as A
from huying.texts.rules.occasions import Occasion


@dataclass(frozen=True, slots=True)
class Row:
    """One line: after this verb (with one of these outcomes, into this state) the audience is told.

    ``permission`` says which posts HOLDERS are, and what a DEMANDER must still hold. ``nearest``: only those closest
    to the case. ``needs`` names a fact without which nothing is told. ``lead``: only a step of the lead's, or of none.
    """

    verb: V
    audience: A
    occasion: Occasion
    outcomes: frozenset[O] | None = None
    after: S | None = None
    permission: P | None = None
    nearest: bool = False
    needs: str = ""


def _on(*outcomes: O) -> frozenset[O]:
    return frozenset(outcomes)


RESIDENTS: Final = (
    Row(V.RECEIVE, A.SAYER, Occasion.RECEIVED),
    Row(V.DISPATCH, A.CALLERS, Occasion.ACCEPTED),
    Row(V.REASSIGN, A.CALLERS, Occasion.ACCEPTED),
    Row(V.RULE, A.CALLERS, Occasion.ACCEPTED, _on(O.UPHELD, O.FORCED), S.DISPATCHED),
    Row(V.REJECT, A.CALLERS, Occasion.REJECTED),
    Row(V.NOTE, A.CALLERS, Occasion.PROGRESS, needs="progress"),
    Row(V.APPROVE, A.CALLERS, Occasion.PROMISED, _on(O.EXTENDED, O.SUSPENDED)),
    Row(V.CHECK, A.CALLERS, Occasion.REPLIED, _on(O.PASSED)),
    Row(V.ANSWER, A.CALLERS, Occasion.REPLIED),
    Row(V.CLOSE, A.CALLERS, Occasion.CLOSED),
    Row(V.REOPEN, A.CALLERS, Occasion.REOPENED),
    Row(V.FOLLOW_UP, A.SAYER, Occasion.REOPENED, _on(O.UNSOLVED)),
    Row(V.RATE, A.SAYER, Occasion.REOPENED, _on(O.UNSOLVED)),
    Row(V.PROMISE, A.CALLERS, Occasion.PLEDGED),
    Row(V.KEEP_PROMISE, A.CALLERS, Occasion.KEPT, needs="promised"),
    Row(V.BREAK_PROMISE, A.CALLERS, Occasion.PLEDGE_BROKEN, needs="promised"),
)

STAFF: Final = (
    Row(V.DISPATCH, A.SENT_BODIES, Occasion.ORDER),
    Row(V.ADD_BODY, A.SENT_BODIES, Occasion.ORDER),
    Row(V.RULE, A.SENT_BODIES, Occasion.ORDER, _on(O.UPHELD, O.FORCED)),
    Row(V.CALL, A.SENT_BODIES, Occasion.CALLED),
    Row(V.ASSIGN, A.ORDER_BODY, Occasion.ASSIGNED),
    Row(V.BREAK_PROMISE, A.ORDER_BODY, Occasion.BROKEN),
    Row(V.BREAK_PROMISE, A.HOLDERS, Occasion.AGAIN, after=S.FILED, permission=P.CASE_DISPATCH, nearest=True),
    Row(V.CHECK, A.LEAD, Occasion.RETURNED, _on(O.REWORK)),
    Row(V.FOLLOW_UP, A.LEAD, Occasion.RETURNED, _on(O.UNSOLVED)),
    Row(V.RATE, A.LEAD, Occasion.RETURNED, _on(O.UNSOLVED), S.HANDLING),
    Row(V.RATE, A.HOLDERS, Occasion.AGAIN, _on(O.UNSOLVED), S.FILED, P.CASE_DISPATCH, True),
    Row(V.REOPEN, A.HOLDERS, Occasion.AGAIN, permission=P.CASE_DISPATCH, nearest=True),
    Row(V.HAND_UP, A.LEFT_BODIES, Occasion.RECALLED, after=S.FILED),
    Row(V.REASSIGN, A.LEFT_BODIES, Occasion.RECALLED),
    Row(V.REASSIGN, A.SENT_BODIES, Occasion.ORDER),
    Row(V.MERGE, A.LEFT_BODIES, Occasion.RECALLED),
    Row(V.WITHDRAW, A.LEFT_BODIES, Occasion.RECALLED, _on(O.LAST)),
    Row(V.REMIND, A.LEAD, Occasion.URGED),
    Row(V.SUPERVISE, A.LEAD, Occasion.SUPERVISED),
    Row(
        V.REPLY_SUPERVISION, A.HOLDERS, Occasion.SUPERVISION_ANSWERED,
        permission=P.CASE_SUPERVISE, nearest=True,
    ),
    Row(V.REPLY_SUPERVISION, A.DEMANDER, Occasion.SUPERVISION_ANSWERED, permission=P.CASE_SUPERVISE),
    # Who takes a case over takes its open demand over too.
    Row(V.DISPATCH, A.LEAD, Occasion.SUPERVISED, needs="supervised"),
    Row(V.REASSIGN, A.LEAD, Occasion.SUPERVISED, needs="supervised"),
    Row(V.RULE, A.LEAD, Occasion.SUPERVISED, needs="supervised"),
    Row(V.LIFT, A.LEAD, Occasion.LIFTED),
    Row(V.INTERVIEW, A.ORDER_BODY, Occasion.INTERVIEWED),
    Row(
        V.BREAK_PROMISE, A.HOLDERS, Occasion.TO_INTERVIEW, permission=P.CASE_INTERVIEW, nearest=True,
        needs="rectified",
    ),
    Row(V.DISPUTE, A.HOLDERS, Occasion.TO_RULE, permission=P.DISPUTE_RULE),
    Row(V.RULE, A.ASKING_BODY, Occasion.RULED),
    Row(V.ASK_EXTENSION, A.HOLDERS, Occasion.TO_DECIDE, permission=P.DELAY_RECOMMEND, nearest=True),
    Row(V.ASK_SUSPENSION, A.HOLDERS, Occasion.TO_DECIDE, permission=P.DELAY_RECOMMEND, nearest=True),
    Row(V.RECOMMEND, A.HOLDERS, Occasion.TO_DECIDE, _on(O.AGREED), permission=P.DELAY_APPROVE),
    Row(V.RECOMMEND, A.ASKING_BODY, Occasion.DECIDED, _on(O.DECLINED)),
    Row(V.APPROVE, A.ASKING_BODY, Occasion.DECIDED),
)  # fmt: skip

# A card is told to whoever must act on the clock, a proposed talk to the leaders who hold it; a red one of handling
# or of a call also to who may supervise it.
_CARDS: Final[Mapping[RungAction, Occasion]] = {
    RungAction.REMIND: Occasion.REMINDED,
    RungAction.YELLOW: Occasion.YELLOW,
    RungAction.RED: Occasion.RED,
    RungAction.INTERVIEW: Occasion.TO_INTERVIEW,
}
_CLOCK_OWNERS: Final[Mapping[C, P]] = {
    C.ACCEPT: P.CASE_FILE,
    C.DISPATCH: P.CASE_DISPATCH,
    C.CHECK: P.CASE_CHECK,
    C.FOLLOW_UP: P.CASE_FOLLOW_UP,
    C.RULING: P.DISPUTE_RULE,
}


def rows_for(verb: str, outcome: str, after: str, facts: Mapping[str, Any]) -> list[Row]:
    """The rows that hold for an entry, residents' first; those of warnings are in ``warning_rows``."""
    return [
        row
        for row in (*RESIDENTS, *STAFF)
        if row.verb == verb
        and (row.outcomes is None or outcome in row.outcomes)
        and (row.after is None or row.after == after)
        and (not row.needs or row.needs in facts)
    ]


def warning_rows(kind: C, action: RungAction) -> list[Row]:
    """Who is told that this clock has reached this rung; a demand of the ladder has an entry of its own."""
    occasion = _CARDS.get(action)
    if occasion is None:
        return []
    if occasion is Occasion.TO_INTERVIEW:
        return [Row(V.WARN, A.HOLDERS, occasion, permission=P.CASE_INTERVIEW, nearest=True)]
    owner = _CLOCK_OWNERS.get(kind)
    if owner is not None:
        return [Row(V.WARN, A.HOLDERS, occasion, permission=owner, nearest=True)]
    rows = [Row(V.WARN, A.ORDER_BODY if kind.of_order or kind is C.PROMISE else A.LEAD, occasion)]
    if occasion is Occasion.RED and kind in {C.HANDLE, C.CALL}:
        rows.append(Row(V.WARN, A.HOLDERS, occasion, permission=P.CASE_SUPERVISE, nearest=True))
    return rows
