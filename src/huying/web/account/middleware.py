"""Who is asking: sets ``request.now``, ``actor`` and ``standing``, and keeps sessions short."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from huying.kernel import clock
from huying.people.actions import session_ended, session_seen
from huying.people.queries import actor_of, standing_of
from huying.people.rules import sessions

SEEN: Final = sessions.SEEN
SINCE: Final = sessions.SINCE
FACTOR: Final = sessions.FACTOR
SEEN_EVERY_SECONDS: Final = 60
# What a page asks by itself, with nobody at the desk, must not keep the session open.
UNATTENDED: Final = "X-Unattended"


class StaffMiddleware:
    """Reads the session into an actor. Stands after Django's session, authentication and locale middleware.

    A session ends when it was idle for ``SESSION_COOKIE_AGE`` seconds or is twelve hours old. The time it was
    last seen is written at most once a minute.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.now = clock.now()
        request.actor = None
        request.standing = None
        if request.user.is_authenticated and not _expired(request):
            _attach(request)
        response = self.get_response(request)
        if request.actor is not None and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response


def _attach(request: Any) -> None:
    account = request.user
    request.actor = actor_of(account, request.now)
    request.standing = standing_of(account, request.actor, bool(request.session.get(FACTOR)), request.now)
    translation.activate(account.language)
    request.LANGUAGE_CODE = translation.get_language()
    seen = request.now.timestamp() - request.session.get(SEEN, 0)
    if seen >= SEEN_EVERY_SECONDS and UNATTENDED not in request.headers:
        request.session[SEEN] = request.now.timestamp()
        session_seen(request.session.session_key, request.now)


def _expired(request: Any) -> bool:
    now: datetime = request.now
    if not sessions.is_over(request.session, now.timestamp(), settings.SESSION_COOKIE_AGE):
        return False
    session_ended(request.session.session_key, now)
    logout(request)
    messages.warning(request, _("太久没有操作，已自动退出，请重新登录。"))
    return True
