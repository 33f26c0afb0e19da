"""The way of every request through an operation: who asks, what was asked before, what is read, what is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from ninja.operation import Operation

from huying.api.conduct import endings
from huying.api.conduct.fields import AFTER, chosen, names_of
from huying.api.conduct.manners import Manners, manners_of
from huying.api.conduct.repeats import key_of, once
from huying.api.conduct.twins import current_etag
from huying.api.conduct.versions import hold, is_known, tags
from huying.api.problems import Overtaken, Unauthenticated, WrongMedia, rate_headers, refusal
from huying.kernel.errors import HuyingError

Run = Callable[..., HttpResponse]
_READS: Final = frozenset({"GET", "HEAD"})


def conducted(run: Any) -> Run:
    """Wrap an operation's ``run``: everything that is the same for all of them happens here, once."""
    operation: Operation = run.__self__
    manners = manners_of(operation.view_func)
    known = names_of(operation) if "GET" in operation.methods else frozenset()

    @wraps(run)
    def answer(request: Any, **given: Any) -> HttpResponse:
        try:
            _known(request, operation)
            request.only = chosen(request.GET.get("fields"), known)
            # By the operation, not the request: a write asks the reading beside it how things stand.
            reads = "GET" in operation.methods
            response = run(request, **given) if reads else _write(request, operation, manners, run, given)
        except HuyingError as error:
            response = refusal(request, error)
        return _dressed(request, response, operation, manners)

    return answer


def _known(request: Any, operation: Operation) -> None:
    # The key is asked before a write's transaction begins: a refusal must not take back that it was counted. Who shows
    # none is told so before anything else that is wrong with the request.
    asked = operation.auth_callbacks
    if asked and not any(callback(request) for callback in asked):
        raise Unauthenticated


def _write(
    request: Any, operation: Operation, manners: Manners, run: Run, given: dict[str, Any]
) -> HttpResponse:
    if request.content_type not in ("", *manners.media):
        raise WrongMedia
    match = request.headers.get("If-Match", "").strip() if manners.matched else ""
    wanted = tags(match) if match not in ("", "*") else frozenset()

    def write() -> HttpResponse:
        if wanted:
            hold(request.path)
            if current_etag(request, operation, given) not in wanted:
                raise Overtaken
        return run(request, **given)

    key = key_of(request) if manners.kept and not manners.private else ""
    if key and hasattr(request, "spent"):
        return once(request, key, write)
    if not wanted:
        return write()
    with transaction.atomic():
        response = write()
        transaction.set_rollback(response.status_code >= 400)
    return response


def _dressed(request: Any, response: HttpResponse, operation: Operation, manners: Manners) -> HttpResponse:
    if request.method in _READS and response.status_code == 200 and not manners.private:
        response = _versioned(request, response)
    if manners.private:
        response["Cache-Control"] = "no-store"
    if spent := getattr(request, "spent", None):
        for name, value in rate_headers(spent).items():
            response[name] = value
    if ending := endings.ENDINGS.get(_named(operation)):
        for name, value in endings.ending_headers(ending).items():
            response[name] = f"{response[name]}, {value}" if name in response else value
    return response


def _named(operation: Operation) -> str:
    return operation.operation_id or operation.api.get_openapi_operation_id(operation)


def _versioned(request: Any, response: HttpResponse) -> HttpResponse:
    if "ETag" not in response and request.__dict__.get("etag"):
        response["ETag"] = request.etag
    if after := str(request.__dict__.get(AFTER, "")):
        response["Link"] = f'<{_next(request, after)}>; rel="next"'
    response.setdefault("Cache-Control", "private, no-cache")
    if "ETag" in response and is_known(request, response["ETag"]):
        kept = {name: response[name] for name in ("ETag", "Cache-Control", "Link") if name in response}
        return HttpResponseNotModified(headers=kept)
    return response


def _next(request: HttpRequest, after: str) -> str:
    asked = [(name, value) for name, values in request.GET.lists() for value in values if name != AFTER]
    return f"{request.path}?{urlencode([*asked, (AFTER, after)])}"
