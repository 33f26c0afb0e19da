"""对账: a day's orders compared with what the other side lists, every difference healed as far as a machine can."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from huying.access.actor import Actor, system
from huying.exchange.actions import keeping
from huying.exchange.actions.reconciling import held_on, known_numbers, send_once_more, tell_again, write_down
from huying.exchange.channels.interface import Connector
from huying.exchange.models import Reconciliation
from huying.exchange.queries.held import OpenPeer, open_peers
from huying.exchange.rules.comparing import Differing, differences
from huying.exchange.rules.kinds import Lack
from huying.exchange.rules.reading import number_in
from huying.exchange.tasks.connecting import connector_of
from huying.kernel.errors import HuyingError

# When the day before is over for both sides, and how often it is tried again where a list is not there yet.
_FROM: Final = time(1, 30)
_AGAIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One comparison: its number, how many orders each side held, what differed and what was done about each."""

    number: int
    day: date
    ours: int
    theirs: int
    found: Sequence[tuple[Differing, str]]
    error: str = ""

    @property
    def open(self) -> int:
        """How many differences a person must look at."""
        return sum(1 for _, done in self.found if not done)


def reconcile(peer: OpenPeer, day: date, by: Actor, now: datetime) -> Outcome | None:
    """Compare one day and heal it; None where the other side offers no list. What fails is written down."""
    try:
        connector = connector_of(peer)
        theirs = connector.listed(day, now)
        if theirs is None:
            return None
        ours = held_on(peer, day, now)
        found = list(differences(ours, theirs, known_numbers(peer, {one.number for one in theirs})))
        found, changed = _changed(peer, connector, found, now)
        done = changed | _healed(peer, connector, found, now)
    except HuyingError as error:
        row = write_down(peer, day, by, now, error=error.message)
        return Outcome(row.pk, day, 0, 0, (), error.message)
    sizes = (len(ours), len({one.number for one in theirs}))
    row = write_down(peer, day, by, now, sizes=sizes, found=found, done=done)
    return Outcome(row.pk, day, *sizes, [(one, done.get((one.number, one.lack), "")) for one in found])


def reconcile_due(district: int, now: datetime) -> None:
    """Yesterday of every system that is on, once it can be compared and was not."""
    for peer in open_peers(district):
        here = now.astimezone(peer.map.zone)
        day = here.date() - timedelta(days=1)
        if here.time() < _FROM or not peer.hears:
            continue
        rows = Reconciliation.objects.filter(district=district, peer_id=peer.id, day=day)
        if rows.filter(error="").exists() or rows.filter(at__gt=now - _AGAIN).exists():
            continue
        reconcile(peer, day, system(district), now)


def _changed(
    peer: OpenPeer, connector: Connector, found: Sequence[Differing], now: datetime
) -> tuple[list[Differing], dict[tuple[str, Lack], str]]:
    """Orders that changed there after we last heard of them, asked for again: whoever gives the very letter we have
    changed nothing that concerns us, and differs in nothing."""
    numbers = [one.number for one in found if one.lack is Lack.CHANGED]
    if not numbers:
        return list(found), {}
    try:
        records = connector.again(numbers, now)
    except HuyingError:
        # Their door for single orders is shut: what the lists say is compared all the same, and a person looks.
        return list(found), {}
    fresh = keeping.unknown(peer, records)
    keeping.keep(peer, fresh, now, origin="reconcile")
    new = {number_in(peer.map, record) for record in fresh}
    same = {number_in(peer.map, record) for record in records} - new
    left = [one for one in found if one.lack is not Lack.CHANGED or one.number not in same]
    return left, {(number, Lack.CHANGED): "已向对方补取" for number in numbers if number in new}


def _healed(
    peer: OpenPeer, connector: Connector, found: Sequence[Differing], now: datetime
) -> dict[tuple[str, Lack], str]:
    done: dict[tuple[str, Lack], str] = {}
    missing = [one.number for one in found if one.lack is Lack.MISSING_HERE]
    if missing:
        records = connector.again(missing, now)
        keeping.keep(peer, records, now, origin="reconcile")
        came = {number_in(peer.map, record) for record in records}
        done |= {(number, Lack.MISSING_HERE): "已向对方补取" for number in missing if number in came}
    for lack, words in ((Lack.MISSING_THERE, "已重报现在的状态"), (Lack.STATE, "已重报现在的状态")):
        numbers = [one.number for one in found if one.lack is lack]
        if numbers and peer.tells:
            told = tell_again(peer, numbers, now)
            done |= {(number, lack): words for number in numbers if number in told}
    unheard = {one.number: one.since for one in found if one.lack is Lack.UNHEARD and one.since is not None}
    if unheard and peer.tells:
        sent = send_once_more(peer, unheard, now)
        done |= {(number, Lack.UNHEARD): "已用原来的唯一号重发" for number in sent}
    return done
