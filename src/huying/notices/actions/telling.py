"""The reaction that tells people what happened: it follows the ledger and writes each notice once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.cases.clocks import RungAction
from huying.cases.ledger import Link
from huying.cases.lifecycle import Channel, ClockKind, Verb
from huying.cases.queries.settings.timing import timing_of
from huying.cases.queries.told import (
    ToldCaller,
    ToldCase,
    asking_bodies,
    demanders,
    told_callers,
    told_cases,
    told_words,
)
from huying.cases.rules.titles import title_of
from huying.notices.actions.planning import ToCaller, ToStaff, write_for_callers, write_for_staff
from huying.notices.queries.audience import bodies_of, callers_of, posts_held, staff_of
from huying.notices.queries.duty import night_watch
from huying.notices.queries.residents import resident_choices
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import Audience, PostHeld, languages
from huying.notices.rules.duty import BY_DUTY, by_duty
from huying.notices.rules.reading import due_of, short, terms_of
from huying.notices.rules.rows import Row, rows_for, warning_rows
from huying.notices.rules.times import STALE, STALE_OUTSIDE
from huying.texts.rules.occasions import RESIDENT, Occasion

# The danger of a filing condition at which a new order waits for no quiet hours.
_DANGER: Final = 3


@dataclass(frozen=True, slots=True)
class _News:
    entry: Link
    row: Row


def tell(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Tell everybody whom the table names, in the page and outside."""
    _tell(district, entries, now, outside=True)


def tell_in_pages(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Tell staff in their pages alone: of what happened before anybody could be told outside."""
    _tell(district, entries, now, outside=False)


def _tell(district: int, entries: Sequence[Link], now: datetime, *, outside: bool) -> None:
    news = [one for entry in entries if entry.at >= now - STALE for one in _news(district, entry)]
    if not outside:
        news = [one for one in news if one.row.occasion not in RESIDENT]
    cases = told_cases(district, {one.entry.case_id for one in news})
    known = [one for one in news if one.entry.case_id in cases]
    _tell_staff(district, [one for one in known if one.row.occasion not in RESIDENT], cases, now, outside)
    _tell_callers(district, [one for one in known if one.row.occasion in RESIDENT], cases, now)


def _news(district: int, entry: Link) -> Iterator[_News]:
    rows = rows_for(entry.verb, entry.outcome, entry.after, entry.facts)
    if entry.verb == Verb.WARN:
        kind = ClockKind(entry.facts["clock"])
        rung = timing_of(district).rung(kind, int(entry.facts["rung"]))
        rows = warning_rows(kind, RungAction(rung.action)) if rung else []
    return (_News(entry, row) for row in rows)


def _tell_staff(
    district: int, news: Sequence[_News], cases: Mapping[int, ToldCase], now: datetime, outside: bool
) -> None:
    if not news:
        return
    posts = posts_held(district, now)
    asked = asking_bodies(district, {one.entry.case_id for one in news})
    demanded = demanders(
        district, {one.entry.case_id for one in news if one.row.audience is Audience.DEMANDER}
    )
    watch = night_watch(district, now) if any(one.row.occasion in BY_DUTY for one in news) else None
    found = []
    for one in news:
        case = cases[one.entry.case_id]
        meant = bodies_of(one.row, one.entry, case, asked)
        urgent = one.row.occasion is Occasion.ORDER and case.urgency >= _DANGER
        goes_out = outside and one.entry.at >= now - STALE_OUTSIDE
        held = staff_of(one.row, one.entry, case, posts, asked, demanded)
        if watch is not None and one.row.occasion in BY_DUTY and one.row.audience is Audience.HOLDERS:
            held, resting = by_duty(held, posts, watch, case.area or str(district))
            if resting:
                told = _happened(district, one, case, case.title, case.body_id)
                found.append(ToStaff(told, one.entry.seq, one.entry.at, languages(resting), outside=False))
        for body_id, those in _by_body(one.row, held, meant):
            told = _happened(district, one, case, case.title, body_id)
            found.append(ToStaff(told, one.entry.seq, one.entry.at, languages(those), urgent, goes_out))
    write_for_staff(district, found, now)


def _by_body(
    row: Row, held: Sequence[PostHeld], meant: Sequence[int]
) -> Iterator[tuple[int | None, Sequence[PostHeld]]]:
    """Who is told, with the body that the text names: whoever is called reads that it is they who are called."""
    if row.occasion is not Occasion.CALLED:
        if held:
            yield (meant[0] if meant else None), held
        return
    for body_id in meant:
        if those := [post for post in held if post.body_id == body_id]:
            yield body_id, those


def _tell_callers(district: int, news: Sequence[_News], cases: Mapping[int, ToldCase], now: datetime) -> None:
    allowed = resident_choices(district)
    fresh = [
        one for one in news if one.row.occasion in allowed.occasions and one.entry.at >= now - STALE_OUTSIDE
    ]
    ids = {one.entry.case_id for one in fresh}
    if not ids:
        return
    callers = told_callers(district, ids)
    words = told_words(district, "progress", ids)
    found = []
    for one in fresh:
        case = cases[one.entry.case_id]
        for caller in callers_of(one.row, one.entry, callers.get(case.case_id, ())):
            if _is_told(one, caller):
                title = title_of(caller.text) if caller.joined else case.title
                said = short(words.get((case.case_id, one.entry.seq), ""))
                told = _happened(district, one, case, title, case.body_id, caller.receipt, said)
                found.append(ToCaller(told, one.entry.seq, caller.caller_id))
    write_for_callers(district, found, allowed, now)


def _is_told(one: _News, caller: ToldCaller) -> bool:
    """What another system brought in it tells its own callers; who judged the result knows how it ended."""
    if caller.channel in {Channel.IMPORT, Channel.API} and one.row.occasion is Occasion.RECEIVED:
        return False
    return not (one.row.occasion is Occasion.CLOSED and caller.heard)


def _happened(
    district: int,
    one: _News,
    case: ToldCase,
    title: str,
    body_id: int | None,
    receipt: str = "",
    words: str = "",
) -> Happened:
    entry = one.entry
    return Happened(
        district, one.row.occasion, case.case_id, title=title, area=case.area,
        body_id=body_id or entry.body_id or case.body_id, due_at=due_of(entry) or case.due_at,
        receipt=receipt, words=words, terms=terms_of(entry),
    )  # fmt: skip
