"""Limits (时限) of the stages a matter passes, and which of them holds for one matter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from huying.catalogue.rules.kinds import AppealKind
from huying.worktime.units import Limit, Unit


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each stage may take.

    ``sign`` 签收, ``contact`` 首次联系, ``handle`` 处置, all from the moment the order is sent;
    ``verify`` 核实 before filing, ``check`` 核查 after handling, ``follow_up`` 回访 after handling.
    """

    sign: Limit
    contact: Limit
    handle: Limit
    verify: Limit
    check: Limit
    follow_up: Limit


STAGES: Final = {
    "sign": "签收",
    "contact": "首次联系",
    "handle": "处置",
    "verify": "核实",
    "check": "核查",
    "follow_up": "回访",
}


def _usual(handle: Limit) -> Limits:
    return Limits(
        sign=Limit(2, Unit.WORK_HOUR),
        contact=Limit(24, Unit.URGENT_HOUR),
        handle=handle,
        verify=Limit(24, Unit.URGENT_HOUR),
        check=Limit(2, Unit.WORK_HOUR),
        follow_up=Limit(3, Unit.WORK_DAY),
    )


# Working days by kind follow Guangdong's hotline rules; contact in 24 hours follows Shenzhen's; 核实 24 hours
# and 核查 2 hours are the field's defaults. An edition carries its own and may change every one of them.
DEFAULTS: Final[Mapping[AppealKind, Limits]] = {
    AppealKind.INQUIRY: _usual(Limit(2, Unit.WORK_DAY)),
    AppealKind.HELP: _usual(Limit(10, Unit.WORK_DAY)),
    AppealKind.COMPLAINT: _usual(Limit(15, Unit.WORK_DAY)),
    AppealKind.REPORT: _usual(Limit(15, Unit.WORK_DAY)),
    AppealKind.SUGGESTION: _usual(Limit(10, Unit.WORK_DAY)),
    AppealKind.THANKS: _usual(Limit(5, Unit.WORK_DAY)),
    AppealKind.OTHER: _usual(Limit(10, Unit.WORK_DAY)),
}

# What must be dealt with in hours by day and night cannot wait for the office to open to be signed for.
URGENT_SIGN: Final = Limit(1, Unit.URGENT_HOUR)
URGENT_CHECK: Final = Limit(2, Unit.URGENT_HOUR)

_BY_CONDITION: Final = frozenset({AppealKind.HELP, AppealKind.COMPLAINT, AppealKind.REPORT, AppealKind.OTHER})


def takes_usual_condition(kind: AppealKind | None) -> bool:
    """Whether a matter of this kind, its condition not chosen yet, runs on its item's usual condition.

    A question or a suggestion about a burst main is still a question: it keeps the limit of its kind.
    """
    return kind is None or kind in _BY_CONDITION


def resolve(base: Limits, sign: Limit | None, contact: Limit | None, handle: Limit | None) -> Limits:
    """The limits of one matter: its condition's where given, else those of its kind (``base``).

    A condition handled in urgent hours is also signed for, contacted and checked in urgent hours,
    unless it says otherwise itself.
    """
    if handle is None:
        return replace(base, sign=sign or base.sign, contact=contact or base.contact)
    urgent = handle.unit is Unit.URGENT_HOUR
    return replace(
        base,
        sign=sign or (URGENT_SIGN if urgent else base.sign),
        contact=contact or (URGENT_SIGN if urgent else base.contact),
        handle=handle,
        check=URGENT_CHECK if urgent else base.check,
    )
