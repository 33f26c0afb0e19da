"""时限与规则: what a district sets for itself; what runs already keeps what it began with."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions.settings import drop_day, set_day, set_hours, set_ladder, set_limit
from huying.cases.clocks import RungAction, RungRule
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.desks.settings import settings_for
from huying.kernel.errors import Invalid
from huying.loop.allocate.actions import set_thresholds
from huying.loop.allocate.queries import thresholds
from huying.loop.allocate.rules.weighing import Thresholds
from huying.loop.evaluate.actions import set_rule
from huying.loop.evaluate.queries import rule_of
from huying.loop.evaluate.rules import FollowUpRule
from huying.places.queries import district
from huying.web.admin.doing import saved
from huying.web.guard import StaffRequest, guarded
from huying.worktime import DayKind, Limit

_RUNGS: Final = 6
_DAYS: Final = {DayKind.HOLIDAY: gettext_noop("放假"), DayKind.MAKE_UP: gettext_noop("上班")}


@guarded(P.CATALOGUE_EDIT)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Everything that may be set, as it holds now."""
    now = settings_for(request.actor)
    place = request.actor.district
    context = {
        "limits": now.limits,
        "ladders": [(kind, _rungs(now.ladders[kind])) for kind in ClockKind if kind in now.ladders],
        "actions": [(one.value, _(one.zh)) for one in RungAction],
        "sessions": "\n".join(f"{start}-{end}" for start, end in now.sessions),
        "hours_since": now.hours_since,
        "days": [(one, _(_DAYS.get(one.kind, one.kind.value))) for one in now.days],
        "day_kinds": [(kind.value, _(words)) for kind, words in _DAYS.items()],
        "today": timezone.localdate(request.now),
        "thresholds": _percents(thresholds(place)),
        "rule": rule_of(place),
    }
    return render(request, "admin/settings.html", context)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def put(request: StaffRequest, what: str) -> HttpResponse:
    """Set one thing; a refusal says what is wrong and changes nothing."""
    act = _ACTS.get(what)
    if act is None:
        return redirect("admin:settings")
    return saved(request, lambda: act(request, request.POST), _("已保存，从现在起生效。"), "admin:settings")


def _limit(request: StaffRequest, said: QueryDict) -> None:
    set_limit(request.actor, _clock(said), Limit.parse(said.get("limit", "")), request.now)


def _ladder(request: StaffRequest, said: QueryDict) -> None:
    pairs = zip(said.getlist("action"), said.getlist("share"), strict=False)
    rungs = [
        RungRule(number, RungAction(action), _share(share))
        for number, (action, share) in enumerate(((a, s) for a, s in pairs if s.strip()), 1)
        if action in set(RungAction)
    ]
    set_ladder(request.actor, _clock(said), rungs)


def _hours(request: StaffRequest, said: QueryDict) -> None:
    lines = [
        line.strip().replace("—", "-").replace("–", "-") for line in said.get("sessions", "").splitlines()
    ]
    pairs = [tuple(part.strip() for part in line.partition("-")[::2]) for line in lines if line]
    sessions = [(str(start), str(end)) for start, end in pairs]
    set_hours(request.actor, sessions, _day(said.get("since", "")), district(request.actor.district).zone)


def _special(request: StaffRequest, said: QueryDict) -> None:
    kind = said.get("kind", "")
    if kind not in set(DayKind):
        raise Invalid
    set_day(request.actor, _day(said.get("day", "")), DayKind(kind), said.get("name", ""))


def _drop(request: StaffRequest, said: QueryDict) -> None:
    drop_day(request.actor, _day(said.get("day", "")))


def _thresholds(request: StaffRequest, said: QueryDict) -> None:
    held = thresholds(request.actor.district)
    chosen = Thresholds(
        float(_number(said.get("automatic", "")) / 100),
        float(_number(said.get("item", "")) / 100),
        held.list_weight,
    )
    set_thresholds(chosen, by=request.actor, now=request.now)


def _rule(request: StaffRequest, said: QueryDict) -> None:
    rule = FollowUpRule(int(_number(said.get("days", ""))), int(_number(said.get("percent", ""))))
    set_rule(request.actor, rule, request.now)


_ACTS: Final[dict[str, Callable[[StaffRequest, QueryDict], None]]] = {
    "limit": _limit,
    "ladder": _ladder,
    "hours": _hours,
    "day": _special,
    "no-day": _drop,
    "thresholds": _thresholds,
    "follow-up": _rule,
}


def _clock(said: QueryDict) -> ClockKind:
    kind = said.get("kind", "")
    if kind not in set(ClockKind):
        raise Invalid
    return ClockKind(kind)


def _rungs(rungs: Any) -> list[tuple[str, str]]:
    held = [(rung.action.value, f"{(rung.share * 100).normalize():f}") for rung in rungs]
    return [*held, *[("", "")] * (_RUNGS - len(held))]


def _percents(held: Thresholds) -> dict[str, int]:
    return {"automatic": round(held.automatic_above * 100), "item": round(held.item_above * 100)}


def _share(text: str) -> Decimal:
    return _number(text) / 100


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text.strip().removesuffix("%"))
    except InvalidOperation as error:
        raise Invalid("请填数字。") from error
    if not number.is_finite():
        raise Invalid("请填数字。")
    return number


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid("请选日期。") from error
