"""One's own account: posts, sessions, latest sign-ins, language."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huying.people import actions, queries
from huying.web.guard import StaffRequest, public, signed_in
from huying.web.returning import asked_back


@require_safe
@signed_in()
def profile(request: Any) -> HttpResponse:
    """Who I am here, what I may do, where I am signed in."""
    account_id = request.actor.account_id
    key = request.session.session_key
    context = {
        "account": queries.account_info(request.actor, account_id),
        "posts": queries.posts_of(account_id, request.now),
        "sessions": queries.open_sessions(account_id, key, request.now, settings.SESSION_COOKIE_AGE),
        "attempts": queries.sign_ins_of(account_id, limit=10),
        "has_factor": queries.has_second_factor(account_id),
    }
    return render(request, "account/profile.html", context)


@require_POST
@signed_in()
def end_session(request: StaffRequest, session_id: int) -> HttpResponse:
    """End one of my sessions, or all others with id 0."""
    account_id = request.actor.account_id or 0
    if session_id:
        actions.end_session(account_id, session_id, request.now)
    else:
        actions.end_all_sessions(account_id, request.now, but=request.session.session_key or "")
    messages.success(request, _("已退出所选登录。"))
    return redirect("account:profile")


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this browser, and of the account that is signed in."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(asked_back(request, "/"))
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, samesite="Lax", httponly=True
        )
        actor = getattr(request, "actor", None)
        if actor is not None and actor.account_id is not None:
            actions.set_language(actor.account_id, language)
    return response
