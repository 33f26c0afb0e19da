"""What a case adds to the gauges while it stands as it does."""

from typing import Final

from huying.cases.lifecycle import OPEN_STATES, ClockKind, Level, State
from huying.kernel.terms import Term
from huying.loop.supervise.rules.cuts import Cell, Place, cells
from huying.loop.supervise.rules.standing import OF_ORDER, Standing


class Gauge(Term):
    """One number of how things stand now. The value is also the column's name."""

    OPEN = "open", "在办"
    LATE = "late", "有超时"
    SUSPENDED = "suspended", "挂账中"
    SUPERVISED = "supervised", "督办中"
    DISPUTED = "disputed", "待裁定"
    DELAYED = "delayed", "延期、挂账待批"
    IN_RECEIVED = "in_received", State.RECEIVED.zh
    IN_FILED = "in_filed", State.FILED.zh
    IN_DISPATCHED = "in_dispatched", State.DISPATCHED.zh
    IN_HANDLING = "in_handling", State.HANDLING.zh
    IN_REPORTED = "in_reported", State.REPORTED.zh
    IN_CHECKED = "in_checked", State.CHECKED.zh
    AT_GRID = "at_grid", Level.GRID.zh
    AT_COMMUNITY = "at_community", Level.COMMUNITY.zh
    AT_STREET = "at_street", Level.STREET.zh
    AT_DISTRICT = "at_district", Level.DISTRICT.zh
    LATE_ACCEPT = "late_accept", ClockKind.ACCEPT.zh
    LATE_DISPATCH = "late_dispatch", ClockKind.DISPATCH.zh
    LATE_SIGN = "late_sign", ClockKind.SIGN.zh
    LATE_CONTACT = "late_contact", ClockKind.CONTACT.zh
    LATE_HANDLE = "late_handle", ClockKind.HANDLE.zh
    LATE_CHECK = "late_check", ClockKind.CHECK.zh
    LATE_FOLLOW_UP = "late_follow_up", ClockKind.FOLLOW_UP.zh
    LATE_RULING = "late_ruling", ClockKind.RULING.zh
    LATE_SUPERVISION = "late_supervision", ClockKind.SUPERVISION.zh
    LATE_CALL = "late_call", ClockKind.CALL.zh


_STATES: Final = {state.value: Gauge(f"in_{state.value}").value for state in OPEN_STATES}
_LEVELS: Final = {level.value: Gauge(f"at_{level.value}").value for level in Level}
_LATE: Final = {kind.value: Gauge(f"late_{kind.value}").value for kind in ClockKind if not kind.to_a_date}
_OPEN: Final[str] = Gauge.OPEN.value
_SUSPENDED: Final[str] = Gauge.SUSPENDED.value
_SUPERVISED: Final[str] = Gauge.SUPERVISED.value
_DISPUTED: Final[str] = Gauge.DISPUTED.value
_DELAYED: Final[str] = Gauge.DELAYED.value
_ANY_LATE: Final[str] = Gauge.LATE.value
_SUPERVISION: Final = (ClockKind.SUPERVISION.value, 0)

Counts = dict[tuple[Place, str], int]
"""How many, by place and by the column of the gauge."""


def contribution(standing: Standing) -> Counts:
    """What one case counts for, and where: clocks of orders under their own body, the rest under the lead's."""
    if not standing.is_open:
        return {}
    here = standing.place
    counts = {(here, _OPEN): 1, (here, _STATES[standing.state]): 1, (here, _LEVELS[standing.level]): 1}
    if standing.suspended:
        counts[here, _SUSPENDED] = 1
    if _SUPERVISION in standing.clocks:
        counts[here, _SUPERVISED] = 1
    if standing.disputes:
        # The case waits once, however many of its bodies object.
        counts[here, _DISPUTED] = 1
    if standing.delay is not None:
        counts[here, _DELAYED] = 1
    for (kind, body), clock in standing.clocks.items():
        if clock.late and kind in _LATE:
            counts[here, _ANY_LATE] = 1
            whose = here._replace(body=body) if kind in OF_ORDER else here
            counts[whose, _LATE[kind]] = counts.get((whose, _LATE[kind]), 0) + 1
    return counts


def add_change(moved: Counts, before: Standing, now: Standing) -> None:
    """Add to ``moved`` what the gauges change by when a case comes to stand otherwise."""
    for key, count in contribution(now).items():
        moved[key] = moved.get(key, 0) + count
    for key, count in contribution(before).items():
        moved[key] = moved.get(key, 0) - count


def in_cells(counts: Counts) -> dict[Cell, dict[str, int]]:
    """The same counts in every row of every cut; zeros are left out."""
    found: dict[Cell, dict[str, int]] = {}
    for (where, gauge), count in counts.items():
        if count:
            for cell in cells(where):
                row = found.setdefault(cell, {})
                row[gauge] = row.get(gauge, 0) + count
    return found
