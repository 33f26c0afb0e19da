"""How messages that leave the house fare, for whoever answers for the carriers. Addresses are not shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from huying.access.actor import Actor
from huying.kernel.numbers import case_number
from huying.notices.models import Notice
from huying.notices.policy import must_edit
from huying.notices.rules.kinds import OUTSIDE, Sending, Way
from huying.people.queries import account_names
from huying.texts.rules.occasions import Occasion

_OPEN = (Sending.WAITING, Sending.GATHERING, Sending.FAILED)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message. ``to`` is a name of staff, or "" for a caller, who is not named here."""

    id: int
    district: int
    occasion: Occasion
    way: Way
    state: Sending
    to: str
    caller_id: int | None
    number: str
    title: str
    text: str
    made_at: datetime
    due_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    tries: int
    error: str


def deliveries_for(
    actor: Actor,
    *,
    state: Sending | None = None,
    way: Way | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[Delivery]:
    """Messages of the district that go outside, newest first. Raises Denied."""
    must_edit(actor)
    rows = Notice.objects.filter(district=actor.district, way__in=[way] if way else OUTSIDE)
    if state is not None:
        rows = rows.filter(state=state.value)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[:limit])
    names = account_names(row.account_id for row in found if row.account_id)
    return [_delivery(row, names) for row in found]


def counts_for(actor: Actor) -> Mapping[tuple[Way, Sending], int]:
    """How many messages of the district are waiting, to be gathered, or failed, by way. Raises Denied."""
    must_edit(actor)
    rows = (
        Notice.objects.filter(district=actor.district, state__in=_OPEN)
        .values_list("way", "state")
        .annotate(n=Count("id"))
    )
    return {(Way(way), Sending(state)): n for way, state, n in rows}


def _delivery(row: Notice, names: Mapping[int, str]) -> Delivery:
    return Delivery(
        id=row.id, district=row.district, occasion=Occasion(row.occasion), way=Way(row.way), state=Sending(row.state),
        to=names.get(row.account_id or 0, ""), caller_id=row.caller_id,
        number=case_number(row.district, row.case_id) if row.case_id else "",
        title=row.title, text=_shown(row), made_at=row.made_at, due_at=row.due_at, next_at=row.next_at,
        sent_at=row.sent_at, tries=row.tries, error=row.error,
    )  # fmt: skip


def _shown(row: Notice) -> str:
    """The text without what opens somebody's own page: whoever looks here must not answer in their name."""
    if row.phone_sealed is None or not row.link:
        return row.text
    return row.text.replace(row.link, f"{row.link.rsplit('/', 1)[0]}/…")
