"""Accounts with vendors: made, changed, switched on and off; each is written down without its secrets."""

import secrets as chance
from dataclasses import asdict, replace
from datetime import datetime

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.chat.models import Account, Token
from huying.chat.policy import must_set_up
from huying.chat.queries.accounts import SECRETS, secrets_of
from huying.chat.rules.accounts import NewAccount, Secrets, clean
from huying.chat.rules.kinds import Vendor
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.people.queries.sealed import seal


@transaction.atomic
def make_account(by: Actor, new: NewAccount, now: datetime) -> int:
    """Make an account, switched off; its number. Raises Denied, Invalid (fields named), Conflict for a name in use."""
    must_set_up(by)
    tidy = clean(new)
    if Account.objects.filter(district=by.district, vendor=tidy.vendor.value, name=tidy.name).exists():
        text = _("已经有一个同名的渠道。")
        raise Conflict(text, fields={"name": text})
    row = Account.objects.create(
        district=by.district, key=chance.token_hex(12), vendor=tidy.vendor.value, made_at=now, made_by=by.name[:60],
        secrets_sealed=_sealed(by.district, tidy.secrets), **_plain(tidy),
    )  # fmt: skip
    note_change(by, _change(row, Deed.CREATE, {}, _words(row, tidy.secrets)), now)
    return row.pk


@transaction.atomic
def change_account(by: Actor, number: int, new: NewAccount, now: datetime) -> None:
    """Change an account; a secret left empty stays as it is. Raises Denied, NotFound, Invalid, Conflict."""
    must_set_up(by)
    row = _own(by, number)
    before, held = _words(row, secrets_of(row)), secrets_of(row)
    kept = {name: value or getattr(held, name) for name, value in asdict(new.secrets).items()}
    tidy = clean(replace(new, vendor=Vendor(row.vendor), secrets=Secrets(**kept)))
    # The secret is sent where tokens are asked for: whoever leads it elsewhere must know it.
    if held.secret and tidy.host != row.host and not new.secrets.secret.strip():
        raise Invalid(fields={"secret": "换了接口地址，请重新填写密钥。"})
    same = Account.objects.filter(district=by.district, vendor=row.vendor, name=tidy.name)
    if same.exclude(pk=row.pk).exists():
        text = _("已经有一个同名的渠道。")
        raise Conflict(text, fields={"name": text})
    for name, value in _plain(tidy).items():
        setattr(row, name, value)
    row.secrets_sealed = _sealed(by.district, tidy.secrets)
    row.save()
    # What was fetched with the old secret may be another account's.
    Token.objects.filter(account=row).delete()
    after = _words(row, tidy.secrets)
    if tidy.secrets != held:
        after["密钥"] = f"{after['密钥']}（已更换）"
    note_change(by, _change(row, Deed.CHANGE, before, after), now)


@transaction.atomic
def switch(by: Actor, number: int, now: datetime, *, on: bool) -> None:
    """Switch an account on or off; twice is once. Off, its callback is not answered and nothing is sent by it."""
    must_set_up(by)
    row = _own(by, number)
    if (row.on_at is not None) == on:
        return
    row.on_at, row.on_by = (now, by.name[:60]) if on else (None, "")
    row.save(update_fields=["on_at", "on_by"])
    note_change(by, _change(row, Deed.START if on else Deed.STOP, {}, {}), now)


def _own(by: Actor, number: int) -> Account:
    row = Account.objects.select_for_update().filter(district=by.district, pk=number).first()
    if row is None:
        raise NotFound
    return row


def _plain(new: NewAccount) -> dict[str, str]:
    return {name: getattr(new, name) for name in ("name", "app_id", "agent", "template", "host")}


def _sealed(district: int, secrets: Secrets) -> bytes | None:
    return seal(district, SECRETS, orjson.dumps(asdict(secrets)).decode())


def _change(row: Account, deed: Deed, before: dict[str, str], after: dict[str, str]) -> NewChange:
    return NewChange(Subject.CHAT, str(row.pk), f"{Vendor(row.vendor).zh} {row.name}", deed, before, after)


def _words(row: Account, secrets: Secrets) -> dict[str, str]:
    named = {"secret": "密钥", "token": "Token", "aes_key": "EncodingAESKey", "webhook": "群机器人"}
    held = "、".join(zh for name, zh in named.items() if getattr(secrets, name))
    told = {"名称": row.name, "应用编号": row.app_id, "应用": row.agent, "模板": row.template}
    return {**told, "接口地址": row.host, "密钥": held}
