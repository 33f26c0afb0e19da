"""Callers as those may see them who need not know who they are, and the audit of who did see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound
from huying.people.models import Caller, Viewing
from huying.people.models.keyring import caller_place, keyring
from huying.people.rules.kinds import ViewingKind
from huying.people.rules.masking import mask_email, mask_name, mask_phone


@dataclass(frozen=True, slots=True)
class MaskedCaller:
    """A caller with name, phone and e-mail masked; all are empty after the law's erasure."""

    id: int
    name: str
    phone: str
    has_phone: bool
    erased: bool
    email: str = ""


@dataclass(frozen=True, slots=True)
class ViewingInfo:
    """One line of the audit: who, when, what, of which caller and case, why."""

    id: int
    at: datetime
    account_id: int | None
    key_id: int | None
    actor_name: str
    kind: ViewingKind
    what: str
    caller_id: int | None
    case_id: int | None
    reason: str


def callers_masked(district: int, ids: Iterable[int]) -> Mapping[int, MaskedCaller]:
    """id → masked caller for a page of cases; unknown ids are left out. One query."""
    rows = Caller.objects.filter(district=district, id__in=set(ids))
    return {row.id: _masked(row) for row in rows}


def caller_masked(district: int, caller_id: int) -> MaskedCaller:
    """One masked caller. Raises ``NotFound``."""
    found = callers_masked(district, [caller_id]).get(caller_id)
    if found is None:
        raise NotFound
    return found


def caller_for(actor: Actor, caller_id: int) -> MaskedCaller:
    """A caller of the actor's district as everybody there may see them. Raises ``NotFound``.

    The whole data are had only from ``actions.unmask``, which asks for a reason and writes it down.
    """
    return caller_masked(actor.district, caller_id)


def caller_of_phone(district: int, phone: str) -> int | None:
    """The caller behind a phone number in its normal form; None for one who never spoke."""
    digest = keyring().digest(phone, caller_place(district, "phone"))
    rows = Caller.objects.filter(district=district, phone_digest=digest)
    return rows.values_list("id", flat=True).first()


def phone_ends_with(district: int, caller_id: int, digits: str) -> bool:
    """Whether the caller's phone ends with the four digits given: the second thing a receipt is asked for."""
    row = Caller.objects.filter(district=district, id=caller_id).first()
    if row is None or len(digits) != 4:
        return False
    phone = keyring().open(row.phone_sealed, caller_place(district, "phone"))
    return bool(phone) and phone[-4:] == digits


def caller_with_phone(district: int, phone: str) -> int | None:
    """The caller of a number in normal form, for whoever has proved that it is theirs; None when it is not known."""
    digest = keyring().digest(phone, caller_place(district, "phone"))
    return Caller.objects.filter(district=district, phone_digest=digest).values_list("id", flat=True).first()


def viewings_for(
    actor: Actor,
    *,
    caller_id: int | None = None,
    case_id: int | None = None,
    account_id: int | None = None,
    kind: ViewingKind | None = None,
    word: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[ViewingInfo]:
    """The audit of the actor's district, newest first, below id ``before``. Raises ``Denied``."""
    if not actor.may_everywhere(Permission.AUDIT_READ):
        raise Denied
    asked = {
        "caller_id": caller_id,
        "case_id": case_id,
        "account_id": account_id,
        "kind": kind,
        "id__lt": before,
        "at__gte": since,
        "at__lt": until,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    rows = Viewing.objects.filter(_holding(word), district=actor.district, **given).order_by("-id")[:limit]
    return [
        ViewingInfo(
            id=row.id,
            at=row.at,
            account_id=row.account_id,
            key_id=row.key_id,
            actor_name=row.actor_name,
            kind=ViewingKind(row.kind),
            what=row.what,
            caller_id=row.caller_id,
            case_id=row.case_id,
            reason=row.reason,
        )
        for row in rows
    ]


def _holding(word: str) -> Q:
    return (
        Q(actor_name__icontains=word) | Q(what__icontains=word) | Q(reason__icontains=word) if word else Q()
    )


def _masked(row: Caller) -> MaskedCaller:
    ring = keyring()
    name = ring.open(row.name_sealed, caller_place(row.district, "name"))
    phone = ring.open(row.phone_sealed, caller_place(row.district, "phone"))
    return MaskedCaller(
        id=row.id,
        name=mask_name(name),
        phone=mask_phone(phone),
        has_phone=bool(phone),
        erased=row.erased_at is not None,
        email=mask_email(ring.open(row.email_sealed, caller_place(row.district, "email"))),
    )
