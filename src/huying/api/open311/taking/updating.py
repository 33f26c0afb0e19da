"""``POST servicerequestupdates``: what another system did, as a step of the table and never around it.

Open stays open: the words become an internal note. Closed, by the system of the body that leads, is its report: the case
then waits to be checked, as after anybody's report. Open again, of a closed case, is a reopening. Whoever may not take
that step is refused, and nothing is written.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.api.open311.door import Asked
from huying.api.open311.taking.reading import is_link, photos_named
from huying.api.open311.telling.window import case_id
from huying.api.open311.wire.asking import Params, Unclear
from huying.api.open311.wire.faults import BadKey
from huying.api.open311.wire.formats import Rows
from huying.cases.actions import advance, store_photos
from huying.cases.lifecycle import Verb
from huying.cases.queries.deeds import step_under
from huying.cases.queries.outside.asked import Wanted
from huying.cases.queries.outside.requests import FIELDS, requests
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.kernel.saying import said
from huying.kernel.terms import Term
from huying.loop.collect.rules import KEY_LEAST, KEY_MOST, readable

ROOT, EACH = "service_request_updates", "request_update"
_MOST: Final = 4000
_STATUS: Final = FIELDS.index("status")
# The steps that an update may be, and what each asks for.
_MAY: Final = {
    Verb.NOTE: Permission.CASE_NOTE, Verb.REPORT: Permission.ORDER_REPORT, Verb.REOPEN: Permission.CASE_REOPEN,
}  # fmt: skip


class Amiss(Term):
    """What can be wrong with an update."""

    STATUS = "status", "status 只有 open 和 closed。"
    LONG = "long", "最多 4000 字，请写短一些。"
    LINK = "link", "应为 http 或 https 网址。"
    PHOTOS = "photos", "重办时不收照片，请先作为进展送来。"
    KEY = "key", "幂等键应为 8 到 80 个英文字符。"


def words_of(ask: Asked) -> str:
    """What was said, with the addresses of pictures under it. Raises Invalid naming what is missing."""
    params = ask.params
    words, links = readable(params.text("description")), params.all("media_url")
    wrong: dict[str, str] = {}
    if not params.text("service_request_id"):
        wrong["service_request_id"] = Unclear.MISSING.zh
    # A picture alone says something, but nobody is answered by one.
    if not words and (not links or params.text("status").lower() == "closed"):
        wrong["description"] = Unclear.MISSING.zh
    if any(not is_link(link) for link in links):
        wrong["media_url"] = Amiss.LINK.zh
    whole = "\n".join([words, *links]).strip()
    if len(whole) > _MOST:
        wrong["description"] = Amiss.LONG.zh
    if params.text("status").lower() not in {"", "open", "closed"}:
        wrong["status"] = Amiss.STATUS.zh
    params.instant("updated_datetime", ask.zone)
    if wrong:
        raise Invalid(fields=wrong)
    return whole


def key_of(ask: Asked, header: str) -> str | None:
    """What makes giving an update twice harmless: a header, or the number it has in the system whose key is shown."""
    ours = ask.params.text("update_id_ext") or ask.params.text("update_id")
    if header and not _fits(header):
        raise Invalid(fields={"Idempotency-Key": Amiss.KEY.zh})
    if header or not ours:
        return header or None
    by = ask.actor.key_id if ask.actor is not None else 0
    # Any number of another system is one, however it is written.
    given = f"update:{by}:{ours}"
    return given if _fits(given) else f"update:{hashlib.sha256(given.encode()).hexdigest()}"


def _fits(key: str) -> bool:
    return KEY_LEAST <= len(key) <= KEY_MOST and key.isascii() and key.isprintable()


def keep(ask: Asked, idempotency_key: str, photos: Sequence[bytes] = ()) -> Rows:
    """Take the step with its photos; the number of the update. Raises BadKey, NotFound, Denied, Invalid, Conflict."""
    if ask.actor is None:
        raise BadKey
    params = ask.params
    words, number = words_of(ask), params.text("service_request_id")
    case = case_id(number, ask.district)
    rows = (
        requests(ask.reader, Wanted(ids=[case])) if case is not None and ask.reader.actor is not None else []
    )
    if case is None or not rows:
        raise NotFound(said("没有 service_request_id %(id)s。", id=number[:40]))
    once = key_of(ask, idempotency_key)
    before = step_under(ask.district, once) if once else None
    if before is not None and (before.case_id != case or before.verb not in _MAY):
        before = None
    # Given again it is the same step, though the case has moved on since.
    verb = before.verb if before else _verb(params, is_closed=rows[0][_STATUS] == "closed")
    facts = _facts(verb, words) | _shown(ask.actor, verb, photos)
    kept = advance((ask.district, case), verb, by=ask.actor, now=ask.now, key=once, **facts)
    return answer(case_number(ask.district, case), before.seq if before else kept.length)


def answer(number: str, step: int) -> Rows:
    return Rows(ROOT, EACH, ("update_id",), [(f"{number}-{step}",)])


def _verb(params: Params, *, is_closed: bool) -> Verb:
    status = params.text("status").lower()
    if status == "closed" and not is_closed:
        return Verb.REPORT
    return Verb.REOPEN if status == "open" and is_closed else Verb.NOTE


def _facts(verb: Verb, words: str) -> dict[str, Any]:
    if verb is Verb.REPORT:
        return {"result": words, "reply": words, "solved": True}
    return {"reason": words} if verb is Verb.REOPEN else {"note": words}


def _shown(by: Actor, verb: Verb, photos: Sequence[bytes]) -> dict[str, Any]:
    """The photos of the step; who may not take it leaves none. Raises Denied, Invalid."""
    if not photos:
        return {}
    if verb is Verb.REOPEN:
        raise Invalid(fields={"media": Amiss.PHOTOS.zh})
    if not by.may(_MAY[verb]):
        raise Denied
    with photos_named():
        return {"photos": store_photos(by.district, photos)}
