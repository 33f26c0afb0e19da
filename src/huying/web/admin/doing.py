"""One way to press a button: do it, say so, and come back; a refusal is said and changes nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.guard import StaffRequest


def pressed(request: StaffRequest, act: Callable[[], Any], done: str, route: str, *args: Any) -> HttpResponse:
    """``act`` taken or refused, told at the top of the page that comes next."""
    try:
        act()
    except HuyingError as refused:
        messages.error(request, worded(refused.message, _))
    else:
        messages.success(request, done)
    return redirect(route, *args)


def saved(request: StaffRequest, act: Callable[[], Any], done: str, route: str, *args: Any) -> HttpResponse:
    """``act`` taken with what was typed; a refusal goes on to the page that shows why, and what was typed."""
    act()
    messages.success(request, done)
    return redirect(route, *args)
