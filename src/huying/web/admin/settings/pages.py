"""Limits of the centre, working hours, ladders, dispatch and follow-ups; what runs already keeps what it began with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.cases.actions.settings import set_hours, set_ladder, set_limit
from huying.cases.clocks import DEFAULT_LADDERS, RungAction
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.desks.calendars import clocks_running
from huying.cases.queries.desks.settings import OWN_LIMITS, LimitSet, settings_for
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.loop.allocate.actions import set_thresholds
from huying.loop.allocate.queries import thresholds
from huying.loop.allocate.rules.weighing import Thresholds
from huying.loop.evaluate.actions import set_rule
from huying.loop.evaluate.queries import rule_of
from huying.loop.evaluate.rules import FollowUpRule
from huying.places.queries import district
from huying.web.admin.annals import Told, beside
from huying.web.admin.settings import reading
from huying.web.guard import StaffRequest, guarded
from huying.worktime import Limit

_RUNGS: Final = 6
_SHOWN: Final = 60
_FORMS: Final = {
    *(f"limit-{kind.value}" for kind in OWN_LIMITS),
    *(f"ladder-{kind.value}" for kind in DEFAULT_LADDERS),
    "hours",
    "thresholds",
    "follow-up",
}
_SUBJECTS: Final = (Subject.LIMIT, Subject.LADDER, Subject.HOURS, Subject.DISPATCH, Subject.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Refused:
    """What was sent and not taken: for which form, what is wrong, and what was typed, which stays in the form."""

    form: str = ""
    wrong: str = ""
    said: QueryDict = field(default_factory=QueryDict)

    def at(self, form: str) -> str:
        return self.wrong if self.form == form else ""

    def typed(self, form: str, name: str, held: str) -> str:
        return self.said.get(name, held) if self.form == form else held


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Everything that may be set, as it holds now and as it is to be."""
    return _page(request, Refused())


@guarded(P.CATALOGUE_EDIT)
@require_POST
def put(request: StaffRequest, what: str) -> HttpResponse:
    """Set one thing; a refusal says what is wrong beside the form, which keeps what was typed."""
    act = _ACTS.get(what)
    if act is None:
        return redirect("admin:settings")
    try:
        act(request, request.POST)
    except HuyingError as error:
        form = "-".join(filter(None, (what, request.POST.get("kind", ""))))
        if form not in _FORMS:
            # The page has no such form to say it beside: the page of refusals keeps what was typed.
            raise
        words = next(iter(error.fields.values())) if len(error.fields) == 1 else error.message
        wrong = worded(words, _)
        return _page(request, Refused(form, wrong, request.POST), error.status)
    since = request.POST.get("since", "")
    later = since > timezone.localdate(request.now).isoformat()
    messages.success(request, _("已保存，到日子自动生效。") if later else _("已保存，从现在起生效。"))
    return redirect("admin:settings")


def _page(request: StaffRequest, refused: Refused, status: int = 200) -> HttpResponse:
    now = settings_for(request.actor, request.now)
    place = request.actor.district
    running = clocks_running(request.actor)
    changed = beside(request, *_SUBJECTS, limit=_SHOWN)
    held, rule = thresholds(place), rule_of(place)
    today = timezone.localdate(request.now).isoformat()
    context = {
        "tab": "rules",
        "refused": refused,
        "limits": [_limit_row(one, refused, running, changed, today) for one in now.limits],
        "ladders": [
            {
                "kind": kind,
                "own": kind in now.own_ladders,
                "rungs": _rungs(now.ladders[kind], refused, f"ladder-{kind.value}"),
                "wrong": refused.at(f"ladder-{kind.value}"),
                "changes": _of(changed, Subject.LADDER, kind.value),
            }
            for kind in ClockKind
            if kind in now.ladders
        ],
        "actions": [(one.value, _(one.zh)) for one in RungAction],
        "sessions": refused.typed(
            "hours", "sessions", "\n".join(f"{start}-{end}" for start, end in now.hours.sessions)
        ),
        "hours": now.hours,
        "coming_hours": now.coming_hours,
        "since": refused.typed("hours", "since", today),
        "today": today,
        "running": sum(running.values()),
        "hours_wrong": refused.at("hours"),
        "hours_changes": _of(changed, Subject.HOURS),
        "dispatch_wrong": refused.at("thresholds"),
        "dispatch_changes": _of(changed, Subject.DISPATCH),
        "automatic": refused.typed("thresholds", "automatic", str(round(held.automatic_above * 100))),
        "item": refused.typed("thresholds", "item", str(round(held.item_above * 100))),
        "rule_wrong": refused.at("follow-up"),
        "rule_changes": _of(changed, Subject.FOLLOW_UP),
        "days": refused.typed("follow-up", "days", str(rule.days)),
        "percent": refused.typed("follow-up", "percent", str(rule.sample_percent)),
    }
    return render(request, "admin/settings/index.html", context, status=status)


