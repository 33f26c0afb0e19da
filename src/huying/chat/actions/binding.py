"""Staff bound to a chat by a code that is shown once on their page and typed to the bot within minutes."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.chat.models import Person, StaffCode
from huying.kernel.errors import Denied, Invalid
from huying.people.queries import account_names
from huying.people.queries.reaching import languages_of
from huying.people.queries.sealed import mark_of

GOOD_FOR: Final = timedelta(minutes=10)
_LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_USE: Final = "chat.staff_code"


def new_staff_code(by: Actor, now: datetime) -> str:
    """A code of eight letters for one's own account; an earlier one is good no more. Raises Denied."""
    if by.account_id is None:
        raise Denied
    # With a letter in it, so that it is never taken for a number of six or eight digits.
    code = secrets.choice(_LETTERS[8:]) + "".join(secrets.choice(_LETTERS) for _ in range(7))
    StaffCode.objects.update_or_create(
        account_id=by.account_id,
        defaults={
            "district": by.district,
            "digest": mark_of(by.district, _USE, code),
            "until": now + GOOD_FOR,
        },
    )
    return code


def bind_staff(person: Person, code: str, now: datetime) -> str:
    """Bind whoever shows the code; the name of their account. It opens once. Raises Invalid."""
    rows = StaffCode.objects.filter(district=person.district, digest=mark_of(person.district, _USE, code))
    row = rows.filter(until__gt=now).first()
    if row is None or row.account_id not in languages_of([row.account_id]):
        raise Invalid("绑定码不对，或已过期。请到“我的账号 → 通知设置”重新取一个。")
    rows.delete()
    # One account is told in one chat of a vendor's account: the one bound last.
    others = Person.objects.filter(
        district=person.district, account_id=person.account_id, staff_id=row.account_id
    )
    others.exclude(id=person.id).update(staff_id=None)
    person.staff_id = row.account_id
    return account_names([row.account_id]).get(row.account_id, "")


@transaction.atomic
def unbind_staff(by: Actor, now: datetime) -> int:
    """Take one's own account out of every chat; from how many. Raises Denied."""
    if by.account_id is None:
        raise Denied
    StaffCode.objects.filter(account_id=by.account_id).delete()
    return Person.objects.filter(district=by.district, staff_id=by.account_id).update(staff_id=None)
