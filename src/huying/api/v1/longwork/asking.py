"""A list of the interface read within the house, page by page, by the very operation that reads it outside."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.api.conduct import LIMIT_MOST
from huying.api.conduct.fields import columns_of, rows_of
from huying.api.conduct.manners import manners_of
from huying.api.conduct.twins import readings
from huying.api.v1.interface import api
from huying.kernel.errors import Invalid

_ADDRESSES: Final = "huying.api.urls"
_VERSION: Final = "/v1"
#: What of a question says where one stands in a list, not what the list is.
PLACES: Final = frozenset({"after", "limit", "fields"})
_NO_LIST: Final = gettext_noop("这个地址没有列表，请看接口说明里带 after 的操作。")


def columns(path: str) -> Sequence[str]:
    """The fields of the rows of the list at this address, such as ``/cases``. Raises Invalid for what is no list."""
    try:
        found = resolve(_VERSION + path, urlconf=_ADDRESSES)
    except Resolver404:
        raise Invalid(fields={"path": _NO_LIST}) from None
    pattern = f"/{found.route.removeprefix('v1/')}".replace("<", "{").replace(">", "}")
    operation = readings(api).get(pattern)
    # What no cache may keep, no file keeps either.
    if operation is None or manners_of(operation.view_func).private or not (names := columns_of(operation)):
        raise Invalid(fields={"path": _NO_LIST})
    return names


def answered(
    actor: Actor, path: str, query: str, now: datetime, *, language: str, **place: str
) -> HttpResponse:
    """What the operation at this address answers to the actor, refusals as problems in the language."""
    found = resolve(_VERSION + path, urlconf=_ADDRESSES)
    given = QueryDict(query, mutable=True)
    for name, value in place.items():
        given[name] = value
    response: HttpResponse = found.func(_request(actor, path, given, now, language), **found.kwargs)
    return response


def rows(actor: Actor, path: str, query: str, now: datetime) -> Iterator[Sequence[Mapping[str, Any]]]:
    """The whole list, a page at a time. Raises Invalid with what the operation says where it refuses meanwhile."""
    after, language = "", translation.get_language() or ""
    while True:
        place = {"limit": str(LIMIT_MOST)} | ({"after": after} if after else {})
        response = answered(actor, path, query, now, language=language, **place)
        told = orjson.loads(response.content)
        if response.status_code != 200:
            raise Invalid(told["detail"])
        page, after = rows_of(told)
        yield page
        if not after:
            return


def _request(actor: Actor, path: str, query: QueryDict, now: datetime, language: str) -> HttpRequest:
    request: Any = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET = query
    # Who asks was asked before: the operation finds the answer here, whatever key stands in the header.
    request.META |= {"HTTP_AUTHORIZATION": "Bearer within", "HTTP_ACCEPT_LANGUAGE": language}
    request.actor, request.now, request.spent = actor, now, None
    whole: HttpRequest = request
    return whole
