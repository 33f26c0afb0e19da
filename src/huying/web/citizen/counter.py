"""The counter at which a resident stands: their pages ask here, and here alone, what the platform knows."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Final

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from huying.access.actor import system
from huying.cases.actions import Move, NewAppeal, advance, advance_many, receive, store_photos
from huying.cases.lifecycle import Outcome, State, Verb
from huying.cases.queries.glances import glances as lines_of
from huying.cases.queries.glances import public_replies
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.cases.queries.proofs.chain import chain_of_appeal
from huying.cases.queries.proofs.files import proof_of_appeal
from huying.cases.queries.proofs.proving import prove as chain_of
from huying.cases.queries.track import resident_of, track
from huying.cases.rules.replies import without_persons
from huying.kernel import clock
from huying.kernel.errors import IllegalStep, Invalid, NotFound
from huying.kernel.numbers import parse_case_number
from huying.people.actions import ensure_callers
from huying.people.queries import phone_ends_with
from huying.places.queries import area_features, districts
from huying.places.rules.levels import Level
from huying.places.rules.names import public_words
from huying.web.citizen import telling
from huying.web.citizen.matters import Answered, AnsweredPage, Glimpse, Matter, Proof, Report, Verdict
from huying.web.citizen.where import Whereabouts, located
from huying.web.components import span_words

# What is told in confidence is not published, answered or not.
_NOT_PUBLIC: Final = frozenset({"report"})
# What was asked, proposed or praised was answered, and nothing was done about it in any street.
_ONLY_SAID: Final = frozenset({"inquiry", "suggestion", "thanks"})
_LATELY: Final = 60
_CLOSED: Final = CaseFilter(states=frozenset({State.CLOSED}), closed=True)
_KEY_SALT: Final = "huying.citizen.said"


def send(report: Report, now: datetime) -> str:
    """Keep one report; its receipt number. Given twice with one key and the same words it is one appeal.

    Raises OutsideDistrict when the point is elsewhere and no address was written.
    """
    given = Whereabouts(report.place, report.text, report.lon, report.lat, report.area, report.accuracy)
    spot = located(given)
    caller = ensure_callers(spot.district, [("", report.phone)], now)[0]
    new = NewAppeal(
        text=report.text,
        channel="web",
        caller_id=caller,
        place_text=report.place,
        lon=None if given.coarse else report.lon,
        lat=None if given.coarse else report.lat,
        area=spot.area,
        source="web",
        idempotency_key=_key(report),
        photos=store_photos(spot.district, [photo.content for photo in report.photos]),
    )
    by = system(spot.district, _("居民网页"))
    return receive(spot.district, [new], by=by, now=now)[0].receipt


def _key(report: Report) -> str:
    """Of the form and of what it says: sent twice it is one appeal, changed and sent again nothing is lost."""
    said = "\0".join((report.text, report.place, report.phone))
    return f"web:{report.key}:{salted_hmac(_KEY_SALT, said).hexdigest()[:16]}"


def matter(receipt: str, now: datetime) -> Matter:
    """Everything the holder sees. Raises NotFound, or Invalid for what is no receipt number."""
    return telling.matter(track(receipt, now), now)


def opens(receipt: str, tail: str, now: datetime) -> bool:
    """Whether these four digits, or none where no phone was given, open the receipt."""
    try:
        found = track(receipt, now)
    except (Invalid, NotFound):
        return False
    if telling.phone_tail(found) is None or found.caller_id is None:
        return True
    return phone_ends_with(found.district, found.caller_id, tail)


def photo_path(receipt: str, photo: int, now: datetime) -> str:
    """Where in the store a photo of this receipt lies. Raises NotFound for anybody else's."""
    found = track(receipt, now)
    mine = [*found.photos, *(each for case in found.cases for each in case.photos)]
    for each in mine:
        if each.id == photo:
            return each.path
    raise NotFound


def glimpses(receipts: Sequence[str]) -> list[Glimpse]:
    """A line for each receipt that is known."""
    return [Glimpse(g.receipt, g.title, telling.state_chip(g.state)) for g in lines_of(receipts)]


