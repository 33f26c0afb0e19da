"""Where a case and an order stand. Supervision, disputes and suspensions are rows beside it, not states."""

from typing import Final

from huying.kernel.terms import Term


class State(Term):
    """Where one matter stands."""

    RECEIVED = "received", "待受理"
    FILED = "filed", "待派单"
    DISPATCHED = "dispatched", "待签收"
    HANDLING = "handling", "处置中"
    REPORTED = "reported", "待核查"
    CHECKED = "checked", "待回访"
    CLOSED = "closed", "已结案"
    REJECTED = "rejected", "不予受理"
    MERGED = "merged", "已并案"
    WITHDRAWN = "withdrawn", "已撤回"


CLOSED_STATES: Final = frozenset({State.CLOSED, State.REJECTED, State.MERGED, State.WITHDRAWN})
OPEN_STATES: Final = frozenset(State) - CLOSED_STATES


class OrderState(Term):
    """Where one body's order stands."""

    SENT = "sent", "待签收"
    SIGNED = "signed", "处置中"
    REPORTED = "reported", "已反馈"
    ENDED = "ended", "已办结"
    RECALLED = "recalled", "已收回"


class OrderRole(Term):
    """What a body is on a case: one leads, any number assist (R302), any number are called to the spot (R207)."""

    LEAD = "lead", "主办"
    ASSIST = "assist", "协办"
    CALLED = "called", "应呼"


class Level(Term):
    """Which level has the matter now, and at the end: which level solved it (R205)."""

    GRID = "grid", "网格"
    COMMUNITY = "community", "社区"
    STREET = "street", "街道"
    DISTRICT = "district", "区"

    @property
    def above(self) -> "Level | None":
        """The next level up; None at the district, which cannot pass a matter on."""
        order = list(Level)
        place = order.index(self) + 1
        return order[place] if place < len(order) else None

    @property
    def below(self) -> "Level | None":
        """The next level down; None at the grid."""
        place = list(Level).index(self) - 1
        return list(Level)[place] if place >= 0 else None
