"""One's own notices."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.kernel.errors import Denied, NotFound
from huying.kernel.numbers import case_number
from huying.notices.models import Notice
from huying.notices.rules.kinds import Way
from huying.texts.rules.occasions import URGENT, Occasion


@dataclass(frozen=True, slots=True)
class MyNotice:
    """One notice as its reader sees it. ``number`` is the case's, "" where it is about none."""

    id: int
    occasion: Occasion
    title: str
    text: str
    number: str
    at: datetime
    read: bool
    urgent: bool


def my_notices(
    actor: Actor, *, unread: bool = False, occasion: Occasion | None = None, before: int | None = None,
    limit: int = 50,
) -> list[MyNotice]:  # fmt: skip
    """The actor's notices in the page, newest first, below id ``before``. Raises Denied for who has no account."""
    if actor.account_id is None:
        raise Denied
    rows = Notice.objects.filter(district=actor.district, account_id=actor.account_id, way=Way.PAGE)
    if unread:
        rows = rows.filter(read_at__isnull=True)
    if occasion is not None:
        rows = rows.filter(occasion=occasion.value)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_mine(row) for row in rows.order_by("-id")[:limit]]


def my_notice(actor: Actor, notice_id: int) -> MyNotice:
    """One of the actor's notices. Raises NotFound for everybody else's."""
    row = Notice.objects.filter(
        district=actor.district, account_id=actor.account_id or 0, way=Way.PAGE, id=notice_id
    ).first()
    if row is None:
        raise NotFound
    return _mine(row)


def _mine(row: Notice) -> MyNotice:
    return MyNotice(
        id=row.id,
        occasion=Occasion(row.occasion),
        title=row.title,
        text=row.text,
        number=case_number(row.district, row.case_id) if row.case_id else "",
        at=row.made_at,
        read=row.read_at is not None,
        urgent=row.urgent or row.occasion in URGENT,
    )
