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
from django.utils.translation import gettext as _

from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound
from huying.kernel.saying import worded
from huying.web.guard import public

_log = logging.getLogger(__name__)
_NEVER_SHOWN: Final = ("csrf", "password", "code", "old", "new", "again", "key", "token")


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
    context = {
        "status": error.status,
        "heading": _heading(error.status),
        "message": worded(error.message, _),
        "problems": [worded(text, _) for text in error.fields.values() if text != error.message],
        "typed": list(_typed(request)),
        "back": _back(request),
        "signed_in": getattr(request, "actor", None) is not None,
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
    heading, message = _("系统出错了"), _("已经记录下来。请稍后再试，内容请先自行保存。")
    body = f"<!doctype html><meta charset=utf-8><title>{heading}</title><h1>{heading}</h1><p>{message}</p>"
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)


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
        if not any(word in name.lower() for word in _NEVER_SHOWN):
            yield from ((name, value) for value in values if isinstance(value, str) and value.strip())


def _back(request: HttpRequest) -> str:
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
        host = request.get_host()
    except (DisallowedHost, ValueError):
        # It may be the very thing that is refused, or no address at all.
        return "/"
    ours = came_from.netloc == host and came_from.scheme in {"http", "https"}
    # Of two slashes the second begins the name of another site.
    if not ours or came_from.path == request.path or came_from.path.startswith("//"):
        return "/"
    return f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
