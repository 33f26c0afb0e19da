"""A person's own matters, and nobody else's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from huying.cases.lifecycle import CLOSED_STATES, State
from huying.cases.queries.glances import Glance, glances, receipts_of
from huying.cases.queries.track import Track, track
from huying.chat.models import Account, Person
from huying.chat.rules.conversation import Heard, Known, Talk
from huying.chat.rules.conversation.words import Word, read
from huying.chat.rules.kinds import Vendor
from huying.kernel.errors import HuyingError, NotFound

MOST: Final = 8
# What somebody may still have a say on.
_DONE: Final = frozenset({State.CHECKED, State.CLOSED})
_LOOKED_AT: Final = 3


def own_receipts(person: Person, most: int = MOST) -> list[str]:
    """The receipts of a person, and of the phone they proved, newest first as far as each goes."""
    callers = [one for one in (person.phone_caller_id, person.caller_id) if one is not None]
    found = [number for one in callers for number in receipts_of(person.district, one, most)]
    return list(dict.fromkeys(found))[:most]


def own_glances(person: Person) -> list[Glance]:
    """A line for each of them."""
    return glances(own_receipts(person))


def own_track(person: Person, receipt: str, now: datetime) -> Track:
    """The track of a receipt, if it is this person's. Raises NotFound for anybody else's."""
    found = track(receipt, now)
    mine = {person.caller_id, person.phone_caller_id} - {None}
    if found.district != person.district or found.caller_id not in mine:
        raise NotFound
    return found


def known_to(person: Person, talk: Talk, heard: Heard, now: datetime) -> Known:
    """What of their matters the next step may turn on; whoever has none is looked up for nothing."""
    word = read(heard.text).word
    if word in {Word.STOP, Word.RESUME} and _writes_sms(person):
        return Known(by_sms=True)
    if person.caller_id is None and person.phone_caller_id is None:
        return Known()
    lines = own_glances(person)
    going = [one for one in lines if one.state not in CLOSED_STATES]
    rating = word in {Word.SOLVED, Word.UNSOLVED}
    return Known(
        open=tuple(one.receipt for one in going),
        to_rate=tuple(_to_rate(person, lines, now)) if rating else (),
        title=_title(talk, lines, going),
    )


def _writes_sms(person: Person) -> bool:
    return Account.objects.filter(pk=person.account_id, vendor=Vendor.SMS.value).exists()


def _title(talk: Talk, lines: Sequence[Glance], going: Sequence[Glance]) -> str:
    offered = next((one.title for one in lines if talk.about == one.receipt), "")
    return offered or (going[0].title if going else "")


def _to_rate(person: Person, lines: Sequence[Glance], now: datetime) -> list[str]:
    found = []
    for one in [one for one in lines if one.state in _DONE][:_LOOKED_AT]:
        try:
            followed = own_track(person, one.receipt, now)
        except HuyingError:
            continue
        if any(
            case.may_rate and not (case.rating and case.rating.account_id is None) for case in followed.cases
        ):
            found.append(one.receipt)
    return found
