"""What two sides held on one day, written down with what was done about every difference."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max

from huying.access.actor import Actor
from huying.cases.queries.exchanged import answering
from huying.exchange.actions.following import again
from huying.exchange.models import Difference, Incoming, Linked, Outgoing, Reconciliation
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.comparing import TOLERANCE, Differing, Held
from huying.exchange.rules.kinds import Lack, OutState

# What happened a moment ago may not have been put into the queue yet.
_SETTLING = timedelta(minutes=2)


def held_on(peer: OpenPeer, day: date, now: datetime) -> dict[str, Held]:
    """The orders that they gave on a day of their zone, as we hold them, in their own codes."""
    since = datetime.combine(day, time(), peer.map.zone)
    links = list(
        Linked.objects.filter(
            district=peer.district, peer_id=peer.id, at__gte=since, at__lt=since + timedelta(days=1)
        )
    )
    cases = answering(peer.district, [link.appeal_id for link in links])
    open_letters = Outgoing.objects.filter(
        district=peer.district, peer_id=peer.id, appeal_id__in=[link.appeal_id for link in links],
        state__in=[OutState.WAITING, OutState.DEAD],
    )  # fmt: skip
    pending = set(open_letters.values_list("appeal_id", flat=True))
    codes = peer.map.out_codes.get("state", {})
    heard, told = _heard(peer, links), _told(peer, links)
    return {
        link.number: Held(
            link.number,
            codes.get(cases[link.appeal_id].state, ""),
            link.appeal_id in pending or cases[link.appeal_id].touched_at > now - _SETTLING,
            heard.get(link.number, link.since),
            told.get(link.appeal_id),
        )
        for link in links
        if link.appeal_id in cases
    }


def _heard(peer: OpenPeer, links: Collection[Linked]) -> Mapping[str, datetime]:
    """When each order was last spoken of by them."""
    numbers = [link.number for link in links]
    rows = Incoming.objects.filter(district=peer.district, peer_id=peer.id, number__in=numbers)
    return dict(rows.values_list("number").annotate(Max("received_at")))


def _told(peer: OpenPeer, links: Collection[Linked]) -> Mapping[int | None, datetime]:
    """When they last took a letter about each appeal."""
    sent = Outgoing.objects.filter(
        district=peer.district,
        peer_id=peer.id,
        case_id__in={link.case_id for link in links},
        sent_at__isnull=False,
    )
    return dict(sent.values_list("appeal_id").annotate(Max("sent_at")))


def send_once_more(peer: OpenPeer, since: Mapping[str, datetime], now: datetime) -> set[str]:
    """Put what these orders were told after a moment back into the queue, under the same keys: what the other side has
    after all it passes over. The numbers of those of which there was something."""
    found: set[str] = set()
    of = {"district": peer.district, "peer_id": peer.id}
    for number, at in since.items():
        cases = Linked.objects.filter(number=number, **of).values_list("case_id", flat=True)
        rows = Outgoing.objects.filter(
            number=number, case_id__in=cases, state=OutState.SENT.value, sent_at__gt=at + TOLERANCE, **of
        )
        if rows.update(state=OutState.WAITING.value, next_at=now, tries=0):
            found.add(number)
    return found


def known_numbers(peer: OpenPeer, numbers: Collection[str]) -> set[str]:
    """Which of these numbers we have: as a case, or as a letter that waits for a person."""
    of = {"district": peer.district, "peer_id": peer.id, "number__in": numbers}
    cases = set(Linked.objects.filter(**of).values_list("number", flat=True))
    return cases | set(Incoming.objects.filter(**of).values_list("number", flat=True))


def tell_again(peer: OpenPeer, numbers: Collection[str], now: datetime) -> set[str]:
    """Queue how these orders stand once more; of which of them there was something to tell."""
    links = list(Linked.objects.filter(district=peer.district, peer_id=peer.id, number__in=numbers))
    newest = {
        appeal: (case.case_id, case.length)
        for appeal, case in answering(peer.district, [link.appeal_id for link in links]).items()
    }
    again(peer, links, newest, now)
    return {link.number for link in links if link.appeal_id in newest}


@transaction.atomic
def write_down(
    peer: OpenPeer,
    day: date,
    by: Actor,
    now: datetime,
    *,
    sizes: tuple[int, int] = (0, 0),
    found: Sequence[Differing] = (),
    done: Mapping[tuple[str, Lack], str] | None = None,
    error: str = "",
) -> Reconciliation:
    """Keep one comparison."""
    healed = dict(done or {})
    row = Reconciliation.objects.create(
        district=peer.district, peer_id=peer.id, day=day, at=now, by=by.name[:60], ours=sizes[0], theirs=sizes[1],
        found=len(found), healing=sum(1 for one in found if healed.get((one.number, one.lack))), error=error[:300],
    )  # fmt: skip
    Difference.objects.bulk_create(
        Difference(
            district=peer.district, reconciliation=row, number=one.number, lack=one.lack.value, ours=one.ours[:60],
            theirs=one.theirs[:60], done=healed.get((one.number, one.lack), "")[:200],
        )
        for one in found
    )  # fmt: skip
    return row
