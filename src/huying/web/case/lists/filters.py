"""A list's question as its address: the query string read into a filter, and shown as filters again."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.cases.clocks import Lamp
from huying.cases.lifecycle import Channel, State
from huying.cases.queries.lists.filtering import Mark
from huying.cases.queries.lists.queue import CaseFilter
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.terms import Term
from huying.people.queries import bodies
from huying.places.queries import Level, areas
from huying.web.components import Choice, Filter

_CODE: Final = 15
_TABS: Final = ("tab", "closed", "only", "of")


def read(query: QueryDict, states: frozenset[State] = frozenset()) -> CaseFilter:
    """The filter an address asks for; what is not understood does not filter. ``states`` bound those asked."""
    asked = frozenset(State(value) for value in query.getlist("state") if value in set(State))
    lamp, body, mark = query.get("lamp", ""), query.get("body", ""), query.get("mark", "")
    until = _day(query.get("until", ""))
    return CaseFilter(
        states=(asked & states or states) if states else asked,
        area=_code(query.get("area", "")),
        only=query.get("only") == "1",
        body_id=int(body) if body.isascii() and body.isdigit() and len(body) < 18 else None,
        item=query.get("item", "")[:32],
        kind=query.get("kind", "") if query.get("kind") in set(AppealKind) else "",
        channel=query.get("channel", "") if query.get("channel") in set(Channel) else "",
        lamp=Lamp(lamp) if lamp in {Lamp.GREEN, Lamp.YELLOW, Lamp.RED} else None,
        mark=Mark(mark) if mark in set(Mark) else None,
        text=query.get("q", "")[:100],
        since=_day(query.get("since", "")),
        until=until + timedelta(days=1) if until else None,
        closed=query.get("closed") == "1",
    )


def shown(
    query: QueryDict, district: int, now: datetime, names: Sequence[str], states: Sequence[State] = ()
) -> list[Filter]:
    """The questions of these names with what was asked chosen."""
    makers = {
        "q": lambda: Filter("q", _("搜索"), "search", value=query.get("q", "")),
        "state": lambda: choice(query, "state", _("状态"), terms(states or list(State))),
        "lamp": lambda: choice(query, "lamp", _("时限"), terms([Lamp.RED, Lamp.YELLOW, Lamp.GREEN])),
        "mark": lambda: choice(query, "mark", _("情况"), terms(list(Mark))),
        "area": lambda: choice(query, "area", _("街道"), _streets(district)),
        "kind": lambda: choice(query, "kind", _("类型"), terms(list(AppealKind))),
        "channel": lambda: choice(query, "channel", _("来源"), terms(list(Channel))),
        "body": lambda: choice(query, "body", _("单位"), _bodies(district, now)),
        "since": lambda: Filter("since", _("受理自"), "date", value=query.get("since", "")),
        "until": lambda: Filter("until", _("受理至"), "date", value=query.get("until", "")),
    }
    # The tab a list stands on is part of its question: asking within it must not lead out of it.
    tabs = [Filter(name, "", "hidden", value=query.get(name, "")) for name in _TABS if query.get(name)]
    return [*tabs, *(makers[name]() for name in names)]


def choice(query: QueryDict, name: str, label: str, pairs: Sequence[tuple[str, str]]) -> Filter:
    """A question of which one answer is chosen, as the address asks it."""
    value = query.get(name, "")
    return Filter(name, label, choices=[Choice(key, text, key == value) for key, text in pairs], value=value)


def terms(members: Sequence[Term]) -> list[tuple[str, str]]:
    """Terms as answers, in the reader's language."""
    return [(member.value, _(member.zh)) for member in members]


def _streets(district: int) -> list[tuple[str, str]]:
    return [(area.code, area.name) for area in areas(district, Level.STREET)]


def _bodies(district: int, now: datetime) -> list[tuple[str, str]]:
    return [(str(body.id), body.short_name or body.name) for body in bodies(district, now)]


def _code(text: str) -> str:
    return text[:_CODE] if text.isascii() and text.isdigit() else ""


def _day(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time()))
    except ValueError:
        return None
