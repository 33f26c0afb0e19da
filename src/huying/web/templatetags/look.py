"""Template tags that draw the components; a page says what, these say how."""

from typing import Any

from django import template
from django.forms import BoundField
from django.middleware.csrf import get_token
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from huying.web import components, drawing, frame, navigation
from huying.web import stylesheet as sheets

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


@register.simple_tag(takes_context=True)
def doors(context: Context) -> SafeString:
    """The navigation of whoever is signed in; "" where no door is open."""
    request = context.get("request")
    groups = navigation.links_for(getattr(request, "actor", None), getattr(request, "path", ""))
    return frame.doors(tuple((title, tuple(links)) for title, links in groups))


@register.simple_tag(takes_context=True)
def who(context: Context) -> SafeString:
    """Who is signed in, and the way out."""
    request = context["request"]
    return frame.who(getattr(request, "actor", None), get_token(request))


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


moment = register.filter("moment", drawing.moment)
register.filter("options", drawing.options)
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


@register.inclusion_tag("components/filters.html")
def filters(
    questions: list[components.Filter], export: str = "", action: str = "", saved: str = ""
) -> dict[str, Any]:
    """``saved`` names the list under which the browser keeps a person's own filters."""
    return {"questions": questions, "export": export, "action": action, "saved": saved}


@register.inclusion_tag("components/chart.html")
def chart(value: components.Chart) -> dict[str, Any]:
    return {"chart": value}


@register.inclusion_tag("components/map.html")
def map_view(value: components.MapView) -> dict[str, Any]:
    return {"map": value}
