"""The only readers of what was changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.models import Change
from huying.annals.rules import READERS, Deed, Subject
from huying.kernel.errors import Denied


@dataclass(frozen=True, slots=True)
class ChangeInfo:
    """One change as it is read. Times are aware; ``holds_from`` None: at once."""

    id: int
    at: datetime
    account_id: int | None
    actor_name: str
    subject: Subject
    about: str
    name: str
    deed: Deed
    before: Mapping[str, str]
    after: Mapping[str, str]
    holds_from: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the record of changes; ``until`` is the first moment that no longer counts."""

    subject: Subject | None = None
    about: str = ""
    account_id: int | None = None
    word: str = ""
    since: datetime | None = None
    until: datetime | None = None


def changes_for(actor: Actor, wanted: Wanted, before: int | None = None, limit: int = 50) -> list[ChangeInfo]:
    """Changes in the actor's district, newest first, below id ``before``. Raises Denied without audit:read."""
    if not actor.may_everywhere(Permission.AUDIT_READ):
        raise Denied
    rows = Change.objects.filter(_asked(wanted), district=actor.district)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_info(row) for row in rows.order_by("-id")[:limit]]


def changes_beside(
    actor: Actor, subjects: Collection[Subject], about: str | None = None, limit: int = 10
) -> list[ChangeInfo]:
    """The newest changes to these, for who may set all of them or audits; nobody else is shown any."""
    may = actor.may(Permission.AUDIT_READ) or all(actor.may(READERS[subject]) for subject in subjects)
    if not may:
        return []
    rows = Change.objects.filter(district=actor.district, subject__in=[one.value for one in subjects])
    if about is not None:
        rows = rows.filter(about=about)
    return [_info(row) for row in rows.order_by("-id")[:limit]]


def _asked(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.word:
        asked &= Q(name__icontains=wanted.word) | Q(actor_name__icontains=wanted.word)
    given = {
        "subject": wanted.subject,
        "about": wanted.about or None,
        "account_id": wanted.account_id,
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    return asked & Q(**{name: value for name, value in given.items() if value is not None})


def _info(row: Change) -> ChangeInfo:
    return ChangeInfo(
        id=row.pk,
        at=row.at,
        account_id=row.account_id,
        actor_name=row.actor_name,
        subject=Subject(row.subject),
        about=row.about,
        name=row.name,
        deed=Deed(row.deed),
        before=row.before,
        after=row.after,
        holds_from=row.holds_from,
    )
