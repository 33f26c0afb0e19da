"""Signing in and out. Every attempt is written down; the lock is counted from what was written."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.kernel.errors import Denied, Invalid, NotFound
from huying.people.models import Account, OpenSession, SignIn
from huying.people.rules.kinds import Outcome
from huying.people.rules.locking import TRIES, WINDOW, locked_until


def sign_in(login: str, password: str, address: str, now: datetime) -> Account:
    """The account that name and password belong to; a second factor, if it has one, is still to be asked.

    Raises ``Invalid`` when they do not match (the same words whether the name exists or not) and ``Denied``
    while the name is locked or the account stopped. Success is written only when nothing more is asked:
    call ``signed_in``.
    """
    with one_at_a_time(login):
        return _checked(login, password, address, now)


def _checked(login: str, password: str, address: str, now: datetime) -> Account:
    row = Account.objects.filter(login=login.strip()).first()
    refuse_if_locked(login, row, address, now)
    if row is None:
        make_password(password)  # takes as long as checking one, so the answer's time tells nothing
        write_attempt(login, None, address, Outcome.WRONG_PASSWORD, now)
        raise Invalid(_wrong(login, now))
    if not check_password(password, row.password, _rehash(row)):
        write_attempt(login, row, address, Outcome.WRONG_PASSWORD, now)
        raise Invalid(_wrong(login, now))
    if not row.is_active:
        write_attempt(login, row, address, Outcome.INACTIVE, now)
        raise Denied(_("这个账号已停用，请联系管理员。"))
    return row


def signed_in(account: Account, session_key: str, address: str, agent: str, now: datetime) -> None:
    """Write down that the account is in, and in which browser."""
    write_attempt(account.login, account, address, Outcome.OK, now)
    OpenSession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "account_id": account.pk,
            "started_at": now,
            "seen_at": now,
            "address": address,
            "agent": agent[:200],
            "ended_at": None,
        },
    )


def account_waiting(account_id: int) -> Account | None:
    """The active account that showed its password and still owes its code."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


@contextmanager
def one_at_a_time(login: str) -> Iterator[None]:
    """Attempts at one login name wait for each other: sent at once, all would look before any was written down."""
    name = hashlib.sha256(b"huying sign-in\0" + login.strip()[:60].encode()).digest()
    key = [int.from_bytes(name[:8], signed=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s::bigint)", key)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s::bigint)", key)


def refuse_if_locked(login: str, account: Account | None, address: str, now: datetime) -> None:
    """Raises ``Denied`` with the time the lock ends when too many attempts were wrong."""
    until = _lock(login, now)
    if until is not None:
        write_attempt(login, account, address, Outcome.LOCKED, now)
        text = _("连续输错 %(tries)d 次，已锁定。%(time)s 后再试，或联系管理员重置密码。")
        raise Denied(text % {"tries": TRIES, "time": f"{localtime(until):%H:%M}"})


def write_attempt(login: str, account: Account | None, address: str, outcome: Outcome, now: datetime) -> None:
    """Add one line to the record of attempts."""
    SignIn.objects.create(
        login=login.strip()[:60], account=account, at=now, address=address[:45], outcome=outcome
    )


def session_seen(session_key: str, now: datetime) -> None:
    """Remember that the browser is still in use."""
    OpenSession.objects.filter(session_key=session_key, ended_at=None).update(seen_at=now)


def session_moved(old_key: str, new_key: str) -> None:
    """The same browser goes on under a new key (keys change with the password)."""
    OpenSession.objects.filter(session_key=old_key).update(session_key=new_key)


def session_ended(session_key: str, now: datetime) -> None:
    """The browser signed out."""
    end_sessions(OpenSession.objects.filter(session_key=session_key, ended_at=None), now)


def end_session(account_id: int, session_id: int, now: datetime) -> None:
    """End one of one's own sessions, wherever it is open. Raises ``NotFound``."""
    rows = OpenSession.objects.filter(account_id=account_id, pk=session_id, ended_at=None)
    if not end_sessions(rows, now):
        raise NotFound


def end_all_sessions(account_id: int, now: datetime, but: str = "") -> int:
    """End every session of an account except the one with key ``but``; how many ended."""
    rows = OpenSession.objects.filter(account_id=account_id, ended_at=None).exclude(session_key=but)
    return end_sessions(rows, now)


@transaction.atomic
def end_sessions(rows: Iterable[OpenSession], now: datetime) -> int:
    """End the sessions given: their keys open nothing from here on."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = list(rows)
    for row in ended:
        store(row.session_key).delete()
    OpenSession.objects.filter(pk__in=[row.pk for row in ended]).update(ended_at=now)
    return len(ended)


def _lock(login: str, now: datetime) -> datetime | None:
    # A lock may have been set one window ago by attempts of up to one window before that.
    recent = SignIn.objects.filter(login=login.strip()[:60], at__gt=now - 2 * WINDOW)
    return locked_until(recent.values_list("at", "outcome"), now)


def _wrong(login: str, now: datetime) -> str:
    until = _lock(login, now)
    if until is None:
        return _("登录名或密码不对，请再试一次。")
    text = _("登录名或密码不对。已连续输错 %(tries)d 次，锁定到 %(time)s。")
    return text % {"tries": TRIES, "time": f"{localtime(until):%H:%M}"}


def _rehash(row: Account) -> Callable[[str], None]:
    def keep(password: str) -> None:
        row.password = make_password(password)
        row.save(update_fields=["password"])

    return keep
