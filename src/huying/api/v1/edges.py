"""Beside the operations: addresses that are none, and methods that an address does not take."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.views.decorators.csrf import csrf_exempt

from huying.api.problems import WrongMethod, refusal
from huying.kernel.errors import NotFound


@csrf_exempt
def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address: told as a problem, as programs read it."""
    return refusal(request, NotFound("接口里没有这个地址，请看接口说明 /api/v1/docs。"))


def well_refused(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    """The same address, which refuses a method it does not take with a problem instead of a bare line.

    Pages of the description, to which the interface is given as an argument, stay as they are.
    """
    if isinstance(pattern, URLResolver) or isinstance(pattern.callback, partial):
        return pattern
    view: Callable[..., HttpResponse] = pattern.callback

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **given: Any) -> HttpResponse:
        if request.method == "HEAD":
            # What GET would answer, without its body (RFC 9110, 9.3.2).
            request.method = "GET"
            return _without_body(answer(request, *args, **given))
        response = view(request, *args, **given)
        if response.status_code != WrongMethod.status:
            return response
        told = refusal(request, WrongMethod())
        told["Allow"] = response["Allow"]
        return told

    pattern.callback = answer
    return pattern


def _without_body(response: HttpResponse) -> HttpResponse:
    if response.streaming:
        # A file, which says its length by itself.
        bare = HttpResponse(status=response.status_code, headers=dict(response.headers))
        response.close()
        return bare
    response["Content-Length"] = str(len(response.content))
    response.content = b""
    return response
