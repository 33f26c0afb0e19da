"""Accounts with vendors: without their secrets for pages, with them for adapters alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from huying.access.actor import Actor
from huying.chat.models import Account
from huying.chat.policy import must_set_up
from huying.chat.rules.accounts import Held, Secrets
from huying.chat.rules.kinds import Vendor
from huying.kernel.errors import NotFound
from huying.people.queries.sealed import unseal

SECRETS = "chat.secrets"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as an administrator sees it; ``has`` names the secrets that are set."""

    id: int
    key: str
    vendor: Vendor
    name: str
    app_id: str
    agent: str
    template: str
    host: str
    has: Sequence[str]
    made_at: datetime
    made_by: str
    on_at: datetime | None
    on_by: str
    heard_at: datetime | None


def accounts_for(actor: Actor) -> list[AccountRow]:
    """Every account of the actor's district. Raises Denied."""
    must_set_up(actor)
    return [_row(row) for row in Account.objects.filter(district=actor.district).order_by("pk")]


def own_account(actor: Actor, number: int) -> Held:
    """An account for who sets it up, switched on or not. Raises Denied, NotFound."""
    must_set_up(actor)
    row = Account.objects.filter(district=actor.district, pk=number).first()
    if row is None:
        raise NotFound
    return held(row)


def account_by_key(key: str) -> Held | None:
    """The account of a callback's address, if it is switched on."""
    row = Account.objects.filter(key=key, on_at__isnull=False).first()
    return held(row) if row else None


def held_account(district: int, number: int) -> Held | None:
    """An account that is switched on, for whoever sends by it."""
    return held_accounts(district, [number]).get(number)


def held_accounts(district: int, numbers: Sequence[int] | None = None) -> Mapping[int, Held]:
    """Accounts of a district that are switched on; all of them without numbers."""
    rows = Account.objects.filter(district=district, on_at__isnull=False).order_by("pk")
    if numbers is not None:
        rows = rows.filter(pk__in=numbers)
    return {row.pk: held(row) for row in rows}


def held(row: Account) -> Held:
    """An account with its secrets opened. Raises Unavailable when the key is another one."""
    return Held(
        id=row.pk, district=row.district, key=row.key, vendor=Vendor(row.vendor), name=row.name, app_id=row.app_id,
        agent=row.agent, template=row.template, host=row.host, secrets=secrets_of(row),
    )  # fmt: skip


def secrets_of(row: Account) -> Secrets:
    """The secrets of an account."""
    text = unseal(row.district, SECRETS, row.secrets_sealed)
    return Secrets(**orjson.loads(text)) if text else Secrets()


def _row(row: Account) -> AccountRow:
    secrets = secrets_of(row)
    return AccountRow(
        id=row.pk, key=row.key, vendor=Vendor(row.vendor), name=row.name, app_id=row.app_id, agent=row.agent,
        template=row.template, host=row.host, made_at=row.made_at, made_by=row.made_by, on_at=row.on_at, on_by=row.on_by,
        heard_at=row.heard_at, has=[name for name in Secrets.__dataclass_fields__ if getattr(secrets, name)],
    )  # fmt: skip
