"""上个月会怎样: what an edition would have meant for a month's cases, before it goes live."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as
from huying.api.v1.asking import today
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.setup.editions import edition_known
from huying.cases.queries.desks.replay import MOST, Reckoned, replay_for
from huying.catalogue.rules.what_if import Effect, Replayed, Stage
from huying.kernel.numbers import case_number

router = Router(tags=["职责清单"])
_MONTH = Field(
    "", pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$", description="哪个月；空为上个月", examples=["2026-02"]
)


class Month(Schema):
    """Which month."""

    month: str = _MONTH


class Behind(Turn):
    """Which of the orders' stages."""

    month: str = _MONTH
    effect: Annotated[Effect, listed_as(Effect)] | None = Field(None, description="哪种不同")
    body: int | None = Field(None, ge=1, lt=2**63, description="哪个单位")
    item: str = Field("", max_length=32, description="哪个事项")
    stage: Annotated[Stage, listed_as(Stage)] | None = Field(None, description="哪个阶段")


class Effected(Schema):
    """How many cases it would have been otherwise for."""

    effect: str = Field(examples=["newly_late"])
    name: str = Field(examples=["新增超时"])
    cases: int


class WhatIf(Schema):
    """A month under an edition."""

    first: date
    last: date
    reckoned_at: datetime
    cases: int
    orders: int
    late_before: int = Field(description="实际超时几件")
    late_after: int = Field(description="按这一版超时几件")
    full: bool = Field(description="太多，只算了一部分")
    effects: list[Effected]


class Otherwise(Schema):
    """A stage of an order beside what it would have been; limits in the words of the list."""

    case: str
    item: str
    area: str
    body: int
    stage: str = Field(examples=["handle"])
    limit: str = Field(description="实际时限", examples=["15 个工作日"])
    limit_after: str = Field(description="按这一版", examples=["5 个工作日"])
    started: datetime
    ended: datetime | None
    due: datetime
    due_after: datetime
    late_before: bool
    late_after: bool
    led_by: int | None = Field(description="按现行清单归哪个单位")
    led_by_after: int | None = Field(description="按这一版归哪个单位")
    effects: list[str] = Field(examples=[["newly_late"]])


@router.get("/editions/{number}/what-if", response=WhatIf, summary="清单试算")
def reckoned(request: AskedRequest, number: int, asked: Annotated[Month, Query()]) -> dict[str, Any]:
    """What the edition would have meant for the orders of cases opened in a month."""
    first, last, held = _held(request, number, asked.month)
    rows = held.rows
    return {
        "first": first, "last": last, "reckoned_at": held.at, "cases": _cases(rows),
        "orders": len({(one.clock.case_id, one.clock.body_id) for one in rows}),
        "late_before": _cases(one for one in rows if one.late_before),
        "late_after": _cases(one for one in rows if one.late_after), "full": len(rows) >= MOST,
        "effects": [
            {"effect": one.value, "name": one.zh, "cases": _cases(row for row in rows if one in row.effects)}
            for one in Effect
        ],
    }  # fmt: skip


@router.get(
    "/editions/{number}/what-if/orders", response=page_of("orders", Otherwise), summary="清单试算的明细"
)
def behind(request: AskedRequest, number: int, asked: Annotated[Behind, Query()]) -> dict[str, Any]:
    """The stages of orders behind the numbers, those alone for which something would have been otherwise."""
    _first, _last, held = _held(request, number, asked.month)
    found = [one for one in held.rows if _fits(one, asked)]
    rows, after = cut(
        found, asked, lambda one: f"{one.clock.case_id}.{one.clock.body_id}.{one.clock.stage.value}"
    )
    return {"orders": [_told(request, one) for one in rows], "after": after}


def _held(request: AskedRequest, number: int, month: str) -> tuple[date, date, Reckoned]:
    must(request.actor, Permission.CATALOGUE_EDIT)
    edition_known(request, number)
    before = today(request).replace(day=1) - timedelta(days=1)
    first = date.fromisoformat(f"{month}-01") if month else before.replace(day=1)
    next_ = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    held = replay_for(request.actor, number, _midnight(first), _midnight(next_), request.now)
    return first, next_ - timedelta(days=1), held


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _fits(one: Replayed, asked: Behind) -> bool:
    effects, clock = one.effects, one.clock
    return (
        bool(effects)
        and asked.effect in {None, *effects}
        and asked.body in {None, clock.body_id}
        and asked.item in {"", clock.item}
        and asked.stage in {None, clock.stage}
    )


def _told(request: AskedRequest, one: Replayed) -> dict[str, Any]:
    clock, body = one.clock, one.body
    return {
        "case": case_number(request.actor.district, clock.case_id), "item": clock.item, "area": clock.area,
        "body": clock.body_id, "stage": clock.stage.value, "limit": clock.limit.zh,
        "limit_after": one.limit.zh, "started": clock.started, "ended": clock.ended, "due": clock.due,
        "due_after": one.due, "late_before": one.late_before, "late_after": one.late_after, "led_by": body[0],
        "led_by_after": body[1], "effects": sorted(effect.value for effect in one.effects),
    }  # fmt: skip


def _cases(rows: Iterable[Replayed]) -> int:
    return len({one.clock.case_id for one in rows})
