"""上个月会怎样: what an edition would have meant for past cases, each count open to the cases, before it goes live."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.replay import MOST, replay_for
from huying.catalogue import queries
from huying.catalogue.rules.what_if import Effect, Replayed, Stage
from huying.kernel.numbers import case_number
from huying.people.queries import unit_names
from huying.places.queries import area_name
from huying.web.admin.catalogue.table import about
from huying.web.case.lists.lines import query_with
from huying.web.guard import StaffRequest, guarded
from huying.worktime import Limit

_MONTHS: Final = 6
_YEARS: Final = range(2000, 2200)
_ROWS: Final = 300
_CASES: Final = 200


def _any(one: Replayed) -> bool:
    return True


_LATE: Final[Mapping[str, Callable[[Replayed], bool]]] = {
    "before": lambda one: one.late_before,
    "after": lambda one: one.late_after,
    "any": _any,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What narrows the orders: an effect, a unit, an item, a stage, the limits or the units before and after; None or
    "" narrows nothing."""

    effect: Effect | None
    body: int | None
    item: str
    stage: Stage | None
    late: str
    limits: str
    units: str

    def holds(self, one: Replayed) -> bool:
        """Whether an order's stage is among what was asked for."""
        clock = one.clock
        return (
            (self.effect is None or self.effect in one.effects)
            and (self.body is None or clock.body_id == self.body)
            and (not self.item or clock.item == self.item)
            and (self.stage is None or clock.stage is self.stage)
            and (not self.limits or self.limits == _limits(one))
            and (not self.units or self.units == _units(one))
            and _LATE.get(self.late, _any)(one)
        )

    def __bool__(self) -> bool:
        return any((self.effect, self.body, self.item, self.stage, self.late, self.limits, self.units))


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest, number: int) -> HttpResponse:
    """A month under this edition: totals, by unit, item and stage, and the cases behind any number."""
    info = queries.edition_for(request.actor, number)
    month, months = _month(request)
    first, last = _midnight(month), _midnight(_next(month))
    reckoned = replay_for(request.actor, number, first, last, request.now)
    rows = reckoned.rows
    names = _Names(request, number)
    asked = _asked(request.GET)
    context: dict[str, Any] = {
        **about(request, info),
        "month": month,
        "reckoned": reckoned.at,
        "months": months,
        "orders": len({(one.clock.case_id, one.clock.body_id) for one in rows}),
        "cases": len({one.clock.case_id for one in rows}),
        "full": len(rows) >= MOST,
        "late": (
            _cases(one for one in rows if one.late_before),
            _cases(one for one in rows if one.late_after),
        ),
        "hrefs": {late: query_with(request.GET, late=late, effect="") for late in _LATE},
        "effects": [_effect(request, rows, effect) for effect in Effect],
        "asked": asked,
        "asked_words": _asked_words(asked, names),
        "clear": query_with(request.GET, effect="", body="", item="", stage="", late="", limits="", units=""),
        "may_read": request.actor.may(P.CASE_READ),
    }
    if asked:
        context |= _behind(request, [one for one in rows if asked.holds(one)], names)
    else:
        context |= {"groups": _groups(request, rows, names), "moves": _moves(request, rows, names)}
    return render(request, "catalogue/what_if.html", context)


class _Names:
    """Words for units, items and limits, each asked for once."""

    def __init__(self, request: StaffRequest, number: int) -> None:
        district = request.actor.district
        self.district = district
        self.units = unit_names(district)
        live = queries.live_list(district).held.items
        own = {line.code: line.name for line in queries.content_for(request.actor, number).items}
        self.items: Mapping[str, str] = {**{code: line.name for code, line in live.items()}, **own}

    def body(self, body_id: int | None) -> str:
        return self.units.get(body_id, str(body_id)) if body_id is not None else _("没有单位承担")

    def item(self, code: str) -> str:
        return self.items.get(code, code) or _("没有事项")


def _effect(request: StaffRequest, rows: Sequence[Replayed], effect: Effect) -> dict[str, Any]:
    return {
        "value": effect.value,
        "words": _(effect.zh),
        "count": _cases(one for one in rows if effect in one.effects),
        "href": query_with(request.GET, effect=effect.value, late=""),
        "chosen": request.GET.get("effect") == effect.value,
    }


