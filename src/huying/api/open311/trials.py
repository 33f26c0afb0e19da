"""The test endpoint: reads, checks and answers as production does, and keeps nothing of the district's.

What is sent here lies in a sandbox for a day and can be read back, updated and closed. Who the caller is, is checked and
forgotten at once; photos are looked into and not kept.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest

from huying.api.intake.brakes import Brake
from huying.api.open311.door import Asked
from huying.api.open311.taking import answering, updating
from huying.api.open311.taking.posting import report_of
from huying.api.open311.taking.reading import Report, photos_named, renamed
from huying.api.open311.telling import window
from huying.api.open311.telling.requests import wanted_of, within
from huying.api.open311.telling.updates import EACH, ROOT
from huying.api.open311.wire.faults import BadKey
from huying.api.open311.wire.formats import Rows
from huying.cases.lifecycle import State, Verb
from huying.cases.queries.outside.requests import EXTENSIONS, FIELDS, MEDIA_CODE
from huying.cases.queries.outside.updates import FIELDS as UPDATE_FIELDS
from huying.cases.rules.photos import clean_photo
from huying.catalogue.queries import item
from huying.catalogue.queries.questions import names_ever
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.kernel.saying import said
from huying.loop.collect.actions import tried
from huying.loop.collect.rules import scoped_key
from huying.places.queries import Level, area_words, areas
from huying.places.rules.names import public_words
from huying.sandbox.actions import NewTrial, keep_trial, update_trial
from huying.sandbox.queries import TrialRow, TrialsWanted, trial, trials, updated_trials

_brake: Final = Brake()
_COMMUNITY: Final = 12


def post(request: HttpRequest, ask: Asked) -> Rows:
    """Check a request as production would, keep it as a trial, and say its number."""
    report = report_of(request, ask.params, _brake)
    new = _checked(report, ask.now)
    number = keep_trial(ask.district, new, ask.now)
    later = answering.wants_later(request.headers.get("Prefer", ""))
    told = answering.token(-ask.district, number) if later else case_number(ask.district, number)
    notice = "这是试用端点，一天后清除，不会有人办理。This is the test endpoint: nobody will act on it."
    named = "token" if later else "service_request_id"
    fields = (named, "service_notice", "account_id")
    return Rows("service_requests", "request", fields, [(told, notice, report.account or None)])


def _checked(report: Report, now: datetime) -> NewTrial:
    actor = report.actor(now)
    try:
        form, area = tried(actor.district, report.checked(actor))
        with photos_named():
            for content in report.media:
                clean_photo(content)
    except Invalid as error:
        raise renamed(error) from None
    links = [one.keys[0] for one in form.answers if one.code == MEDIA_CODE]
    answers = [
        {"code": one.code, "name": one.question, "value": one.said}
        for one in form.answers
        if one.code != MEDIA_CODE
    ]
    told = {"description": form.text, "address": form.place_text, "media_url": links[0] if links else None}
    once = scoped_key(actor, form)
    area = area or str(actor.district)
    return NewTrial(form.item, area, form.lon, form.lat, {**told, "answers": answers}, once)


def listed(ask: Asked) -> Rows:
    wanted = wanted_of(ask)
    found = trials(
        ask.district,
        TrialsWanted(
            wanted.ids, wanted.items, wanted.is_open, (wanted.since, wanted.until),
            (wanted.touched_since, wanted.touched_until), _places(ask), wanted.offset, wanted.limit,
        ),
        ask.now,
    )  # fmt: skip
    return _rows(ask, found)


def _places(ask: Asked) -> Sequence[str] | None:
    near = window.near(ask.params)
    return within(ask.district, near) if near else None


def one(ask: Asked, number: str) -> Rows:
    case = window.case_id(number, ask.district)
    found = trial(ask.district, case, ask.now) if case is not None else None
    if found is None:
        raise NotFound(said("没有 service_request_id %(id)s。", id=number[:40]))
    return _rows(ask, [found])


def token(ask: Asked, given: str) -> Rows:
    number = answering.case_of_token(-ask.district, given) or window.case_id(given, ask.district)
    if number is None or trial(ask.district, number, ask.now) is None:
        raise NotFound(said("没有 token %(token)s。", token=given[:40]))
    row = (case_number(ask.district, number), given)
    return Rows("service_requests", "request", ("service_request_id", "token"), [row])


def updates(ask: Asked) -> Rows:
    span = window.happened(ask.params, ask.now, ask.zone)
    named = window.ids(ask.params, ask.district)
    lines = [
        (
            f"{case_number(ask.district, row.id)}-{number}", case_number(ask.district, row.id),
            "closed" if each["closed"] else "open", ask.reader.time(at),
            each["words"] if ask.reader.actor else (Verb.CLOSE if each["closed"] else Verb.NOTE).zh, None,
        )
        for row in updated_trials(ask.district, span.since, span.until, ask.now)
        if named is None or row.id in named
        for number, each in enumerate(row.updates, 1)
        if span.since <= (at := datetime.fromisoformat(each["at"])) <= span.until
    ]  # fmt: skip
    offset, limit = window.page(ask.params)
    return Rows(
        ROOT, EACH, UPDATE_FIELDS, sorted(lines, key=lambda line: str(line[3]))[offset : offset + limit]
    )


def update(ask: Asked, idempotency_key: str, photos: Sequence[bytes] = ()) -> Rows:
    """Any key of the district may close a trial: that is what trials are for."""
    if ask.actor is None:
        raise BadKey
    words = updating.words_of(ask)
    once = updating.key_of(ask, idempotency_key)
    with photos_named():
        for content in photos:
            clean_photo(content)
    number = ask.params.text("service_request_id")
    case = window.case_id(number, ask.district)
    if case is None:
        raise NotFound(said("没有 service_request_id %(id)s。", id=number[:40]))
    closed = ask.params.text("status").lower() == "closed"
    step = update_trial(ask.district, case, {"words": words, "once": once}, ask.now, closed=closed)
    return updating.answer(case_number(ask.district, case), step)


def _rows(ask: Asked, found: Sequence[TrialRow]) -> Rows:
    more = ask.params.yes("extensions")
    lines = [(*_told(ask, row), *((_extended(ask, row),) if more else ())) for row in found]
    return Rows("service_requests", "request", (*FIELDS, EXTENSIONS) if more else FIELDS, lines)


def _told(ask: Asked, row: TrialRow) -> tuple[Any, ...]:
    """As production tells it: the words and the place only to a key that reads cases."""
    known, reader = ask.reader.actor is not None, ask.reader
    middles = {
        each.code: each for level in (Level.STREET, Level.COMMUNITY) for each in areas(ask.district, level)
    }
    middle = middles.get(row.area[:_COMMUNITY]) or middles.get(row.area[:9])
    lon, lat = (row.lon, row.lat) if known and row.lon is not None else (None, None)
    if lon is None and middle is not None:
        lon, lat = middle.lon, middle.lat
    words = area_words(ask.district, row.area)
    closed = row.closed_at is not None
    return (
        case_number(ask.district, row.id), "closed" if closed else "open",
        (State.CLOSED if closed else State.RECEIVED).zh, names_ever(ask.district).get(row.item, (row.item, 0))[0],
        row.item, row.told["description"] if known else None, None, _notice(ask, row.item),
        reader.time(row.made_at), reader.time(row.closed_at or row.updated_at), None,
        (row.told["address"] or words) if known else public_words(words), reader.area(row.area), None, lat, lon,
        row.told["media_url"] if known else None,
    )  # fmt: skip


def _notice(ask: Asked, code: str) -> str | None:
    try:
        line = item(ask.district, code)
    except NotFound:
        return None
    return line.conditions[0].closing_standard if line.conditions else None


def _extended(ask: Asked, row: TrialRow) -> list[dict[str, str]]:
    return row.told["answers"] if ask.reader.actor is not None else []
