"""Where messages go: for carriers alone, never for a page. To look at an address oneself needs ``actions.unmask``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huying.access.roles import Role
from huying.people.models import Account, Caller
from huying.people.models.keyring import account_place, caller_place, keyring
from huying.people.rules.phones import is_mobile


@dataclass(frozen=True, slots=True)
class PostOf:
    """One valid post of an account that may sign in."""

    account_id: int
    language: str
    role: Role
    area: str
    body_id: int | None


def posts_in(district: int, now: datetime) -> list[PostOf]:
    """Every post valid in a district at ``now``, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, a.language, p.role, p.area, p.body_id FROM people_post p "
            "JOIN people_account a ON a.id = p.account_id WHERE a.district = %s AND a.is_active "
            "AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s) ORDER BY p.id",
            [district, now, now],
        )
        return [PostOf(row[0], row[1], Role(row[2]), row[3], row[4]) for row in cursor.fetchall()]


def mobiles_of(district: int, callers: Collection[int]) -> Mapping[int, str]:
    """Caller → mobile number, for those who left one that takes messages."""
    rows = Caller.objects.filter(district=district, id__in=callers, phone_sealed__isnull=False)
    place = caller_place(district, "phone")
    opened = ((row.id, keyring().open(row.phone_sealed, place)) for row in rows)
    return {caller_id: phone for caller_id, phone in opened if is_mobile(phone)}


def phones_of_accounts(accounts: Collection[int]) -> Mapping[int, str]:
    """Account → mobile number, for those that may sign in and have one."""
    rows = Account.objects.filter(pk__in=accounts, phone_sealed__isnull=False, is_active=True)
    opened = ((row.pk, keyring().open(row.phone_sealed, account_place(row.pk, "phone"))) for row in rows)
    return {account_id: phone for account_id, phone in opened if is_mobile(phone)}


def languages_of(accounts: Collection[int]) -> Mapping[int, str]:
    """Account → language of its pages, for those that may sign in."""
    rows = Account.objects.filter(pk__in=accounts, is_active=True)
    return dict(rows.values_list("pk", "language"))


def seal_address(account_id: int, column: str, text: str) -> bytes | None:
    """An address of an account sealed for keeping; "" gives None."""
    return keyring().seal(text, account_place(account_id, column))


def open_address(account_id: int, column: str, sealed: bytes | memoryview | None) -> str:
    """The address again; "" for None. Raises Unavailable when the key is another one."""
    return keyring().open(sealed, account_place(account_id, column))


def seal_phone(district: int, phone: str) -> bytes | None:
    """A number, of somebody known neither as account nor as caller, sealed into one message; "" gives None."""
    return keyring().seal(phone, f"{district}:notice.phone")


def open_phone(district: int, sealed: bytes | memoryview | None) -> str:
    """The number again; "" for None. Raises Unavailable when the key is another one."""
    return keyring().open(sealed, f"{district}:notice.phone")
