"""The pages of patrols, and what each asks of its address."""

from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager

PAGE: Final = 50
_PAGES: Final = (
    ("index", gettext_noop("上岗")), ("finds", gettext_noop("发现")), ("checks", gettext_noop("核实核查")),
    ("coverage", gettext_noop("覆盖和计划")),
)  # fmt: skip


def tabs(here: str) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is this one)."""
    return [(_(words), reverse(f"patrols:{name}"), name == here) for name, words in _PAGES]


def area_of(query: QueryDict) -> str:
    """The area an address asks for; "" for none that can be one."""
    area = query.get("area", "")
    return area if area.isascii() and area.isdigit() and len(area) <= 15 else ""


def questions(query: QueryDict, actor: Actor, now: datetime) -> list[Filter]:
    """Which street."""
    return filters.shown(query, actor.district, now, ("area",))


def pager(query: QueryDict, before: int | None, count: int, last: int) -> Pager:
    """Pages of rows, the newest first; ``count`` were found for one page and one row more."""
    more = query_with(query, before=str(last)) if count > PAGE else ""
    return Pager(previous=query_with(query, before="") if before else "", next=more, shown=min(count, PAGE))
