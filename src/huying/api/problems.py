"""Refusals as problem details (RFC 9457), in the caller's language."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from huying.kernel.errors import HuyingError, Invalid, Unavailable
from huying.kernel.saying import worded
from huying.people.actions import Spent

MEDIA_TYPE: Final = "application/problem+json"


class Unauthenticated(HuyingError):
    """接口密钥不对、已过期或已停用。"""

    code = "unauthenticated"
    status = 401


class WrongMethod(HuyingError):
    """这个地址不接受这种请求方法。"""

    code = "wrong_method"
    status = 405


class TooLarge(Invalid):
    """内容太大。"""

    code = "too_large"
    status = 413


class WrongMedia(Invalid):
    """请用 application/json 提交。"""

    code = "wrong_media"
    status = 415


class TooSlow(Invalid):
    """内容太久没有传完，请重新提交。"""

    code = "too_slow"
    status = 408


class TooMany(HuyingError):
    """提交得太频繁，请稍后再试。"""

    code = "too_many"
    status = 429

    def __init__(self, message: str | None = None, *, spent: Spent | None = None) -> None:
        """``spent``: what was left to the key, where one was shown."""
        super().__init__(message)
        self.spent = spent


class Busy(Unavailable):
    """现在提交的人很多，请稍后再试。"""

    code = "busy"


class Overtaken(HuyingError):
    """您读到之后，这里已被他人改过，请看清最新情况再操作。"""

    code = "stale_version"
    status = 412


class Reused(HuyingError):
    """这个 Idempotency-Key 已用于另一次不同的提交，请换一个。"""

    code = "key_reused"
    status = 422


RETRY_AFTER: Final[Mapping[int, str]] = {429: "60", 503: "1"}


def problem(error: HuyingError, language: str) -> dict[str, Any]:
    """The members of the problem: type, title, status, detail, code, and ``errors`` by field where known."""
    with translation.override(language):
        title = _((type(error).__doc__ or "").strip())
        said: dict[str, Any] = {
            "type": f"urn:huying:problem:{error.code}",
            "title": title,
            "status": error.status,
            "code": error.code,
            "detail": worded(error.message, _),
        }
        if error.fields:
            said["errors"] = [
                {"field": name, "detail": worded(text, _)} for name, text in error.fields.items()
            ]
    return said


def problem_bytes(error: HuyingError, language: str) -> bytes:
    return orjson.dumps(problem(error, language))


def headers_of(error: HuyingError) -> dict[str, str]:
    """What HTTP wants beside the body: when to come again, how to show who one is."""
    headers = {"Retry-After": RETRY_AFTER[error.status]} if error.status in RETRY_AFTER else {}
    if isinstance(error, TooMany) and error.spent:
        headers |= rate_headers(error.spent) | {"Retry-After": str(error.spent.seconds)}
    if error.status == Unauthenticated.status:
        headers["WWW-Authenticate"] = 'Bearer realm="huying"'
    return headers


def refusal(request: HttpRequest, error: HuyingError) -> HttpResponse:
    """The refusal as a problem, in the language the request asks for."""
    language = language_of(request.headers.get("Accept-Language", ""))
    return HttpResponse(
        problem_bytes(error, language),
        status=error.status,
        content_type=MEDIA_TYPE,
        headers=headers_of(error),
    )


def rate_headers(spent: Spent) -> dict[str, str]:
    """What a key may and has left, in the fields of draft-ietf-httpapi-ratelimit-headers."""
    return {
        "RateLimit-Policy": f'"minute";q={spent.most};w=60',
        "RateLimit": f'"minute";r={spent.left};t={spent.seconds}',
    }


def language_of(accepted: str) -> str:
    """``en`` where an Accept-Language header puts English before Chinese, else ``zh-hans``."""
    for code, _weight in parse_accept_lang_header(accepted[:200]):
        if code.startswith("zh"):
            break
        if code.startswith("en"):
            return "en"
    return "zh-hans"
