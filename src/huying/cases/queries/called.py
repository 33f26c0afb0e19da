"""Calls to the spot and promises as the page of a case shows them (R207, R303)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.cases.models import PromiseKind, PromiseState, Side
from huying.cases.queries.whole import Whole
from huying.cases.rules.calling import on_spot


@dataclass(frozen=True, slots=True)
class CalledView:
    """One called body: when it answered and stood there, and what each side said of the other (1 to 5 stars).

    ``on_spot`` is None where no position was told; ``metres`` is the distance to the case's place.
    """

    order_id: int
    body_id: int
    body_name: str
    called_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    arrived_at: datetime | None
    metres: int | None
    on_spot: bool | None
    late: bool
    stars: int | None
    stars_back: int | None


@dataclass(frozen=True, slots=True)
class CallView:
    """One call with all it called."""

    id: int
    area: str
    situation: str
    called_at: datetime
    ended_at: datetime | None
    demand: str
    spot: str
    called: Sequence[CalledView]

    @property
    def answered(self) -> int:
        return sum(1 for one in self.called if one.answered_at is not None)

    @property
    def arrived(self) -> int:
        return sum(1 for one in self.called if one.arrived_at is not None)


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promise, or one part of a consultation, with what was promised."""

    id: int
    kind: PromiseKind
    state: PromiseState
    body_id: int
    body_name: str
    words: str
    proviso: str
    season: str
    until: datetime
    made_at: datetime
    kept_at: datetime | None
    broken_at: datetime | None


def calls_of(found: Whole, names: Mapping[int, str], now: datetime) -> list[CallView]:
    """The calls of a case, the newest first."""
    texts = _texts(found)
    return [
        CallView(
            id=call.id, area=call.area, situation=call.situation, called_at=call.called_at, ended_at=call.ended_at,
            demand=texts.get((call.called_seq, "demand"), ""), spot=texts.get((call.called_seq, "spot"), ""),
            called=_called_of(found, call.id, names, now),
        )
        for call in reversed(found.calls)
    ]  # fmt: skip


def _called_of(found: Whole, call_id: int, names: Mapping[int, str], now: datetime) -> list[CalledView]:
    orders = {order.id: order for order in found.orders}
    clocks = {clock.order_id: clock for clock in found.clocks if clock.kind == "call"}
    stars = {(row.order_id, row.side): row.stars for row in found.call_ratings}
    views = []
    for row in found.called:
        if row.call_id != call_id:
            continue
        order, clock = orders[row.id], clocks.get(row.id)
        until = (order.signed_at or order.ended_at or now) if clock else now
        views.append(
            CalledView(
                order_id=row.id, body_id=row.body_id, body_name=names.get(row.body_id, ""), called_at=row.called_at,
                due_at=clock.due_at if clock else None, answered_at=order.signed_at, arrived_at=row.arrived_at,
                metres=row.metres, on_spot=on_spot(row.metres), late=clock is not None and until > clock.due_at,
                stars=stars.get((row.id, Side.CALLER)), stars_back=stars.get((row.id, Side.CALLED)),
            )
        )  # fmt: skip
    return views


def promises_of(found: Whole, names: Mapping[int, str]) -> list[PromiseView]:
    """The promises of a case: what is still to be kept first, by its date."""
    texts = _texts(found)
    views = [
        PromiseView(
            id=row.id, kind=PromiseKind(row.kind), state=PromiseState(row.state), body_id=row.body_id,
            body_name=names.get(row.body_id, ""), words=texts.get((row.made_seq, PromiseKind(row.kind).said_as), ""),
            proviso=texts.get((row.made_seq, "proviso"), ""), season=row.season, until=row.until, made_at=row.made_at,
            kept_at=row.kept_at, broken_at=row.broken_at,
        )
        for row in found.promises
    ]  # fmt: skip
    return sorted(views, key=lambda view: (view.state is not PromiseState.OPEN, view.until))


def _texts(found: Whole) -> dict[tuple[int, str], str]:
    return {(row.seq, row.name): row.text for row in found.statements}
