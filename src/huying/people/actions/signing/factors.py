"""The second factor: time-based codes from a phone, and recovery codes for whoever lost it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from huying.annals.rules import Deed
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.people.actions.signing.signing_in import one_at_a_time, refuse_if_locked, write_attempt
from huying.people.actions.telling import itself, tell_factor
from huying.people.models import Account, RecoveryCode, SecondFactor
from huying.people.models.keyring import account_place, keyring
from huying.people.rules.codes import (
    accepted_step,
    enrolment_uri,
    new_recovery_codes,
    new_secret,
    recovery_digest,
)
from huying.people.rules.kinds import Outcome


def start_second_factor(account: Account, issuer: str) -> tuple[str, str]:
    """Begin enrolment; (the shared secret in base 32, what the QR code says).

    Asked again before it is confirmed, the answer is the same. Raises ``Conflict`` when one is in force.
    """
    place = account_place(account.pk, "totp")
    sealed = keyring().seal(new_secret(), place)
    row = SecondFactor.objects.get_or_create(account=account, defaults={"secret_sealed": sealed})[0]
    if row.confirmed_at is not None:
        raise Conflict(_("已经设置了动态码。"))
    secret = keyring().open(row.secret_sealed, place)
    return secret, enrolment_uri(secret, account.login, issuer)


def confirm_second_factor(account: Account, code: str, now: datetime) -> list[str]:
    """Put the second factor in force by showing one right code; ten recovery codes, shown this once.

    Raises ``Invalid`` for a wrong code, ``NotFound`` when enrolment was not begun, ``Conflict`` when done.
    """
    with transaction.atomic():
        row = SecondFactor.objects.select_for_update().filter(account=account).first()
        if row is None:
            raise NotFound
        if row.confirmed_at is not None:
            raise Conflict(_("已经设置了动态码。"))
        step = _accepted(row, code, now)
        if step is None:
            raise _wrong()
        row.confirmed_at = now
        row.last_step = step
        row.save()
        tell_factor(itself(account), account, Deed.START, now, {})
        codes = new_recovery_codes()
        RecoveryCode.objects.filter(account=account).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(account=account, digest=recovery_digest(text)) for text in codes
        )
        return codes


def check_second_factor(account: Account, code: str, address: str, now: datetime) -> None:
    """Accept a time-based code or a recovery code, each only once.

    Raises ``Invalid`` for a wrong one, which counts towards the lock, and ``Denied`` while locked.
    """
    with one_at_a_time(account.login):
        _check_second_factor(account, code, address, now)


def _check_second_factor(account: Account, code: str, address: str, now: datetime) -> None:
    refuse_if_locked(account.login, account, address, now)
    with transaction.atomic():
        row = SecondFactor.objects.select_for_update().filter(account=account).first()
        step = None if row is None or row.confirmed_at is None else _accepted(row, code, now)
        if row is not None and step is not None:
            row.last_step = step
            row.save(update_fields=["last_step"])
            return
        unused = RecoveryCode.objects.filter(account=account, used_at=None, digest=recovery_digest(code))
        if unused.update(used_at=now):
            tell_factor(itself(account), account, Deed.CHANGE, now, {"恢复码": "用掉一个"})
            return
    write_attempt(account.login, account, address, Outcome.WRONG_CODE, now)
    raise _wrong()


def _wrong() -> Invalid:
    text = _("动态码不对或已过期，请看手机上最新的 6 位数字。")
    return Invalid(text, fields={"code": text})


def _accepted(row: SecondFactor, code: str, now: datetime) -> int | None:
    secret = keyring().open(row.secret_sealed, account_place(row.account_id, "totp"))
    return accepted_step(secret, code, now, after=row.last_step)
