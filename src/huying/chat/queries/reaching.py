"""Whom a chat reaches: residents by their caller, staff by their account. For carriers, never for a page."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from huying.chat.models import Account, Person
from huying.chat.queries.accounts import held_account
from huying.chat.queries.stopping import stopped
from huying.chat.rules.accounts import Held
from huying.chat.rules.kinds import Vendor
from huying.people.queries.sealed import unseal

WHO = "chat.who"
REPLY = "chat.reply"


@dataclass(frozen=True, slots=True)
class Reach:
    """Where one person is written to. ``last_at`` is when they last wrote: vendors let us write freely for a while."""

    district: int
    account: int
    person: int
    who: str
    last_at: datetime
    reply_to: str = ""
    reply_until: datetime | None = None


def reach_of(row: Person) -> Reach:
    """Where a person is written to. Raises Unavailable when the key is another one."""
    return Reach(
        row.district, row.account_id, row.id, unseal(row.district, WHO, row.who_sealed), row.last_at,
        unseal(row.district, REPLY, row.reply_sealed), row.reply_until,
    )  # fmt: skip


def reached(district: int, person: int) -> tuple[Held, Reach] | None:
    """The account and where somebody is written to; None where they, or the account, are not to be reached."""
    row = _reachable(district).filter(id=person).first()
    account = held_account(district, row.account_id) if row else None
    return (account, reach_of(row)) if row and account else None


def callers_reached(district: int, callers: Collection[int]) -> Mapping[int, int]:
    """Caller → the person of the chat they wrote in last, where they still can be and want to be written to."""
    of = Q(caller_id__in=callers) | Q(phone_caller_id__in=callers)
    rows = list(_reachable(district).filter(of).order_by("last_at"))
    silent = _stopped(district, rows) if rows else set()
    found: dict[int, int] = {}
    for own, phone, person in ((row.caller_id, row.phone_caller_id, row.id) for row in rows):
        if person in silent:
            continue
        found |= {caller: person for caller in (own, phone) if caller is not None and caller in callers}
    return found


def _stopped(district: int, rows: Sequence[Person]) -> set[int]:
    """Those of the persons who write short messages and want no notices by them."""
    numbers = Account.objects.filter(district=district, vendor=Vendor.SMS.value).values_list("pk", flat=True)
    by_sms = set(numbers)
    found = {row.id: unseal(district, WHO, row.who_sealed) for row in rows if row.account_id in by_sms}
    stops = stopped(district, set(found.values())) if found else set()
    return {person for person, number in found.items() if number in stops}


def staff_reached(district: int, staff: Collection[int]) -> Mapping[int, int]:
    """Staff account → the person of the chat it is bound to."""
    rows = _reachable(district).filter(staff_id__in=staff).order_by("last_at")
    return {staff_id: person for staff_id, person in rows.values_list("staff_id", "id") if staff_id}


def staff_bound(district: int, staff: int) -> list[str]:
    """The names of the accounts in whose chat a staff account is bound."""
    held = Person.objects.filter(district=district, staff_id=staff).values_list("account_id", flat=True)
    return list(Account.objects.filter(pk__in=list(held)).order_by("pk").values_list("name", flat=True))


def _reachable(district: int) -> QuerySet[Person]:
    on = Account.objects.filter(district=district, on_at__isnull=False).values_list("pk", flat=True)
    return Person.objects.filter(
        district=district, account_id__in=on, left_at__isnull=True, who_sealed__isnull=False
    )