def _limit_row(
    one: LimitSet, refused: Refused, running: Mapping[ClockKind, int], changed: list[Told], today: str
) -> dict[str, Any]:
    form = f"limit-{one.kind.value}"
    coming = one.coming
    return {
        "kind": one.kind,
        "value": refused.typed(form, "limit", _limit_words(one.limit)),
        "day": refused.typed(form, "since", ""),
        "from": one.since,
        "coming": (_limit_words(coming[0]), coming[1]) if coming else None,
        "running": running.get(one.kind, 0),
        "wrong": refused.at(form),
        "changes": _of(changed, Subject.LIMIT, one.kind.value),
        "today": today,
    }


def _of(changed: list[Told], subject: Subject, about: str = "") -> list[Told]:
    mine = [one for one in changed if one.subject_value == subject.value]
    return [one for one in mine if not about or one.about == about]


def _limit_words(limit: Limit) -> str:
    return limit.en if get_language() == "en" else limit.zh


def _rungs(rungs: Any, refused: Refused, form: str) -> list[tuple[str, str]]:
    if refused.form == form:
        pairs = zip(refused.said.getlist("action"), refused.said.getlist("share"), strict=False)
        held = list(pairs)[:_RUNGS]
    else:
        held = [(rung.action.value, f"{(rung.share * 100).normalize():f}") for rung in rungs]
    return [*held, *[("", "")] * (_RUNGS - len(held))]


def _limit(request: StaffRequest, said: QueryDict) -> None:
    since = reading.day_or_none(said.get("since", ""))
    set_limit(request.actor, reading.clock_of(said), Limit.parse(said.get("limit", "")), request.now, since)


def _ladder(request: StaffRequest, said: QueryDict) -> None:
    set_ladder(request.actor, reading.clock_of(said), reading.rungs_of(said), request.now)


def _hours(request: StaffRequest, said: QueryDict) -> None:
    since, zone = reading.day_of(said.get("since", "")), district(request.actor.district).zone
    set_hours(request.actor, reading.sessions_of(said), since, zone, request.now)


def _thresholds(request: StaffRequest, said: QueryDict) -> None:
    held = thresholds(request.actor.district)
    chosen = Thresholds(
        float(reading.number_of(said.get("automatic", "")) / 100),
        float(reading.number_of(said.get("item", "")) / 100),
        held.list_weight,
    )
    set_thresholds(chosen, by=request.actor, now=request.now)


def _rule(request: StaffRequest, said: QueryDict) -> None:
    days, percent = (reading.whole_of(said.get(name, "")) for name in ("days", "percent"))
    set_rule(request.actor, FollowUpRule(days, percent), request.now)


_ACTS: Final[dict[str, Callable[[StaffRequest, QueryDict], None]]] = {
    "limit": _limit,
    "ladder": _ladder,
    "hours": _hours,
    "thresholds": _thresholds,
    "follow-up": _rule,
}
