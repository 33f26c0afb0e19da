"""Promises and the parts of a consultation: made, kept, broken (R303, R207)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.timekeeping import start_to_a_date, stop_of_promise
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Order, Promise, PromiseKind, PromiseState
from huying.cases.queries.settings.timing import timing_of
from huying.cases.rules.promising import promised_until
from huying.kernel.digest import instant
from huying.kernel.errors import Conflict, Invalid, NotFound

_NOTED: Final = {
    PromiseKind.PROMISE: "promised",
    PromiseKind.PART: "assigned",
    PromiseKind.RECTIFICATION: "rectified",
}


def promise(doing: Doing) -> None:
    """A body gives the caller its word, with a reply or by itself; its clock runs on when the case is closed."""
    if doing.order is None:
        raise Conflict("本单位在这件案件上没有工单。")
    facts = doing.facts
    season = facts.get("season", "") if "promise_until" not in facts else ""
    zone = timing_of(doing.matter.case.district).calendar.zone
    until = promised_until(facts.get("promise_until"), season, facts.get("proviso", ""), doing.work.now, zone)
    _give(doing, doing.order, PromiseKind.PROMISE, until, season)


def assign(doing: Doing) -> None:
    """A body takes a part on at the consultation, until a date."""
    body_id = doing.facts["body"]
    order = next((each for each in doing.matter.active_orders if each.body_id == body_id), None)
    if order is None:
        raise Invalid(fields={"body": "这个单位没有被呼叫，也不在办这件案件。"})
    zone = timing_of(doing.matter.case.district).calendar.zone
    until = promised_until(doing.facts["promise_until"], "", "", doing.work.now, zone)
    doing.order = order
    _give(doing, order, PromiseKind.PART, until, "")


def rectify(doing: Doing, order: Order, day: datetime) -> int:
    """A body puts right what a leader spoke with it about, until a date; the number of its row."""
    zone = timing_of(doing.matter.case.district).calendar.zone
    until = promised_until(day, "", "", doing.work.now, zone)
    return _give(doing, order, PromiseKind.RECTIFICATION, until, "")


def _give(doing: Doing, order: Order, kind: PromiseKind, until: datetime, season: str) -> int:
    case = doing.matter.case
    row = Promise(
        district=case.district, id=rows.new_ids(1)[0], case_id=case.id, order_id=order.id, body_id=order.body_id,
        area=case.area, kind=kind.value, state=PromiseState.OPEN.value, until=until, season=season,
        made_at=doing.work.now, made_by=doing.account_id, made_seq=case.length + 1,
    )  # fmt: skip
    doing.matter.promises.append(row)
    doing.work.add(row)
    started = start_to_a_date(doing.work, doing.matter, ClockKind.PROMISE, until, row.body_id, row.id)
    doing.moved.setdefault("started", []).append(started)
    _note(doing, row)
    return row.id


def keep(doing: Doing) -> None:
    """The body reports that it did what it promised, in words for the caller or, of a part, for the office."""
    row = _meant(doing, {PromiseState.OPEN, PromiseState.BROKEN})
    wanted = "progress" if row.kind == PromiseKind.PROMISE else "result"
    if not doing.facts.get(wanted):
        raise Invalid(fields={wanted: "请写明做了什么。"})
    if row.kept_at is not None and row.broken_at is not None and row.kept_at > row.broken_at:
        raise Conflict("这项承诺已经报告兑现。")
    row.kept_at, row.kept_by = doing.work.now, doing.account_id
    row.kept_seq = doing.matter.case.length + 1
    if row.state == PromiseState.OPEN:
        row.state = PromiseState.KEPT.value
    _say(doing, row)


def break_(doing: Doing) -> None:
    """The date passed, or somebody found that it was not done. A part of a consultation reopens no case."""
    row = _meant(doing, {PromiseState.OPEN, PromiseState.KEPT})
    if row.kept_at is not None:
        doing.moved["kept_at"] = instant(row.kept_at)
    row.state = PromiseState.BROKEN.value
    row.broken_at, row.broken_by = doing.work.now, doing.account_id
    row.broken_seq = doing.matter.case.length + 1
    _say(doing, row)


def _meant(doing: Doing, states: set[PromiseState]) -> Promise:
    found = next((row for row in doing.matter.promises if row.id == doing.facts["pledge"]), None)
    if found is None:
        raise NotFound("没有找到这项承诺。")
    if found.state not in states:
        raise Conflict("这项承诺已经有结果。")
    return found


def _say(doing: Doing, row: Promise) -> None:
    doing.order = next((order for order in doing.matter.orders if order.id == row.order_id), doing.order)
    _note(doing, row)
    doing.work.change(row)


def _note(doing: Doing, row: Promise) -> None:
    """For whoever follows the ledger: a word given to callers, a part among offices, or what a leader demanded."""
    doing.moved[_NOTED[PromiseKind(row.kind)]] = [row.id, row.body_id, row.state]


def end_parts(doing: Doing) -> None:
    """A part ends with the case it was a part of, as what a leader demanded does; a promise does not."""
    _lapse(doing, [row for row in doing.matter.promises if row.kind != PromiseKind.PROMISE])


def end_promises_of_gone(doing: Doing) -> None:
    """A body that the case was taken from has nothing to do there any more, and cannot be held to its word."""
    here = doing.matter.bodies_here
    _lapse(doing, [row for row in doing.matter.promises if row.body_id not in here])


def _lapse(doing: Doing, rows: Iterable[Promise]) -> None:
    for row in rows:
        if row.state == PromiseState.OPEN:
            row.state = PromiseState.LAPSED.value
            doing.work.change(row)
            stopped = stop_of_promise(doing.work, doing.matter, row.id)
            doing.moved.setdefault("stopped", []).extend(stopped)


def lapse_promises(doing: Doing) -> None:
    """Nobody is left to whom the word was given: the last caller took the matter back."""
    _lapse(doing, doing.matter.promises)
