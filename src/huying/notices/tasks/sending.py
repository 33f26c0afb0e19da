"""Sending what is due by one way: each carrier has a thread of its own, so that a slow one holds up nothing else."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from huying.chat.queries.reaching import callers_reached, staff_reached
from huying.chat.queries.stopping import stopped
from huying.kernel.errors import HuyingError
from huying.notices.actions import delivering
from huying.notices.actions.delivering import Taken
from huying.notices.channels.carrying import carrier_for
from huying.notices.channels.letters import Carrier, Letter, Refused
from huying.notices.queries.addresses import address_of
from huying.notices.queries.preferences import choices_of
from huying.notices.rules.kinds import Way
from huying.people.queries.reaching import languages_of, mobiles_of, open_phone, phones_of_accounts

_log = logging.getLogger(__name__)
_BATCH: Final = 20
# So many in a row not taken: the carrier is away, the others need not be tried now.
_AWAY: Final = 3


def send_due(way: Way, now: datetime) -> int:
    """Try what is due by this way, a batch at most; how many were in hand."""
    taken = delivering.take(way, now, _BATCH)
    if not taken:
        return 0
    addresses = _addresses(way, taken)
    carrier, in_a_row = carrier_for(way), 0
    for place, one in enumerate(taken):
        if in_a_row >= _AWAY:
            delivering.put_back(taken[place:], now)
            break
        in_a_row = 0 if _tried(carrier, one, addresses.get(one.id, ""), now) else in_a_row + 1
    return len(taken)


def _tried(carrier: Carrier, one: Taken, address: str, now: datetime) -> bool:
    """Whether the carrier answered, be it with a refusal."""
    if not address:
        delivering.nowhere(one, "没有可用的地址")
        return True
    number, link = f"{one.district}-{one.id}", address_of(one.link)
    letter = Letter(number, address, one.title, one.text, link, for_staff=one.account_id is not None)
    try:
        carrier.send(letter)
    except Refused as no:
        delivering.refused(one, str(no))
    except HuyingError as away:
        delivering.failed(one, away.message, now)
        return False
    except Exception as fault:
        # A fault of ours in one carrier must not stop the others.
        _log.exception("notice %s of %s", one.id, one.district)
        delivering.failed(one, f"程序出错：{type(fault).__name__}", now)
        return False
    else:
        delivering.sent(one, now)
    return True


def _addresses(way: Way, taken: Sequence[Taken]) -> Mapping[int, str]:
    """Message → address, for those who have one and may still be written to."""
    found: dict[int, str] = {}
    for district in {one.district for one in taken}:
        own = [one for one in taken if one.district == district]
        if way is Way.CHAT:
            found |= _in_chat(district, own)
            continue
        callers = _texted(district, {one.caller_id for one in own if one.caller_id})
        staff = _of_staff(way, {one.account_id for one in own if one.account_id})
        for one in own:
            by_caller = callers.get(one.caller_id or 0, "") if way is Way.SMS else ""
            found[one.id] = by_caller or staff.get(one.account_id or 0, "") or _own(way, one)
    return found


def _texted(district: int, callers: set[int]) -> Mapping[int, str]:
    """Caller → number, without those who wrote back since that they want no more."""
    mobiles = mobiles_of(district, callers) if callers else {}
    silent = stopped(district, set(mobiles.values()))
    return {caller: phone for caller, phone in mobiles.items() if phone not in silent}


def _in_chat(district: int, own: Sequence[Taken]) -> Mapping[int, str]:
    """Message → the person of a chat: a caller who wants to be written to, or staff who may sign in and are bound."""
    callers = callers_reached(district, {one.caller_id for one in own if one.caller_id})
    accounts = {one.account_id for one in own if one.account_id}
    staff = staff_reached(district, set(languages_of(accounts)) if accounts else set())
    persons = {one.id: callers.get(one.caller_id or 0) or staff.get(one.account_id or 0) for one in own}
    return {number: f"{district}:{person}" for number, person in persons.items() if person}


def _own(way: Way, one: Taken) -> str:
    """The number a message carries itself, of somebody who is neither staff nor caller."""
    return open_phone(one.district, one.phone_sealed) if way is Way.SMS else ""


def _of_staff(way: Way, accounts: set[int]) -> Mapping[int, str]:
    if not accounts:
        return {}
    if way is Way.SMS:
        return phones_of_accounts(accounts)
    active = languages_of(accounts)
    chosen = choices_of(accounts)
    return {
        account: (one.mail if way is Way.MAIL else one.wechat)
        for account, one in chosen.items()
        if account in active
    }
