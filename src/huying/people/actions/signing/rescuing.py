"""What an administrator does for whoever cannot get in, or must be put out: the only writers."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.rules import Deed
from huying.kernel.errors import Conflict
from huying.people.actions.posts import account_of, must_manage
from huying.people.actions.signing.passwords import set_password
from huying.people.actions.signing.signing_in import end_all_sessions, write_attempt
from huying.people.actions.telling import tell_account, tell_factor
from huying.people.models import Account, RecoveryCode, SecondFactor
from huying.people.rules.codes import new_password
from huying.people.rules.kinds import Outcome


@transaction.atomic
def reset_sign_in(by: Actor, account_id: int, now: datetime) -> str:
    """A new first password, which is returned once; the second factor and all sessions are dropped, a lock opened.

    For whoever forgot the password or lost the phone. Nobody resets their own. Raises ``Denied``,
    ``NotFound``, ``Conflict``.
    """
    must_manage(by)
    if account_id == by.account_id:
        raise Conflict("自己的密码请在“修改密码”里改。")
    row = account_of(by, account_id)
    first = new_password()
    set_password(row, first, now, must_change=True)
    dropped = _drop_factor(row)
    end_all_sessions(account_id, now)
    write_attempt(row.login, row, "", Outcome.UNLOCKED, now)
    tell_account(by, row, Deed.RESET, now, {}, {"密码": "发了初始密码"})
    if dropped:
        tell_factor(by, row, Deed.RESET, now, {})
    return first


@transaction.atomic
def reset_second_factor(by: Actor, account_id: int, now: datetime) -> None:
    """Drop the second factor and its recovery codes and end all sessions; the password stays.

    Nobody drops their own so. Raises ``Denied``, ``NotFound``, ``Conflict``.
    """
    must_manage(by)
    if account_id == by.account_id:
        raise Conflict("不能清掉自己的动态码，请另一位管理员来做。")
    row = account_of(by, account_id)
    if not _drop_factor(row):
        raise Conflict("这个账号没有设动态码。")
    end_all_sessions(account_id, now)
    tell_factor(by, row, Deed.RESET, now, {})


@transaction.atomic
def unlock(by: Actor, account_id: int, now: datetime) -> None:
    """Open a lock that wrong attempts set; one that is not locked stays as it is. Raises ``Denied``, ``NotFound``."""
    must_manage(by)
    row = account_of(by, account_id)
    write_attempt(row.login, row, "", Outcome.UNLOCKED, now)
    tell_account(by, row, Deed.UNLOCK, now, {}, {})


@transaction.atomic
def sign_out_everywhere(by: Actor, account_id: int, now: datetime) -> int:
    """End every session of an account; how many. Raises ``Denied``, ``NotFound``."""
    must_manage(by)
    row = account_of(by, account_id)
    ended = end_all_sessions(account_id, now)
    if ended:
        tell_account(by, row, Deed.SIGN_OUT, now, {}, {"退出的设备": str(ended)})
    return ended


def _drop_factor(row: Account) -> bool:
    RecoveryCode.objects.filter(account=row).delete()
    return bool(SecondFactor.objects.filter(account=row).exclude(confirmed_at=None).delete()[0])
