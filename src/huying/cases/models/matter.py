from dataclasses import dataclass, field

from huying.cases.lifecycle import ClockKind
from huying.cases.models.appeal import CaseAppeal
from huying.cases.models.call import Call, Called, CallRating
from huying.cases.models.case import Case, Order
from huying.cases.models.clock import Clock
from huying.cases.models.discipline import Delay, Dispute, Supervision
from huying.cases.models.promise import Promise
from huying.cases.models.rating import Rating


@dataclass(slots=True)
class Matter:
    """One case with everything that hangs on it now: orders, running clocks, appeals, open discipline.

    ``workers`` are the (account, key) pairs that took a step of its work; None until somebody asks.
    """

    case: Case
    orders: list[Order] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    links: list[CaseAppeal] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)
    call_ratings: list[CallRating] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    workers: frozenset[tuple[int | None, int | None]] | None = None

    @property
    def active_orders(self) -> list[Order]:
        return [order for order in self.orders if order.ended_at is None]

    @property
    def handling_orders(self) -> list[Order]:
        """The active orders of bodies that lead or assist, without those that are only called to the spot."""
        return [order for order in self.active_orders if order.role != "called"]

    @property
    def bodies_here(self) -> set[int]:
        """The bodies that have, or had to the end, a part in the case; one whose orders were all taken back has none."""
        return {order.body_id for order in self.orders if order.state != "recalled"}

    @property
    def is_called(self) -> bool:
        """Whether bodies are being called to the spot now."""
        return any(order.role == "called" for order in self.active_orders)

    @property
    def open_call(self) -> Call | None:
        """The call that is under way; a case has one at a time."""
        return next((call for call in self.calls if call.ended_at is None), None)

    @property
    def open_demand(self) -> Supervision | None:
        """The demand that waits for an answer; what was left open when the case ended waits no more."""
        if self.running(ClockKind.SUPERVISION) is None:
            return None
        return next((row for row in self.supervisions[-1:] if row.is_open), None)

    @property
    def lead(self) -> Order | None:
        return next((order for order in self.active_orders if order.role == "lead"), None)

    @property
    def active_appeals(self) -> list[int]:
        return [link.appeal_id for link in self.links if link.until is None]

    def running(self, kind: ClockKind, order_id: int | None = None) -> Clock | None:
        """The running clock of this kind; for clocks of orders, that of the order."""
        for clock in self.clocks:
            ours = not kind.of_order or order_id is None or clock.order_id == order_id
            if ours and clock.kind == kind and clock.stopped_at is None:
                return clock
        return None