def rate(receipt: str, case: str, verdict: Verdict, now: datetime) -> None:
    """The caller's verdict on one case. Raises NotFound, Conflict or Denied."""
    found = track(receipt, now)
    ref = parse_case_number(case)
    if ref not in {(found.district, each.case_id) for each in found.cases}:
        raise NotFound
    facts: dict[str, Any] = {"appeal": found.appeal_id, "words": verdict.words, **verdict.stars}
    facts["satisfaction"] = "satisfied" if verdict.solved else "unsatisfied"
    outcome = Outcome.SOLVED if verdict.solved else Outcome.UNSOLVED
    advance(ref, Verb.RATE, by=resident_of(found), now=now, outcome=outcome, **facts)


def withdraw(receipt: str, reason: str, now: datetime) -> None:
    """Take the appeal away from every open case; one ends with its last caller. Raises IllegalStep when none is.

    A case that was done stays, also where a page from before still offers to withdraw: it is asked about instead.
    """
    found = track(receipt, now)
    facts = {"appeal": found.appeal_id, "reason": reason}
    by = resident_of(found)
    moves = [
        Move(case=(found.district, case.case_id), verb=Verb.WITHDRAW, by=by, facts=facts)
        for case in found.cases
        if case.may_withdraw and not case.may_rate
    ]
    if not moves:
        raise IllegalStep(_("已经办结，不用撤回了。"))
    advance_many(moves, now)


def prove(receipt: str, now: datetime) -> list[Proof]:
    """The check of each case's chain."""
    followed = track(receipt, now)
    found = [chain_of(followed.district, case.case_id) for case in followed.cases]
    return [
        Proof(one.broken_at is None, one.entries, now, one.seal, one.broken_at or 0, one.root, one.root_day)
        for one in found
    ]


def chain(receipt: str, now: datetime) -> list[dict[str, Any]]:
    """Every entry's digests, for a holder who wants to recompute the seals without us."""
    found = track(receipt, now)
    return [asdict(entry) for entry in chain_of_appeal(found.district, found.appeal_id)]


def proof_file(receipt: str, now: datetime) -> dict[str, Any]:
    """The proof of each case, for a holder who holds it against what was published."""
    found = track(receipt, now)
    return proof_of_appeal(found.district, found.appeal_id, now)


def answered(area: str, cursor: str, limit: int) -> AnsweredPage:
    """Closed and answered matters, newest first, without anybody's data."""
    known = districts()
    if not known:
        return AnsweredPage(())
    district = int(area[:6]) if area[:6].isdecimal() else known[0].code
    page = queue_for(system(district), replace(_CLOSED, area=area), clock.now(), cursor, limit)
    replies = public_replies(district, [line.id for line in page.lines])
    shown = [_answered(line, replies[line.id]) for line in page.lines if _publishable(line, replies)]
    return AnsweredPage(shown, older=page.after)


def latest_answered(district: int, most: int, now: datetime) -> list[CaseLine]:
    """Those of the ``most`` newest closed cases that everybody may know of."""
    lines = queue_for(system(district), _CLOSED, now, limit=most).lines
    replies = public_replies(district, [line.id for line in lines])
    return [line for line in lines if _publishable(line, replies)]


def done_in(district: int, communities: Sequence[str], each: int) -> dict[str, list[Answered]]:
    """What was done lately in each of these areas, at most ``each``; questions that were only answered are left out."""
    by, now = system(district), clock.now()
    lines = {
        area: [
            line
            for line in queue_for(by, replace(_CLOSED, area=area), now, limit=_LATELY).lines
            if line.kind not in _ONLY_SAID
        ]
        for area in communities
    }
    replies = public_replies(district, [line.id for found in lines.values() for line in found])
    return {
        area: [_answered(line, replies[line.id]) for line in found if _publishable(line, replies)][:each]
        for area, found in lines.items()
    }


def _publishable(line: CaseLine, replies: Any) -> bool:
    return line.id in replies and line.kind not in _NOT_PUBLIC


def _answered(line: CaseLine, reply: str) -> Answered:
    """The item stands for the caller's words, the community for the place."""
    return Answered(
        title=line.item_name or _("民生诉求"),
        place=public_words(line.area_name),
        state=telling.state_chip(line.state),
        opened_at=line.opened_at,
        took=span_words(line.closed_at - line.opened_at) if line.closed_at else "",
        reply=without_persons(reply),
        body=line.body_name,
    )


def outlines() -> dict[str, Any]:
    """The streets as GeoJSON; the districts' own outline where no street is drawn."""
    found = [f for one in districts() for f in area_features(one.code, Level.STREET)["features"]]
    found = found or [f for one in districts() for f in area_features(one.code, Level.DISTRICT)["features"]]
    return {"type": "FeatureCollection", "features": found}
