"""The sections in their order, the title above them, and the numbers by which two reports are compared."""

from collections.abc import Sequence

from huying.figures.rules.measures import Measure as M
from huying.kernel.saying import Said, said
from huying.reports.rules.doc import Block, Name, Num, Paragraph
from huying.reports.rules.facts import Facts
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.writing.alarming import alarming, alarms
from huying.reports.rules.writing.asked import asked
from huying.reports.rules.writing.calling import calling
from huying.reports.rules.writing.handling import handling
from huying.reports.rules.writing.measures import (
    Measure,
    compared_note,
    doing_next,
    kept_before,
    next_measures,
)
from huying.reports.rules.writing.overall import measured, overall, received
from huying.reports.rules.writing.promising import promising
from huying.reports.rules.writing.repeating import all_times, repeating
from huying.reports.rules.writing.rising import rising

_COUNTED = (
    M.CLOSED, M.ANSWERED, M.HANDLE_IN_TIME, M.HANDLE_LATE, M.SIGN_LATE, M.CONTACT_LATE, M.VALID, M.SOLVED,
    M.UNSATISFIED, M.REWORK, M.REOPENED, M.CALLED, M.CALL_LATE, M.PROMISED, M.PROMISE_KEPT, M.PROMISE_BROKEN,
)  # fmt: skip


def title_of(kind: ReportKind, area_name: str) -> Said:
    """What a report is called."""
    return said("%(area)s民生诉求办理%(kind)s", area=Name(area_name), kind=kind.zh)


def written(facts: Facts) -> tuple[list[Block], list[Measure]]:
    """The sections of a report, and what it says is to be done."""
    measures = next_measures(facts)
    blocks: list[Block] = [
        *overall(facts), *asked(facts), *rising(facts), *handling(facts), *calling(facts), *promising(facts),
        *alarming(facts), *repeating(facts), *kept_before(facts),
        *doing_next(facts, measures), Paragraph([compared_note(facts)]),
    ]  # fmt: skip
    return blocks, measures


def key_numbers(facts: Facts) -> Sequence[tuple[str, str | Said, Num]]:
    """(code, what it is, number): what stands beside the same of another report."""
    return [
        ("received", M.RECEIVED.zh, received(facts)),
        *((one.value, one.zh, measured(facts, one)) for one in _COUNTED),
        ("again", said("反复诉求"), all_times(facts)),
        ("emergencies", said("应急"), alarms(facts)),
    ]
