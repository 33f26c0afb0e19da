"""Template tags that draw the components; a page says what, these say how."""

from datetime import timedelta
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language

from huying.notices.queries import unread_count
from huying.people.queries import saved_filters
from huying.reports.queries import to_sign_for
from huying.teams.queries import duty_of
from huying.web import components, drawing, frame, navigation
from huying.web import stylesheet as sheets
from huying.web import theme as themes
from huying.web.citizen.public.ground import ground_source
from huying.web.reasons import reason

register = template.Library()


register.simple_tag(drawing.icon)


@register.simple_tag
def stylesheet(name: str) -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', sheets.address(name))


@register.simple_tag
def route(name: str, *args: object) -> str:
    """The address of a route, or "" where it is not mounted."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def ground() -> str:
    """Where maps find our own roads, water and names: a file, or tiles where a district is too large for one."""
    try:
        return ground_source()
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def doors(context: Context) -> SafeString:
    """The navigation of whoever is signed in; "" where no door is open."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    waiting = to_sign_for(actor) if actor is not None else 0
    marks = {reverse("reports:index"): waiting} if waiting else {}
    groups = navigation.links_for(actor, getattr(request, "path", ""), marks)
    return frame.doors(tuple(groups), get_language() or "")


@register.simple_tag(takes_context=True)
def who(context: Context) -> SafeString:
    """Who is signed in, and the way out."""
    request = context["request"]
    return frame.who(getattr(request, "actor", None), get_token(request))


@register.inclusion_tag("duty/strip.html", takes_context=True)
def my_duty(context: Context) -> dict[str, Any]:
    """One's own duty on the page where one's day begins; elsewhere nothing is asked."""
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or actor is None or request.path != navigation.home_for(actor):
        return {}
    return {"duty": duty_of(actor.account_id, request.now, timedelta(days=3)), "at": request.now}


@register.simple_tag(takes_context=True)
def bell(context: Context) -> SafeString:
    """How many notices are unread, looked at again by itself; a page that has counted them says ``unread``."""
    actor = getattr(context["request"], "actor", None)
    if actor is None or not actor.account_id:
        return mark_safe("")
    count = context["unread"] if "unread" in context else unread_count(actor.account_id)
    drawn = frame.bell(count, get_language() or "")
    return format_html('<span class="bell-place" data-bell="{}">{}</span>', reverse("account:bell"), drawn)


@register.simple_tag(takes_context=True)
def watermark(context: Context) -> SafeString:
    """The name of whoever is signed in across the page."""
    actor = getattr(context["request"], "actor", None)
    if actor is None or not actor.account_id:
        return mark_safe("")
    return frame.watermark(actor.name, actor.account_id, localdate())


@register.simple_tag(takes_context=True)
def elder(context: Context) -> bool:
    """Whether 长者模式 is on for this browser."""
    request = context.get("request")
    return request is not None and request.COOKIES.get("elder") == "1"


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """``auto``, ``light`` or ``dark``, as this browser chose."""
    request = context.get("request")
    return themes.AUTO if request is None else themes.chosen(request)


@register.simple_tag(takes_context=True)
def theme_head(context: Context, always: str = "") -> SafeString:
    """The colours of the page: ``always`` for one that is dark or light whatever was chosen."""
    return themes.head(always or theme(context))


@register.simple_tag
def tiles() -> SafeString:
    """The online tiles that maps are drawn on, where the operator named any."""
    if not settings.HUYING_TILES:
        return mark_safe("")
    return format_html(
        '<meta name="huying:tiles" content="{}" data-datum="{}" data-credit="{}">',
        " ".join(settings.HUYING_TILES), settings.HUYING_TILES_DATUM, settings.HUYING_TILES_CREDIT,
    )  # fmt: skip


moment = register.filter("moment", drawing.moment)
register.filter("day", drawing.day)
register.filter("options", drawing.options)
register.filter("reason", reason)
register.simple_tag(drawing.lamp)
register.simple_tag(drawing.chip)


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, extra_class: str = "") -> dict[str, Any]:
    """Label, hint, input, error; the input is told which texts describe it."""
    described = [f"{bound.auto_id}-hint"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if bound.errors:
        attributes["aria-invalid"] = "true"
    kind = getattr(bound.field.widget, "input_type", "") or "textarea"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attributes),
        "kind": kind,
        "extra_class": extra_class,
        "group": kind in {"radio"} or bound.use_fieldset,
    }


register.simple_tag(drawing.track)


@register.inclusion_tag("components/tile.html")
def tile(value: components.Tile) -> dict[str, Any]:
    return {"tile": value}


@register.inclusion_tag("components/empty.html")
def empty(title: str, hint: str = "", href: str = "", action: str = "") -> dict[str, Any]:
    """Says what will appear here and how."""
    return {"title": title, "hint": hint, "href": href, "action": action}


@register.inclusion_tag("components/pager.html")
def pager(value: components.Pager) -> dict[str, Any]:
    return {"pager": value}


@register.inclusion_tag("components/filters.html", takes_context=True)
def filters(
    context: Context,
    questions: list[components.Filter],
    export: str = "",
    action: str = "",
    saved: str = "",
) -> dict[str, Any]:
    """``saved`` names the list under which a person's own filters are kept."""
    shown = {"questions": questions, "export": export, "action": action}
    return shown | kept_filters(context, questions, saved)


@register.inclusion_tag("components/kept.html", takes_context=True)
def kept_filters(context: Context, questions: list[components.Filter], saved: str) -> dict[str, Any]:
    """A person's own filters of a list, where they stand apart from its questions."""
    request = context["request"]
    account_id = getattr(getattr(request, "actor", None), "account_id", None)
    typed = request.session.pop("filter_refused", "") if account_id and saved else ""
    return {
        "typed": typed,
        "saved": saved if account_id else "",
        "kept": saved_filters(account_id, saved) if account_id and saved else (),
        "asked": drawing.asked_words(questions),
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/taking.html")
def taking(address: str, push: bool = False, label: str = "") -> dict[str, Any]:
    """A list as a file, from ``web.taking.address_of``; nothing for "". ``push``: at the far end of its row.

    ``label`` says which list, where a page offers two.
    """
    return {"address": address, "push": push, "label": label}


@register.inclusion_tag("components/chart.html")
def chart(value: components.Chart) -> dict[str, Any]:
    return {"chart": value}


@register.inclusion_tag("components/map.html")
def map_view(value: components.MapView) -> dict[str, Any]:
    return {"map": value}
