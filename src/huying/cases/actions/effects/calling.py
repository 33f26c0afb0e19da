"""Calling bodies to the spot, their answers and arrivals, and what both sides say of it (R207)."""

from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.effects.orders import new_order
from huying.cases.actions.timekeeping import start_clocks
from huying.cases.lifecycle import ClockKind, OrderRole, OrderState
from huying.cases.models import Call, Called, CallRating, Side
from huying.cases.policy.scope import from_where
from huying.catalogue.queries.situations import situation
from huying.geo.measure import distance
from huying.kernel.errors import Conflict, Invalid


def call(doing: Doing) -> None:
    """Call bodies to the spot; while a call is under way, further ones join it. Nobody is called twice at once."""
    matter, case = doing.matter, doing.matter.case
    called = [order.body_id for order in matter.active_orders if order.role == OrderRole.CALLED]
    fresh = [body_id for body_id in doing.facts["called"] if body_id not in called]
    if not fresh:
        raise Conflict("这些单位已经在呼叫中。")
    under_way = matter.open_call or _begin(doing)
    if doing.facts.get("fallback"):
        under_way.fallback_body_id = doing.facts["fallback"]
        doing.work.change(under_way)
    started = doing.moved.setdefault("started", [])
    for body_id in fresh:
        order = new_order(doing, body_id, OrderRole.CALLED)
        row = Called(
            district=case.district, id=order.id, call_id=under_way.id, case_id=case.id, body_id=body_id,
            called_at=doing.work.now,
        )  # fmt: skip
        matter.called.append(row)
        doing.work.add(row)
        started += start_clocks(doing.work, matter, {ClockKind.CALL}, order)
    doing.facts["called"] = fresh
    doing.moved["call"] = under_way.id


def _begin(doing: Doing) -> Call:
    case = doing.matter.case
    code = doing.facts.get("situation", "")
    if code and situation(case.district, code) is None:
        raise Invalid(fields={"situation": "没有这个启动情形。"})
    row = Call(
        district=case.district, id=rows.new_ids(1)[0], case_id=case.id,
        area=from_where(doing.move.by, doing.step.permission, case), situation=code,
        fallback_body_id=doing.facts.get("fallback"), called_at=doing.work.now, called_by=doing.account_id,
        called_seq=case.length + 1,
    )  # fmt: skip
    doing.matter.calls.append(row)
    doing.work.add(row)
    return row


def answer(doing: Doing) -> None:
    """The body says that it comes."""
    _signed(doing, again="本单位已经应答。")


def arrive(doing: Doing) -> None:
    """The body stands there. Of its position only the distance to the case's place is kept."""
    row = _row(doing)
    if row.arrived_at is not None:
        raise Conflict("本单位已经报到。")
    _signed(doing, again="")
    row.arrived_at, row.arrived_by = doing.work.now, doing.account_id
    row.arrived_seq = doing.matter.case.length + 1
    lon, lat = doing.facts.pop("lon", None), doing.facts.pop("lat", None)
    case = doing.matter.case
    if lon is not None and lat is not None and case.lon is not None and case.lat is not None:
        row.metres = round(distance(lon, lat, case.lon, case.lat))
        doing.moved["metres"] = row.metres
    doing.work.change(row)


def _signed(doing: Doing, again: str) -> None:
    order = doing.order
    if order is None or order.role != OrderRole.CALLED:
        raise Conflict("没有呼叫本单位。")
    if order.state == OrderState.SENT:
        order.state, order.signed_at, order.signed_by = (
            OrderState.SIGNED.value,
            doing.work.now,
            doing.account_id,
        )
        doing.work.change(order)
    elif again:
        raise Conflict(again)


def _row(doing: Doing) -> Called:
    found = next((row for row in doing.matter.called if doing.order and row.id == doing.order.id), None)
    if found is None:
        raise Conflict("没有呼叫本单位。")
    return found


def end_calls(doing: Doing) -> None:
    """The call is over: by whoever called, or because the case ended. Who never answered stays so."""
    for row in doing.matter.calls:
        if row.ended_at is None:
            row.ended_at, row.ended_by = doing.work.now, doing.account_id
            row.ended_seq = doing.matter.case.length + 1
            doing.work.change(row)


def rate_called(doing: Doing) -> None:
    """Whoever called says how a body came and what it did."""
    _rate(doing, Side.CALLER)


def rate_caller(doing: Doing) -> None:
    """A body that was called says whether the call was needed and well made."""
    _rate(doing, Side.CALLED)


def _rate(doing: Doing, side: Side) -> None:
    row, case = _row(doing), doing.matter.case
    if not 1 <= doing.facts["stars"] <= 5:
        raise Invalid(fields={"stars": "请选一到五星。"})
    rating = CallRating(
        district=case.district, order_id=row.id, side=side.value, call_id=row.call_id, case_id=case.id,
        stars=doing.facts["stars"], at=doing.work.now, by=doing.account_id, seq=case.length + 1,
    )  # fmt: skip
    doing.matter.call_ratings.append(rating)
    doing.work.add(rating)
