"""Changing passwords under the policy of ``rules.passwords``."""

from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from huying.annals.rules import Deed
from huying.kernel.errors import Invalid
from huying.people.actions.signing.signing_in import (
    end_all_sessions,
    one_at_a_time,
    refuse_if_locked,
    write_attempt,
)
from huying.people.actions.telling import itself, tell_account
from huying.people.models import Account, PasswordUsed
from huying.people.rules.kinds import Outcome
from huying.people.rules.passwords import REMEMBERED, password_problem


def change_password(
    account: Account, old: str, new: str, address: str, now: datetime, *, session_key: str = ""
) -> None:
    """Change one's own password; every session but ``session_key`` is ended.

    Raises ``Invalid`` naming the field (``old`` or ``new``), ``Denied`` while locked: wrong old passwords
    count like wrong sign-ins, so that an unattended screen is no way to guess.
    """
    with one_at_a_time(account.login):
        refuse_if_locked(account.login, account, address, now)
        if not check_password(old, account.password):
            write_attempt(account.login, account, address, Outcome.WRONG_PASSWORD, now)
            raise Invalid(_("原密码不对。"), fields={"old": _("原密码不对。")})
    broken = password_problem(new, account.login)
    problem = _(broken.zh) if broken else _too_common(new) or _used_before(account, new)
    if problem:
        raise Invalid(problem, fields={"new": problem})
    with transaction.atomic():
        set_password(account, new, now, must_change=False)
        end_all_sessions(account.pk, now, but=session_key)
        tell_account(itself(account), account, Deed.CHANGE, now, {}, {"密码": "本人改了密码"})


def set_password(account: Account, new: str, now: datetime, *, must_change: bool) -> None:
    """Take ``new`` without asking and remember the one before it. Keeps the last five."""
    with transaction.atomic():
        PasswordUsed.objects.create(account=account, hash=account.password, set_at=now)
        kept = PasswordUsed.objects.filter(account=account).order_by("-pk").values_list("pk", flat=True)
        PasswordUsed.objects.filter(account=account).exclude(pk__in=list(kept[:REMEMBERED])).delete()
        account.password = make_password(new)
        account.password_changed_at = now
        account.must_change_password = must_change
        account.save(update_fields=["password", "password_changed_at", "must_change_password"])


def _too_common(new: str) -> str | None:
    try:
        CommonPasswordValidator().validate(new)
    except ValidationError:
        return _("这个密码太常见，容易被猜到，请换一个。")
    return None


def _used_before(account: Account, new: str) -> str | None:
    used = PasswordUsed.objects.filter(account=account).order_by("-pk")[: REMEMBERED - 1]
    hashes = [account.password, *(row.hash for row in used)]
    if any(check_password(new, known) for known in hashes):
        return _("不能用最近 %(count)d 次用过的密码。") % {"count": REMEMBERED}
    return None
