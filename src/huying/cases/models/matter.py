from dataclasses import dataclass, field

from huying.cases.lifecycle import ClockKind
from huying.cases.models.appeal import CaseAppeal
from huying.cases.models.case import Case, Order
from huying.cases.models.clock import Clock
from huying.cases.models.discipline import Delay, Dispute, Supervision
from huying.cases.models.rating import Rating


@dataclass(slots=True)
class Matter:
    """One case with everything that hangs on it now: orders, running clocks, appeals, open discipline."""

    case: Case
    orders: list[Order] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    links: list[CaseAppeal] = field(default_factory=list)
    delays: list[Delay] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)

    @property
    def active_orders(self) -> list[Order]:
        return [order for order in self.orders if order.ended_at is None]

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
