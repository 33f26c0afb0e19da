"""Refusals as problem details (RFC 9457), in the caller's language."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from huying.kernel.errors import HuyingError, Invalid, Unavailable
from huying.kernel.saying import worded

MEDIA_TYPE: Final = "application/problem+json"


class Unauthenticated(HuyingError):
    """接口密钥不对、已过期或已停用。"""

    code = "unauthenticated"
    status = 401


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


class Busy(Unavailable):
    """现在提交的人很多，请稍后再试。"""

    code = "busy"


class Overtaken(HuyingError):
    """您打开之后，这件案件已有他人办理，请看清最新情况再操作。"""

    code = "stale_version"
    status = 412


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
    if error.status == Unauthenticated.status:
        headers["WWW-Authenticate"] = 'Bearer realm="huying"'
    return headers


def language_of(accepted: str) -> str:
    """``en`` where an Accept-Language header puts English before Chinese, else ``zh-hans``."""
    for code, _weight in parse_accept_lang_header(accepted[:200]):
        if code.startswith("zh"):
            break
        if code.startswith("en"):
            return "en"
    return "zh-hans"
