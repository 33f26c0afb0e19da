"""Every address of GeoReport v2, led to its answer; refusals in the format that was asked for."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from huying.api.open311 import trials
from huying.api.open311.door import Asked, asked
from huying.api.open311.taking import posting, updating
from huying.api.open311.taking.answering import case_of_token
from huying.api.open311.taking.reading import renamed
from huying.api.open311.telling import media, requests, services, updates
from huying.api.open311.telling.description import description
from huying.api.open311.telling.discovery import PRODUCTION, TRIAL, discovery
from huying.api.open311.telling.window import case_id
from huying.api.open311.wire.asking import Params, merged, parsed
from huying.api.open311.wire.faults import NotAllowed, refusal
from huying.api.open311.wire.formats import Format, Rows, Tree, written
from huying.api.problems import TooLarge, language_of
from huying.kernel.clock import now as present
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.kernel.saying import said

_log = logging.getLogger(__name__)
_FORMS: Final = frozenset({"", "application/x-www-form-urlencoded", "multipart/form-data"})
_CORS: Final = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
_GET: Final = ("GET", "HEAD", "OPTIONS")
_GET_POST: Final = ("GET", "HEAD", "OPTIONS", "POST")
_SUFFIX: Final = re.compile(r"\.(xml|json)$", re.IGNORECASE)
Answer = Rows | Tree


@dataclass(frozen=True, slots=True)
class _Route:
    """A resource: its address after the endpoint, its methods, and who answers for production and for trials."""

    path: re.Pattern[str]
    methods: tuple[str, ...]
    get: Callable[..., Answer]
    trial: Callable[..., Answer]


def _token(ask: Asked, given: str) -> Answer:
    """Also of a number that stands for itself: some clients ask with what they hold, whichever it is."""
    case = case_of_token(ask.district, given)
    if case is None:
        case = case_id(given, ask.district)
        try:
            requests.one(ask, given)
        except NotFound:
            raise NotFound(said("没有 token %(token)s。", token=given[:40])) from None
    row = (case_number(ask.district, case or 0), given)
    return Rows("service_requests", "request", ("service_request_id", "token"), [row])


_ROUTES: Final = (
    _Route(re.compile("services"), _GET, services.services, services.services),
    _Route(re.compile("services/([^/]+)"), _GET, services.definition, services.definition),
    _Route(re.compile("requests"), _GET_POST, requests.listed, trials.listed),
    _Route(re.compile("requests/([^/]+)"), _GET, requests.one, trials.one),
    _Route(re.compile("tokens/([^/]+)"), _GET, _token, trials.token),
    _Route(re.compile("servicerequestupdates"), _GET_POST, updates.listed, trials.updates),
)


@csrf_exempt
def find(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Service discovery, at the addresses at which clients look for it."""
    wanted = _format(request, rest)
    try:
        _must_be(request, _GET)
        if request.method == "OPTIONS":
            return _options(_GET)
        if wanted is None:
            raise NotFound
        return _answer(discovery(root_of(request)), wanted)
    except HuyingError as error:
        return _refused(request, error, wanted)


@csrf_exempt
def production(request: HttpRequest, rest: str) -> HttpResponseBase:
    """The endpoint of the district itself."""
    return _door(request, rest, PRODUCTION, trial=False)


@csrf_exempt
def trial(request: HttpRequest, rest: str) -> HttpResponseBase:
    """The endpoint at which clients try things out."""
    return _door(request, rest, TRIAL, trial=True)


@csrf_exempt
def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Whatever is none of these addresses: a program is told so in a form that it reads."""
    return _refused(request, NotFound(), _format(request, rest))


@csrf_exempt
def described(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The description of the interface: JSON, which is YAML as well."""
    try:
        _must_be(request, _GET)
    except HuyingError as error:
        return _refused(request, error, Format.JSON)
    base = TRIAL if request.path.startswith(TRIAL) else PRODUCTION
    kind = "application/yaml" if request.path.endswith(".yaml") else "application/json"
    return HttpResponse(
        description(root_of(request), base), content_type=f"{kind}; charset=utf-8", headers=_CORS
    )


def root_of(request: HttpRequest) -> str:
    """The site's own address as it was asked for, without a slash at its end."""
    return f"{request.scheme}://{request.get_host()}"


