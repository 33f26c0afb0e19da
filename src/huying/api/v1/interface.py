"""The interface as a whole: who may ask, how it answers, how it refuses."""

import logging
from datetime import datetime
from functools import cache
from typing import Any, Final

import orjson
from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Swagger
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from ninja.security import HttpBearer

from huying.access.actor import Actor
from huying.api.conduct import conducted
from huying.api.conduct.fields import only
from huying.api.conduct.versions import etag_of
from huying.api.described import Description
from huying.api.keys import caller_with
from huying.api.problems import (
    TooLarge,
    Unauthenticated,
    refusal,
)
from huying.kernel.clock import now as present
from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound
from huying.kernel.terms import Term
from huying.people.actions import Spent

_log = logging.getLogger(__name__)
_OPTIONS: Final = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS

ABOUT: Final = """
呼应的程序接口。时间一律为带时区的 ISO 8601（返回 UTC）；坐标返回 CGCS2000；区划代码为字符串，短的是长的前缀。

* **密钥**：`Authorization: Bearer 密钥`，由管理员发放，只在其角色、区域、单位和权限范围内有效。
  看不到的等于不存在（404）。
* **错误**：RFC 9457 `application/problem+json`，`code` 供程序判断，`detail` 给人看，`errors` 指出哪一项；
  `Accept-Language: en` 时为英文。
* **幂等**：写操作都可带 `Idempotency-Key`（8–80 个字符），重复提交只办一次。
* **并发**：案件带 `ETag`；办理时用 `If-Match` 送回，别人先办了就得到 412。
"""


class Malformed(Term):
    """What can be wrong with one parameter of a request."""

    MISSING = "missing", "请填写。"
    VALUE = "value", "取值不对，请看接口说明。"


class AskedRequest(HttpRequest):
    """A request behind a key: who asks, and the moment at which they ask."""

    actor: Actor
    now: datetime
    spent: Spent
    only: frozenset[str] | None
    etag: str
    after: str


class Key(HttpBearer):
    """A key of an outside system."""

    openapi_description = "管理员发放的接口密钥"

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        asked: Any = request
        if not hasattr(asked, "spent"):
            asked.now = present()
            caller = caller_with(token, asked.now)
            asked.actor, asked.spent = caller.actor, caller.spent
        actor: Actor = asked.actor
        return actor


class Renderer(BaseRenderer):
    """JSON in UTF-8 as it is: Chinese is not escaped, which saves a third."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        body = orjson.dumps(data, option=_OPTIONS)
        if request.method != "GET" or response_status != 200:
            return body
        asked: Any = request
        # Of the whole, whatever is left out: who read a few fields may still say what they saw.
        asked.etag = etag_of(body)
        asked.after = data.get("after", "") if isinstance(data, dict) else ""
        names = getattr(asked, "only", None)
        return orjson.dumps(only(data, names), option=_OPTIONS) if names else body


class Interface(NinjaAPI):
    """Named after modules and functions, described whole."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """``cases_listed`` for ``listed`` in ``cases``: what a generated client calls the operation."""
        view = operation.view_func
        return f"{view.__module__.rpartition('.')[2]}_{view.__name__.strip('_')}"

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Description:
        """The description, as OpenAPI 3.1: made once, a matter of seconds, and told to all; nobody changes it."""
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return _described(self, prefix)


@cache
def _described(interface: Interface, prefix: str) -> Description:
    return Description(interface, prefix)


api = Interface(
    title="呼应接口",
    version="1",
    description=ABOUT,
    urls_namespace="api-v1",
    auth=Key(),
    renderer=Renderer(),
    docs=Swagger(settings={"persistAuthorization": False, "tryItOutEnabled": False}),
    docs_url="/docs",
    openapi_url="/openapi.json",
)
api.add_decorator(conducted, mode="view")


@api.exception_handler(HuyingError)
def _refused(request: HttpRequest, error: HuyingError) -> HttpResponse:
    return refusal(request, error)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refusal(request, Unauthenticated())


@api.exception_handler(ValidationError)
def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = {
        str(each["loc"][-1]): (Malformed.MISSING if each["type"] == "missing" else Malformed.VALUE).zh
        for each in error.errors
    }
    return refusal(request, Invalid(fields=fields))


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    # The framework's own refusal of a body that is no JSON.
    return refusal(request, Invalid("内容不是有效的 JSON（须为 UTF-8）。"))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal(request, NotFound())


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return refusal(request, TooLarge())


@api.exception_handler(DataError)
def _unkeepable(request: HttpRequest, error: DataError) -> HttpResponse:
    # What no column can hold, such as a null character or a number beyond all numbers, came from outside.
    _log.warning("%s: %s", request.path, error)
    return refusal(request, Invalid("内容里有不能用的字符或数值，请改正后再提交。"))


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    _log.error("no answer for %s", request.path, exc_info=error)
    return refusal(request, HuyingError())


def must(actor: Actor, *permissions: Any) -> None:
    """Raise Denied unless the key carries one of the permissions."""
    if not any(actor.may(permission) for permission in permissions):
        raise Denied
