"""Template tags that draw what pages hold by the dozen: rows of lists, buttons of steps, people with their numbers."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from huying.cases.queries.lists.queue import CaseLine
from huying.web import drawing
from huying.web.case.buttons import Action
from huying.web.case.drawn import appeals, step_buttons
from huying.web.case.lists import rows
from huying.web.evaluation import rows as ranked
from huying.web.handling import rows as orders
from huying.web.oversight import rows as gauges
from huying.web.present import phones
from huying.web.present.people import Person

register = template.Library()
register.simple_tag(rows.case_rows)
register.simple_tag(rows.desk_rows)
register.simple_tag(rows.near_rows)
register.simple_tag(ranked.ranked_rows)
register.simple_tag(ranked.total_cells)
register.simple_tag(gauges.gauge_rows)
register.simple_tag(gauges.late_rows)
register.simple_tag(orders.order_rows)
register.simple_tag(drawing.chart_rows)
register.simple_tag(appeals.appeal_list)


@register.simple_tag(takes_context=True)
def action_buttons(context: Context, actions: Sequence[Action], line: CaseLine, lead: int = 0) -> SafeString:
    """The steps of a case; with ``lead`` the first of them is the usual one."""
    return step_buttons.action_buttons(actions, line, str(context.get("csrf_token", "")), lead=bool(lead))


@register.simple_tag(takes_context=True)
def people_list(context: Context, people: Sequence[Person]) -> SafeString:
    """People on duty or of a team, each with a number."""
    return phones.people_list(people, str(context.get("csrf_token", "")))


@register.simple_tag(takes_context=True)
def call_button(context: Context, call: str, phone: str, name: str) -> SafeString:
    """One masked number that may be made whole."""
    return phones.call_button(call, phone, name, str(context.get("csrf_token", "")))
