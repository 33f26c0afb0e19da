"""The mark every page carries: who may open it. A page without a mark is found by a test, not by a user.

``@public`` is for everybody, ``@signed_in()`` for every account, ``@guarded(P.X, …)`` for accounts with at
least one of the permissions. The scope of one case is not asked here but by the query that loads it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied
from huying.people.queries import Standing

Given = ParamSpec("Given")
MARK: Final = "huying_guard"


class StaffRequest(HttpRequest):
    """A request behind a guard: who asks, and the moment at which they ask."""

    actor: Actor
    now: datetime
    standing: Standing


@dataclass(frozen=True, slots=True)
class Guard:
    """``permissions`` None: nobody is asked; empty: any account; else any one of them is enough.

    ``even_barred`` pages open also for who still owes a new password or a second factor.
    """

    permissions: frozenset[Permission] | None
    even_barred: bool = False


Page = Callable[Concatenate[StaffRequest, Given], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, Given], HttpResponseBase]


def public(view: View[Given]) -> View[Given]:
    """Everybody may open the page, signed in or not."""
    setattr(view, MARK, Guard(permissions=None))
    return view


def guarded(*permissions: Permission, even_barred: bool = False) -> Callable[[Page[Given]], View[Given]]:
    """Accounts that hold any of ``permissions`` may open the page; others get 403, strangers the sign-in."""
    guard = Guard(frozenset(permissions), even_barred)

    def mark(page: Page[Given]) -> View[Given]:
        @wraps(page)
        def view(request: Any, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponseBase:
            turned_away = turn_away(request, guard)
            return page(request, *args, **kwargs) if turned_away is None else turned_away

        setattr(view, MARK, guard)
        return view

    return mark


def signed_in(*, even_barred: bool = False) -> Callable[[Page[Given]], View[Given]]:
    """Every account may open the page."""
    return guarded(even_barred=even_barred)


def guard_of(view: Callable[..., Any]) -> Guard | None:
    """The mark of a view, for the test that walks all routes."""
    return getattr(view, MARK, None)


def turn_away(request: Any, guard: Guard) -> HttpResponse | None:
    """Where to send who may not enter, or None for who may. Raises ``Denied`` for the wrong post."""
    if guard.permissions is None:
        return None
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return _go(request, "account:sign_in", back=True)
    if not guard.even_barred and request.standing.needs_password:
        return _go(request, "account:password")
    if not guard.even_barred and request.standing.needs_enrolment:
        return _go(request, "account:second_factor")
    if guard.permissions and not any(actor.may(permission) for permission in guard.permissions):
        raise Denied
    return None


def _go(request: HttpRequest, route: str, *, back: bool = False) -> HttpResponse:
    address = reverse(route)
    if back:
        address = f"{address}?{urlencode({'next': _page_of(request)})}"
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _page_of(request: HttpRequest) -> str:
    shown = request.headers.get("HX-Current-URL", "")
    if shown:
        try:
            parts = urlsplit(shown)
        except ValueError:
            return "/"
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