def _door(request: HttpRequest, rest: str, base: str, *, trial: bool) -> HttpResponseBase:
    wanted: Format | None = Format.XML
    try:
        rest = rest.strip("/")
        if rest.startswith("media/"):
            return _media(request, rest, base, trial=trial)
        wanted = _format(request, rest)
        bare = _SUFFIX.sub("", rest)
        found = next(
            ((route, match) for route in _ROUTES if (match := route.path.fullmatch(bare)) is not None), None
        )
        if wanted is None or found is None:
            raise NotFound
        route, match = found
        _must_be(request, route.methods)
        if request.method == "OPTIONS":
            return _options(route.methods)
        return _answer(_led(request, route, match.groups(), wanted, base, trial=trial), wanted)
    except HuyingError as error:
        return _refused(request, error, wanted)
    except (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent):
        return _refused(request, TooLarge(), wanted)
    except (DataError, MultiPartParserError, UnicodeDecodeError, SuspiciousOperation) as error:
        # What no column can hold, or no reader of forms understands, came from outside.
        _log.warning("%s: %s", request.path, error)
        return _refused(request, Invalid("内容里有不能用的字符或数值，请改正后再提交。"), wanted)
    except Exception as error:
        _log.error("no answer for %s", request.path, exc_info=error)
        return _refused(request, HuyingError(), wanted)


def _led(
    request: HttpRequest, route: _Route, named: tuple[str, ...], wanted: Format, base: str, *, trial: bool
) -> Answer:
    params, root = _params(request), root_of(request)
    writes = request.method == "POST"
    if writes and not trial and route.get is requests.listed:
        return posting.post(request, params, root)
    key = request.headers.get("Authorization", "")
    ask = asked(params, wanted, present(), key, root, base, trial=trial)
    if writes:
        return _posted(request, ask, route, trial=trial)
    return (route.trial if trial else route.get)(ask, *named)


def _posted(request: HttpRequest, ask: Asked, route: _Route, *, trial: bool) -> Answer:
    if route.get is requests.listed:
        return trials.post(request, ask)
    key, photos = request.headers.get("Idempotency-Key", ""), posting.media_of(request)
    return trials.update(ask, key, photos) if trial else updating.keep(ask, key, photos)


def _params(request: HttpRequest) -> Params:
    query = request.META.get("QUERY_STRING", "")
    if request.method != "POST":
        return parsed(query)
    if request.content_type not in _FORMS:
        raise Invalid("请用 application/x-www-form-urlencoded 或 multipart/form-data 提交。")
    if request.content_type == "multipart/form-data":
        return merged(query, dict(request.POST.lists()))
    return parsed(query, request.body)


def _media(request: HttpRequest, rest: str, base: str, *, trial: bool) -> HttpResponseBase:
    _must_be(request, _GET)
    if trial:
        raise NotFound
    key, name = request.headers.get("Authorization", ""), rest.removeprefix("media/")
    # The name tells the district: an address that was told is whole.
    params = parsed(f"jurisdiction_id={quote(name[:6])}&{request.META.get('QUERY_STRING', '')}")
    ask = asked(params, Format.XML, present(), key, root_of(request), base, trial=False)
    return media.photo(ask, name)


def _format(request: HttpRequest, rest: str) -> Format | None:
    """By the suffix; without one by what is accepted, and XML in doubt. None for a suffix we do not write."""
    last = rest.rpartition("/")[2].lower()
    if last.endswith(".json"):
        return Format.JSON
    if last.endswith(".xml"):
        return Format.XML
    if "." in last:
        return None
    accepted = request.headers.get("Accept", "")
    return Format.JSON if "json" in accepted and "xml" not in accepted else Format.XML


def _must_be(request: HttpRequest, methods: tuple[str, ...]) -> None:
    if request.method not in methods:
        raise NotAllowed(methods)


def _options(methods: tuple[str, ...]) -> HttpResponse:
    allowed = ", ".join(methods)
    more = {
        "Allow": allowed, "Access-Control-Allow-Methods": allowed,
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Prefer",
    }  # fmt: skip
    return HttpResponse(status=204, headers=_CORS | more)


def _answer(answer: Answer, wanted: Format) -> HttpResponse:
    headers: Mapping[str, Any] = {**_CORS, "Cache-Control": "no-store"}
    return HttpResponse(written(answer, wanted), content_type=wanted.media_type, headers=headers)


def _refused(request: HttpRequest, error: HuyingError, wanted: Format | None) -> HttpResponse:
    told = renamed(error) if isinstance(error, Invalid) else error
    language = language_of(request.headers.get("Accept-Language", ""))
    status, headers, body = refusal(told, wanted or Format.XML, language)
    return HttpResponse(body, status=status, headers=headers | _CORS)
