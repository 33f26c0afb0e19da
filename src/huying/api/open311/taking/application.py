"""``POST /open311/v2/requests`` as an ASGI application of its own, on the batches of the intake.

A report with photos goes to Django's thread instead: looking into a picture takes longer than keeping a report.
"""

from typing import Final

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from huying.api.intake.application import (
    Gone,
    Intake,
    Receive,
    Scope,
    Send,
    body_of,
    header_of,
    intake,
    send_whole,
)
from huying.api.keys import bearer
from huying.api.open311.taking.answering import kept, wants_later
from huying.api.open311.taking.reading import read, renamed
from huying.api.open311.wire.asking import BODY_MOST, parsed
from huying.api.open311.wire.faults import refusal
from huying.api.open311.wire.formats import Format, written
from huying.api.problems import language_of
from huying.kernel.errors import HuyingError, Invalid

_LOCAL: Final = [".localhost", "127.0.0.1", "[::1]"]
CORS: Final = {"Access-Control-Allow-Origin": "*"}


class Reports:
    """Reads, waits for the batch that keeps the report, answers in the format of its address."""

    def __init__(self, through: Intake) -> None:
        self._through = through

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        wanted = Format.JSON if scope["path"].endswith(".json") else Format.XML
        try:
            body = await self._kept(scope, headers, receive, wanted)
            status, more = 200, {"Content-Type": wanted.media_type}
        except Gone:
            return
        except HuyingError as error:
            told = renamed(error) if isinstance(error, Invalid) else error
            language = language_of(header_of(headers, b"accept-language"))
            status, more, body = refusal(told, wanted, language)
        await send_whole(send, status, {**more, **CORS}, body)

    async def _kept(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, wanted: Format
    ) -> bytes:
        body = await body_of(headers, receive, BODY_MOST)
        params = parsed(scope["query_string"].decode("latin-1"), body)
        raw_key = params.text("api_key") or bearer(header_of(headers, b"authorization"))
        self._through.brake(raw_key, scope, headers)
        report = read(params, raw_key, header_of(headers, b"idempotency-key") or None)
        answer = await self._through.batches.put(report)
        if isinstance(answer, HuyingError):
            raise answer
        later = wants_later(header_of(headers, b"prefer"))
        return written(kept(*answer, report.account, root_of(scope, headers), later=later), wanted)


def root_of(scope: Scope, headers: dict[bytes, bytes]) -> str:
    """The site's own address as Django reckons it: the host asked for where it is allowed, else the setting's."""
    host = header_of(headers, b"host")
    name, _port = split_domain_port(host)
    if not name or not validate_host(name, settings.ALLOWED_HOSTS or _LOCAL):
        return settings.HUYING_ADDRESS.rstrip("/")
    behind = settings.SECURE_PROXY_SSL_HEADER and header_of(headers, b"x-forwarded-proto") == "https"
    return f"{'https' if behind else scope.get('scheme', 'http')}://{host}"


reports = Reports(intake)
