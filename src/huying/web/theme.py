"""Light and dark: what a browser chose, the sheet that turns a page dark, and the form that chooses.

Kept in the browser and not with the account: the phone at night and the screen at the desk by day are two things.
"""

from typing import Final

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from huying.web import stylesheet
from huying.web.guard import public
from huying.web.returning import asked_back

COOKIE: Final = "theme"
AUTO, LIGHT, DARK = "auto", "light", "dark"
_YEAR_SECONDS: Final = 365 * 24 * 3600
_AT_NIGHT: Final = "(prefers-color-scheme: dark)"
# What a phone colours its own bar with: the surface of either theme.
_BAR: Final = {LIGHT: "#ffffff", DARK: "#141b23"}


def chosen(request: HttpRequest) -> str:
    """``light``, ``dark``, or ``auto``: as the device has it."""
    kept = request.COOKIES.get(COOKIE, AUTO)
    return kept if kept in _BAR else AUTO


def head(theme: str) -> SafeString:
    """What the head of a page says of its colours. Paper is white: the dark sheet is for screens alone."""
    if theme == LIGHT:
        return _bar(LIGHT) + mark_safe('<meta name="color-scheme" content="light">')
    if theme == DARK:
        return _bar(DARK) + mark_safe('<meta name="color-scheme" content="dark">') + _sheet("screen")
    # A phone takes the first that fits.
    at_night = format_html('<meta name="theme-color" content="{}" media="{}">', _BAR[DARK], _AT_NIGHT)
    told = at_night + _bar(LIGHT)
    return (
        told
        + mark_safe('<meta name="color-scheme" content="light dark">')
        + _sheet(f"screen and {_AT_NIGHT}")
    )


def _bar(theme: str) -> SafeString:
    return format_html('<meta name="theme-color" content="{}">', _BAR[theme])


def _sheet(media: str) -> SafeString:
    return format_html('<link rel="stylesheet" href="{}" media="{}">', stylesheet.address("dark"), media)


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponseRedirect:
    """自动、浅色、深色: kept in this browser for a year; anything else is 自动."""
    response = HttpResponseRedirect(asked_back(request, "/"))
    wanted = request.POST.get("theme", "")
    if wanted in _BAR:
        secure = request.is_secure()
        response.set_cookie(
            COOKIE, wanted, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True, secure=secure
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
