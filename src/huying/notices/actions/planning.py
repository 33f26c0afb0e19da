"""From what happened to rows: one for each person and way, each due when it may go."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from huying.chat.queries.reaching import callers_reached
from huying.chat.queries.stopping import stopped
from huying.notices.actions.keeping import drop_older, keep, planned_days
from huying.notices.models import Notice
from huying.notices.queries.addresses import address_of, page_link
from huying.notices.queries.preferences import Choices, choices_of, opted_out
from huying.notices.queries.residents import ResidentChoices
from huying.notices.queries.wording import Happened, worded
from huying.notices.rules.kinds import Sending, Way
from huying.notices.rules.times import next_digest, out_of_quiet, within_allowance
from huying.people.queries.reaching import mobiles_of, seal_phone
from huying.texts.rules.occasions import URGENT
from huying.texts.rules.starter import CHINESE


@dataclass(frozen=True, slots=True)
class ToStaff:
    """One thing told to staff: account to language. ``at`` is when it happened; ``outside``: also by other ways."""

    told: Happened
    seq: int
    at: datetime
    people: Mapping[int, str]
    urgent: bool = False
    outside: bool = True
    once: str = ""


@dataclass(frozen=True, slots=True)
class ToCaller:
    """One thing told to one caller; ``once`` names it where no entry of a case does."""

    told: Happened
    seq: int
    caller_id: int
    once: str = ""


@dataclass(frozen=True, slots=True)
class ToPhone:
    """One thing told to a mobile number of somebody who has no account; ``once`` keeps it from being told twice."""

    told: Happened
    phone: str
    once: str


def write_for_phones(district: int, found: Sequence[ToPhone], now: datetime) -> None:
    """Keep a text message for each number; it waits for no quiet hours. What was kept before stays as it is."""
    keep([_phone_row(district, one, now) for one in found])


def _phone_row(district: int, one: ToPhone, now: datetime) -> Notice:
    told = one.told
    link = page_link(told)
    title, text = worded(told, CHINESE, address_of(link), now)
    return Notice(
        district=district, phone_sealed=seal_phone(district, one.phone), occasion=told.occasion.value,
        way=Way.SMS.value, case_id=told.case_id, title=title, text=text, link=link, urgent=True,
        once=f"{one.once}:{Way.SMS.value}"[:100], made_at=now, due_at=now, next_at=now, state=Sending.WAITING.value,
    )  # fmt: skip


def write_for_staff(district: int, found: Sequence[ToStaff], now: datetime) -> None:
    """Keep a notice for each person by each way they chose; what was kept before stays as it is."""
    chosen = choices_of({account for one in found for account in one.people})
    rows = []
    for one in found:
        texts = _texts(one, now)
        for account, language in one.people.items():
            choices = chosen.get(account, Choices())
            ways = choices.ways_of(one.told.occasion)
            rows += [
                _staff_row(one, account, way, choices, texts[language], now)
                for way in Way
                if way in ways and (way is Way.PAGE or one.outside)
            ]
    keep(rows)


def _texts(one: ToStaff, now: datetime) -> Mapping[str, tuple[tuple[str, str], tuple[str, str]]]:
    """For each language the title and text in the page, and those that go outside."""
    link = address_of(page_link(one.told))
    return {
        language: (worded(one.told, language, "", now), worded(one.told, language, link, now))
        for language in set(one.people.values())
    }


def _staff_row(
    one: ToStaff, account: int, way: Way, choices: Choices,
    texts: tuple[tuple[str, str], tuple[str, str]], now: datetime,
) -> Notice:  # fmt: skip
    told, zone = one.told, ZoneInfo(settings.TIME_ZONE)
    urgent = one.urgent or told.occasion in URGENT
    inside = way is Way.PAGE
    title, text = texts[0 if inside else 1]
    gathers = not inside and not urgent and choices.digest_hour is not None
    due, state = one.at if inside else now, Sending.SENT if inside else Sending.WAITING
    if gathers and choices.digest_hour is not None:
        due, state = next_digest(now, choices.digest_hour, zone), Sending.GATHERING
    elif not inside and not urgent:
        due = out_of_quiet(now, choices.quiet, zone)
    about = one.once or f"{told.case_id}:{one.seq}"
    return Notice(
        district=told.district, account_id=account, occasion=told.occasion.value, way=way.value,
        case_id=told.case_id, seq=one.seq or None, title=title, text=text, link=page_link(told), urgent=urgent,
        once=f"{about}:{told.occasion.value}:a{account}:{way.value}", made_at=one.at if inside else now,
        due_at=due, next_at=None if inside or gathers else due, state=state.value, sent_at=now if inside else None,
    )  # fmt: skip


def write_for_callers(
    district: int, found: Sequence[ToCaller], allowed: ResidentChoices, now: datetime
) -> None:
    """Keep a message for each caller who can and wants to be written to: the latest of each case, so many a day."""
    latest = {(one.caller_id, one.told.case_id): one for one in found}
    callers = {one.caller_id for one in latest.values()}
    if not callers:
        return
    wanted = callers - opted_out(district, callers)
    # Whoever wrote in a chat is answered there; a phone is written to where there is none.
    chatting = callers_reached(district, wanted)
    mobiles = mobiles_of(district, wanted)
    silent = stopped(district, set(mobiles.values()))
    texted = {caller: Way.SMS for caller, phone in mobiles.items() if phone not in silent}
    reached = texted | dict.fromkeys(chatting, Way.CHAT)
    told = [one for one in latest.values() if one.caller_id in reached]
    drop_older(district, [(one.caller_id, one.told.case_id or 0) for one in told])
    zone = ZoneInfo(settings.TIME_ZONE)
    planned = planned_days(district, {one.caller_id for one in told}, now, zone)
    rows = []
    for one in told:
        days = planned.setdefault(one.caller_id, Counter[date]())
        due = within_allowance(now, allowed.quiet, zone, allowed.most_a_day, days.__getitem__)
        days[due.astimezone(zone).date()] += 1
        rows.append(_caller_row(one, reached[one.caller_id], due, now))
    keep(rows)


def _caller_row(one: ToCaller, way: Way, due: datetime, now: datetime) -> Notice:
    told = one.told
    title, text = worded(told, CHINESE, address_of(page_link(told)), now)
    return Notice(
        district=told.district, caller_id=one.caller_id, occasion=told.occasion.value, way=way.value,
        case_id=told.case_id, seq=one.seq or None, title=title, text=text, link=page_link(told),
        once=f"{one.once or f'{told.case_id}:{one.seq}'}:{told.occasion.value}:c{one.caller_id}:{way.value}",
        made_at=now, due_at=due, next_at=due, state=Sending.WAITING.value,
    )  # fmt: skip
