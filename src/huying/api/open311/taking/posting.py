"""``POST requests`` where Django answers: with photos, and wherever there is no front of ours."""

from typing import Final

from django.http import HttpRequest

from huying.api.intake.brakes import Brake
from huying.api.intake.keeping import keep
from huying.api.open311.door import raw_key
from huying.api.open311.taking.answering import kept, wants_later
from huying.api.open311.taking.reading import Report, read
from huying.api.open311.wire.asking import Params
from huying.api.open311.wire.formats import Rows
from huying.api.problems import TooMany
from huying.kernel.errors import HuyingError, Invalid
from huying.loop.collect.rules import PHOTOS_MOST

_brake: Final = Brake()


def report_of(request: HttpRequest, params: Params, brake: Brake = _brake) -> Report:
    """What is reported, with its photos. Raises TooMany for who sends too often without a key, and Invalid."""
    raw = raw_key(params, request.headers.get("Authorization", ""))
    if not raw and not brake.takes(request.META.get("REMOTE_ADDR", "")):
        raise TooMany
    return read(params, raw, request.headers.get("Idempotency-Key") or None, media_of(request))


def post(request: HttpRequest, params: Params, root: str) -> Rows:
    """Keep one report, and say its number."""
    report = report_of(request, params)
    answer = keep([report])[0]
    if isinstance(answer, HuyingError):
        raise answer
    return kept(*answer, report.account, root, later=wants_later(request.headers.get("Prefer", "")))


def media_of(request: HttpRequest) -> tuple[bytes, ...]:
    """Every picture of the form, whatever its field is called. Raises Invalid for too many."""
    files = [file for _name, several in request.FILES.lists() for file in several]
    if len(files) > PHOTOS_MOST:
        raise Invalid(fields={"photos": "最多 6 张照片。"})
    return tuple(file.read() for file in files)
