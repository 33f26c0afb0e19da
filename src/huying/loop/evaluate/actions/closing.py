"""Closing what every caller is content with, what nobody answered, and calling for a leader where they are not."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import system
from huying.cases.actions import Move, advance_many
from huying.cases.lifecycle import OPEN_STATES, Outcome, State, Verb
from huying.cases.queries.heard import Heard, heard, waiting_since
from huying.kernel.errors import HuyingError
from huying.loop.evaluate.queries.rule import rule_of
from huying.loop.evaluate.rules import MOST_UNHAPPY

_log = logging.getLogger(__name__)
_NAME: Final = "自动评价"
_TWICE: Final = "诉求人再次表示不满意，请主办单位负责人直接过问，查明原因并回复。"


def close_heard(district: int, case_ids: Sequence[int], now: datetime) -> int:
    """Close the cases that wait for follow-up and whose callers all say that it is solved; how many."""
    done = [case for case in heard(district, case_ids).values() if _is_content(case)]
    return _take([[_close(district, case, "")] for case in done], now)


def close_unanswered(district: int, now: datetime) -> int:
    """Close what has waited for its callers' answer longer than the district's rule; each unheard one is noted."""
    rule = rule_of(district)
    waiting = waiting_since(district, now - timedelta(days=rule.days))
    note = f"满 {rule.days} 天未能联系上诉求人，按规定结案。"
    groups = []
    for case in heard(district, waiting).values():
        moves = [_unreached(district, case, appeal) for appeal in case.unheard]
        groups.append([*moves, _close(district, case, note)])
    return _take(groups, now)


def supervise_unhappy(district: int, case_ids: Sequence[int], now: datetime) -> int:
    """Put under supervision what its callers were unhappy with for a second time; how many."""
    by = system(district, _NAME)
    unhappy = [
        case
        for case in heard(district, case_ids).values()
        if case.unhappy >= MOST_UNHAPPY and case.state in OPEN_STATES
    ]
    facts = {"supervision": _TWICE}
    moves = [Move(case=(district, case.case_id), verb=Verb.SUPERVISE, by=by, facts=facts) for case in unhappy]
    return _take([[move] for move in moves], now)


def _is_content(case: Heard) -> bool:
    return case.state == State.CHECKED and case.all_solved


def _close(district: int, case: Heard, note: str) -> Move:
    facts = {"note": note} if note else {}
    return Move(case=(district, case.case_id), verb=Verb.CLOSE, by=system(district, _NAME), facts=facts)


def _unreached(district: int, case: Heard, appeal: int) -> Move:
    return Move(
        case=(district, case.case_id), verb=Verb.FOLLOW_UP, outcome=Outcome.UNREACHED, by=system(district, _NAME),
        facts={"appeal": appeal, "way": "link"},
    )  # fmt: skip


def _take(groups: Sequence[Sequence[Move]], now: datetime) -> int:
    """All in one go; where one of them cannot be, each group for itself, and those that cannot are passed over."""
    if not groups:
        return 0
    try:
        with transaction.atomic():
            advance_many([move for group in groups for move in group], now)
        return len(groups)
    except HuyingError:
        return sum(_take_alone(group, now) for group in groups)


def _take_alone(group: Sequence[Move], now: datetime) -> bool:
    try:
        with transaction.atomic():
            advance_many(group, now)
    except HuyingError as error:
        # Somebody acted first, or a demand already waits for its reply: the rule has nothing more to say.
        _log.info("case %s is left as it is: %r", group[0].case, error)
        return False
    return True
