"""What evaluation does behind the ledger, and once in a while."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.loop.evaluate.actions import (
    close_heard,
    close_unanswered,
    plan_askings,
    supervise_reworked,
    supervise_unhappy,
)

_VERDICTS: Final = frozenset({Verb.RATE, Verb.FOLLOW_UP})
# Who withdraws may leave only callers that are content.
_MAY_END: Final = _VERDICTS | {Verb.WITHDRAW}


def react(district: int, entries: Sequence[Link], now: datetime) -> None:
    """A reaction to the ledger: plan whom to ask, close what all are content with, and call for a leader.

    A leader is called where callers are unhappy again, and where checks send the work back again.
    """
    plan_askings(district, entries, now)
    close_heard(district, sorted({entry.case_id for entry in entries if entry.verb in _MAY_END}), now)
    unhappy = {entry.case_id for entry in entries if entry.verb in _VERDICTS and _is_unhappy(entry)}
    supervise_unhappy(district, sorted(unhappy), now)
    again = {entry.case_id for entry in entries if entry.verb == Verb.CHECK and entry.outcome == "rework"}
    supervise_reworked(district, sorted(again), now)


def _is_unhappy(entry: Link) -> bool:
    return entry.outcome == "unsolved" or entry.facts.get("satisfaction") == "unsatisfied"


def close_due(district: int, now: datetime) -> None:
    """A duty of every few minutes: go on by the next way of each plan, and close what nobody answered."""
    close_unanswered(district, now)