def _groups(request: StaffRequest, rows: Sequence[Replayed], names: _Names) -> dict[str, Any]:
    """By unit, item and stage, those alone of which something would have been otherwise; worst first."""
    found: dict[tuple[int, str, Stage, str], list[Replayed]] = {}
    for one in rows:
        clock = one.clock
        if one.limit != clock.limit:
            found.setdefault((clock.body_id, clock.item, clock.stage, _limits(one)), []).append(one)

    def line(key: tuple[int, str, Stage, str], group: Sequence[Replayed]) -> dict[str, Any]:
        body_id, item, stage, limits = key
        where = {"body": str(body_id), "item": item, "stage": stage.value, "limits": limits}
        counted = {
            effect.value: (_cases(one for one in group if effect in one.effects), query_with(
                request.GET, **where, effect=effect.value))
            for effect in (Effect.NEWLY_LATE, Effect.NO_LONGER_LATE)
        }  # fmt: skip
        return {
            "body": names.body(body_id),
            "code": item,
            "item": names.item(item),
            "stage": _(stage.zh),
            "before": limit_words(group[0].clock.limit),
            "after": limit_words(group[0].limit),
            "cases": _cases(group),
            "href": query_with(request.GET, **where),
            "late_hrefs": [query_with(request.GET, **where, late=late) for late in ("before", "after")],
            "late": (
                _cases(one for one in group if one.late_before),
                _cases(one for one in group if one.late_after),
            ),
            **counted,
        }

    lines = [line(key, group) for key, group in found.items()]
    lines.sort(
        key=lambda each: (-each["newly_late"][0], -each["no_longer_late"][0], -each["cases"], each["body"])
    )
    return {"lines": lines[:_ROWS], "more": max(0, len(lines) - _ROWS)}


def _moves(request: StaffRequest, rows: Sequence[Replayed], names: _Names) -> list[dict[str, Any]]:
    """By item, which cases the list would have sent to another unit."""
    found: dict[tuple[str, int | None, int | None], list[Replayed]] = {}
    for one in rows:
        if Effect.MOVED in one.effects:
            found.setdefault((one.clock.item, *one.body), []).append(one)
    moves = [
        {
            "code": item,
            "item": names.item(item),
            "before": names.body(before),
            "after": names.body(after),
            "cases": _cases(group),
            "href": query_with(request.GET, item=item, effect=Effect.MOVED.value, units=_units(group[0])),
        }
        for (item, before, after), group in found.items()
    ]
    moves.sort(key=lambda each: (-int(str(each["cases"])), str(each["item"])))
    return moves[:_ROWS]


def _behind(request: StaffRequest, rows: Sequence[Replayed], names: _Names) -> dict[str, Any]:
    """The cases behind a number, newest first."""
    district = request.actor.district
    shown = [
        {
            "number": case_number(district, one.clock.case_id),
            "item": names.item(one.clock.item),
            "area": area_name(district, one.clock.area) if one.clock.area else "",
            "body": names.body(one.clock.body_id),
            "stage": _(one.clock.stage.zh),
            "limits": (limit_words(one.clock.limit), limit_words(one.limit)),
            "started": one.clock.started,
            "ended": one.clock.ended,
            "due": (one.clock.due, one.due),
            "moved": tuple(map(names.body, one.body)) if Effect.MOVED in one.effects else None,
            "effects": [_(effect.zh) for effect in Effect if effect in one.effects],
        }
        for one in rows[:_CASES]
    ]
    return {"shown": shown, "behind": _cases(rows), "stages": len(rows), "most": _CASES}


def _asked(query: QueryDict) -> Asked:
    effect, stage, body = (query.get(name, "") for name in ("effect", "stage", "body"))
    return Asked(
        Effect(effect) if effect in set(Effect) else None,
        int(body) if body.isascii() and body.isdigit() and len(body) < 18 else None,
        query.get("item", "")[:32],
        Stage(stage) if stage in set(Stage) else None,
        late if (late := query.get("late", "")) in _LATE else "",
        query.get("limits", "")[:40],
        query.get("units", "")[:40],
    )


def _asked_words(asked: Asked, names: _Names) -> list[str]:
    said: list[tuple[Any, Callable[[], str]]] = [
        (asked.effect, lambda: _(asked.effect.zh) if asked.effect else ""),
        (asked.body, lambda: names.body(asked.body)),
        (asked.item, lambda: names.item(asked.item)),
        (asked.stage, lambda: _(asked.stage.zh) if asked.stage else ""),
        (
            asked.late,
            lambda: {"before": _("实际超时"), "after": _("按这一版超时")}.get(asked.late, _("全部")),
        ),
    ]
    return [words() for held, words in said if held]


def _limits(one: Replayed) -> str:
    """What was and what would be, as an address says it."""
    return f"{one.clock.limit.code}-{one.limit.code}"


def _units(one: Replayed) -> str:
    """Whose it was and whose it would be, as an address says it; 0 for nobody's."""
    return "-".join(str(body_id or 0) for body_id in one.body)


def limit_words(limit: Limit) -> str:
    """A limit in the reader's language."""
    return limit.en if get_language() == "en" else limit.zh


def _cases(rows: Iterable[Replayed]) -> int:
    return len({one.clock.case_id for one in rows})


def _month(request: StaffRequest) -> tuple[date, list[tuple[str, bool]]]:
    """The month asked for, else the last whole one; and the months to choose from with whether each is chosen."""
    known = [timezone.localdate(request.now).replace(day=1)]
    for _step in range(_MONTHS):
        known.append((known[-1] - timedelta(days=1)).replace(day=1))
    try:
        chosen = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        chosen = known[1]
    if chosen.year not in _YEARS:
        chosen = known[1]
    shown = sorted({*known, chosen}, reverse=True)
    return chosen, [(f"{one:%Y-%m}", one == chosen) for one in shown]


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
