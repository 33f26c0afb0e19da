"""Every refusal of the platform as a page: what happened, what to do, and what was typed."""

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig, SuspiciousOperation
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from huying.cases.lifecycle import FACTS
from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound
from huying.kernel.saying import worded
from huying.web.guard import public

_log = logging.getLogger(__name__)
_NEVER_SHOWN: Final = ("csrf", "password", "code", "old", "new", "again", "key", "token")
# What a page sends for itself, not for the person.
_MACHINES: Final = frozenset(
    [
        "expected",
        "next",
        "outcome",
        "order",
        "take",
        "kept",
        "find",
        "do",
        "case",
        "list",
        "query",
        "language",
        "lon",
        "lat",
        "accuracy",
        "join",
        "waiting",
        "solved",
        "want",
        "on",
    ]
)
_CALLED: Final = {
    "text": gettext_noop("什么事"),
    "place": gettext_noop("在哪里"),
    "phone": gettext_noop("电话"),
    "name": gettext_noop("姓名"),
    "login": gettext_noop("登录名"),
    "receipt": gettext_noop("回执号"),
    "words": gettext_noop("还想说的"),
    "reason": gettext_noop("原因"),
}


class TooLarge(Invalid):
    """内容太大，请分几次提交。"""

    code = "too_large"
    status = 413


class RefusalMiddleware:
    """Turns a ``HuyingError`` that a page let through into the page that explains it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DataError):
            # What no column can hold, such as a null character or a number beyond all numbers, came from outside.
            _log.warning("%s: %s", request.path, exception)
            return refusal(request, Invalid(_("内容里有不能用的字符或数值，请改正后再提交。")))
        return refusal(request, exception) if isinstance(exception, HuyingError) else None


def refusal(request: HttpRequest, error: HuyingError) -> HttpResponse:
    """The page of one refusal with its HTTP status; a fragment for a request made by htmx."""
    part = "HX-Request" in request.headers
    signed_in = getattr(request, "actor", None) is not None
    context = {
        "frame": "base.html" if signed_in else "resident.html",
        "status": error.status,
        "heading": _heading(error.status),
        "message": worded(error.message, _),
        "problems": [worded(text, _) for text in error.fields.values() if text != error.message],
        "typed": list(_typed(request)),
        "back": _back(request),
        "signed_in": signed_in,
    }
    template = "account/refusal_part.html" if part else "account/refusal.html"
    return render(request, template, context, status=error.status)


@public
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404: an address that leads nowhere."""
    return refusal(request, NotFound(_("没有这个页面。请检查网址，或从首页进入。")))


@public
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 403."""
    return refusal(request, Denied())


@public
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400: a body that cannot be read as a form."""
    if isinstance(exception, RequestDataTooBig):
        return refusal(request, TooLarge())
    return refusal(request, Invalid(_("内容没有传完整，或格式不对。请返回重新提交。")))


@public
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was open for too long, or was sent from elsewhere."""
    return refusal(request, Denied(_("页面打开太久，已失效。请刷新页面再提交，下面是您填写的内容。")))


@public
def server_error(request: HttpRequest) -> HttpResponse:
    """Django's 500: plain, because whatever broke may break the page's frame too."""
    resident = getattr(request, "actor", None) is None
    told = _("已经记录下来，这一次没有办成。请返回上一页再试；还不行，请告诉管理员。")
    context = {
        "heading": _("系统出错了"),
        "message": _("已经记录下来，这一次没有办成。请返回上一页再试。") if resident else told,
        "language": get_language(),
        "typed": list(_typed(request)),
        "back": _back(request),
        "resident": resident,
    }
    return HttpResponse(
        render_to_string("account/broken.html", context), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )


def _heading(status: int) -> str:
    headings = {
        HTTPStatus.BAD_REQUEST: _("还不能提交"),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("还不能提交"),
        HTTPStatus.FORBIDDEN: _("不能这样操作"),
        HTTPStatus.NOT_FOUND: _("没有找到"),
        HTTPStatus.CONFLICT: _("情况有变化"),
        HTTPStatus.SERVICE_UNAVAILABLE: _("暂时办不了"),
    }
    return headings.get(HTTPStatus(status), _("系统出错了"))


def _typed(request: HttpRequest) -> Iterable[tuple[str, str]]:
    if request.method != "POST":
        return
    try:
        given = list(request.POST.lists())
    except (SuspiciousOperation, MultiPartParserError):
        # What could not be read once cannot be shown either.
        return
    for name, values in given:
        if name not in _MACHINES and not any(word in name.lower() for word in _NEVER_SHOWN):
            yield from ((_called(name), value) for value in values if _by_hand(name, value))


def _called(name: str) -> str:
    return _(FACTS[name].zh) if name in FACTS else _(_CALLED.get(name, "内容"))


def _by_hand(name: str, value: object) -> bool:
    """Whether a person wrote this: what was picked from a list is sent as a code that says nothing to anybody."""
    picked = name in FACTS and not FACTS[name].is_text
    return isinstance(value, str) and bool(value.strip()) and not picked


def _back(request: HttpRequest) -> str:
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
        host = request.get_host()
    except (DisallowedHost, ValueError):
        # It may be the very thing that is refused, or no address at all.
        return "/"
    ours = came_from.netloc == host and came_from.scheme in {"http", "https"}
    # Of two slashes the second begins the name of another site.
    # The page that refused may be gone for good; the form that was sent is there to be sent again.
    again = came_from.path == request.path and request.method != "POST"
    if not ours or again or came_from.path.startswith("//"):
        return "/"
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
