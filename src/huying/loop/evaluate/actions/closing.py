"""Closing what every caller is content with, what nobody answered, and calling for a leader where they are not."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import system
from huying.cases.actions import Move, advance_many
from huying.cases.lifecycle import OPEN_STATES, FollowUpReason, Outcome, State, Verb
from huying.cases.queries.heard import Heard, heard, waiting_since
from huying.kernel.errors import HuyingError
from huying.loop.evaluate.actions.planning import go_on
from huying.loop.evaluate.models import Asking
from huying.loop.evaluate.queries.plans import plans_ever
from huying.loop.evaluate.queries.rule import rule_of
from huying.loop.evaluate.rules import MOST_REWORKS, MOST_UNHAPPY

_log = logging.getLogger(__name__)
_NAME: Final = "自动评价"
_MOST: Final = 200
_GIVEN_UP: Final = "按回访计划试过各种方式，未能联系上诉求人，按规定结案。"
_AGAIN: Final = "核查连续退回返工，请主办单位负责人直接过问，查明原因并回复。"
_TWICE: Final = "诉求人再次表示不满意，请主办单位负责人直接过问，查明原因并回复。"


def close_heard(district: int, case_ids: Sequence[int], now: datetime) -> int:
    """Close the cases that wait for follow-up and whose callers all say that it is solved; how many."""
    done = [case for case in heard(district, case_ids).values() if _is_content(case)]
    return _take([[_close(district, case, "")] for case in done], now)


def close_unanswered(district: int, now: datetime) -> int:
    """Close what nobody answered: what no plan asks about, after the days of the district's rule; what one asks about,
    after the last way of it. Each unheard caller is noted."""
    rule = rule_of(district)
    over = _let_go_on(district, now)
    asked = Asking.objects.filter(district=district, done_at__isnull=True).values_list("case_id", flat=True)
    waiting = waiting_since(district, now - timedelta(days=rule.days), without=list(asked))
    cases = heard(district, [*waiting, *over])
    groups = []
    for case_id, case in cases.items():
        note = _GIVEN_UP if case_id in over else f"满 {rule.days} 天未能联系上诉求人，按规定结案。"
        if case.state == State.CHECKED:
            lapsed = [_unreached(district, case, appeal) for appeal in case.unheard]
            groups.append([*lapsed, _close(district, case, note)])
    _forget(district, [each for each in over if each not in cases or cases[each].state != State.CHECKED], now)
    return _take(groups, now)


def _forget(district: int, gone: Sequence[int], now: datetime) -> None:
    """What went on while nobody followed is asked about no longer, so that it holds up nothing that is due."""
    open_ones = Asking.objects.filter(
        district=district, case_id__in=gone, answered=False, done_at__isnull=True
    )
    open_ones.update(done_at=now)


@transaction.atomic
def _let_go_on(district: int, now: datetime) -> frozenset[int]:
    """What is due goes on by the next way of its plan; the cases of which every way was gone, to be closed.

    A direct answer is closed already: it is asked about no longer.
    """
    due = Asking.objects.select_for_update(skip_locked=True).filter(
        district=district, done_at__isnull=True, due_at__lte=now
    )
    rows = list(due.order_by("due_at")[:_MOST])
    over = go_on(district, rows, plans_ever(district), now)
    ended = [row for row in over if row.answered]
    for row in ended:
        row.done_at = now
    Asking.objects.bulk_update(ended, ["done_at"])
    return frozenset(row.case_id for row in over if not row.answered)


def supervise_unhappy(district: int, case_ids: Sequence[int], now: datetime) -> int:
    """Put under supervision what its callers were unhappy with for a second time; how many."""
    unhappy = [case for case in heard(district, case_ids).values() if case.unhappy >= MOST_UNHAPPY]
    return _supervise(district, unhappy, _TWICE, now)


def supervise_reworked(district: int, case_ids: Sequence[int], now: datetime) -> int:
    """Put under supervision what was sent back by checks for a second time; how many."""
    again = [case for case in heard(district, case_ids).values() if case.reworks >= MOST_REWORKS]
    return _supervise(district, again, _AGAIN, now)


def _supervise(district: int, cases: Sequence[Heard], words: str, now: datetime) -> int:
    by, facts = system(district, _NAME), {"supervision": words}
    running = [case for case in cases if case.state in OPEN_STATES]
    moves = [Move(case=(district, case.case_id), verb=Verb.SUPERVISE, by=by, facts=facts) for case in running]
    return _take([[move] for move in moves], now)


def _is_content(case: Heard) -> bool:
    return case.state == State.CHECKED and case.all_solved


def _close(district: int, case: Heard, note: str) -> Move:
    facts = {"note": note} if note else {}
    return Move(case=(district, case.case_id), verb=Verb.CLOSE, by=system(district, _NAME), facts=facts)


def _unreached(district: int, case: Heard, appeal: int) -> Move:
    return Move(
        case=(district, case.case_id), verb=Verb.FOLLOW_UP, outcome=Outcome.UNREACHED, by=system(district, _NAME),
        facts={"appeal": appeal, "way": "link", "unreached_reason": FollowUpReason.LAPSED.value},
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
