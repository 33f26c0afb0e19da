"""Accounts made, renamed, stopped and started again: the only writers."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.annals.rules import Deed
from huying.kernel.errors import Conflict, Invalid
from huying.people.actions.posts import (
    NewPost,
    account_of,
    create_post,
    in_turn,
    must_leave_an_administrator,
    must_manage,
)
from huying.people.actions.signing.signing_in import end_all_sessions
from huying.people.actions.telling import account_words, tell_account
from huying.people.models import Account
from huying.people.models.keyring import account_place, keyring
from huying.people.rules.passwords import password_problem
from huying.people.rules.phones import normal_phone


@transaction.atomic
def create_account(
    by: Actor,
    login: str,
    name: str,
    posts: Sequence[NewPost],
    now: datetime,
    *,
    password: str | None = None,
    phone: str = "",
    must_change_password: bool = True,
) -> int:
    """Make an account with its posts in the actor's district; its id.

    Without ``password`` nobody can sign in as it until ``reset_sign_in`` hands out a first one. Raises
    ``Denied``, ``Conflict`` when the login name is taken, ``Invalid`` for a weak password, a bad phone or
    an area outside the district.
    """
    must_manage(by)
    if not login.strip() or not name.strip():
        raise Invalid("登录名和姓名都要填。")
    problem = password_problem(password, login) if password is not None else None
    if problem:
        raise Invalid(_(problem.zh), fields={"password": _(problem.zh)})
    row = Account(
        login=login.strip(),
        name=name.strip(),
        district=by.district,
        password=make_password(password),
        password_changed_at=now,
        must_change_password=must_change_password,
        created_at=now,
    )
    _save(row)
    _put_phone(row, phone)
    tell_account(by, row, Deed.CREATE, now, {}, account_words(row))
    for post in posts:
        create_post(by, row.pk, post, now)
    return row.pk


@transaction.atomic
def rename_account(by: Actor, account_id: int, name: str, phone: str | None, now: datetime) -> None:
    """Let an account's person be called ``name`` and have this phone; None keeps the phone, "" takes it away.

    Raises ``Denied``, ``NotFound``, ``Invalid`` (fields named).
    """
    must_manage(by)
    if not name.strip():
        raise Invalid("姓名要填。", fields={"name": _("姓名要填。")})
    row = account_of(by, account_id)
    before = account_words(row)
    row.name = name.strip()
    row.save(update_fields=["name"])
    if phone is not None:
        _put_phone(row, phone)
    tell_account(by, row, Deed.CHANGE, now, before, account_words(row))


@transaction.atomic
def set_active(by: Actor, account_id: int, active: bool, now: datetime) -> None:
    """Stop or restart an account; stopping it ends its sessions.

    Raises ``Denied``, ``NotFound``, and ``Conflict`` for one's own account and for the last long-term administrator.
    """
    must_manage(by)
    if account_id == by.account_id:
        raise Conflict("不能停用自己的账号。")
    in_turn(by.district)
    row = account_of(by, account_id)
    if row.is_active and not active:
        must_leave_an_administrator(by, account_id, now)
    if row.is_active != active:
        tell_account(by, row, Deed.START if active else Deed.STOP, now, {}, {})
    row.is_active = active
    row.save(update_fields=["is_active"])
    if not active:
        end_all_sessions(account_id, now)


def set_language(account_id: int, language: str) -> None:
    """Keep the language a person chose."""
    Account.objects.filter(pk=account_id).update(language=language)


def _put_phone(row: Account, phone: str) -> None:
    if not phone.strip() and row.phone_sealed is None:
        return
    place = account_place(row.pk, "phone")
    row.phone_sealed = keyring().seal(normal_phone(phone), place) if phone.strip() else None
    row.save(update_fields=["phone_sealed"])


def _save(row: Account) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        text = _("这个登录名已经有人用了。")
        raise Conflict(text, fields={"login": text}) from None
