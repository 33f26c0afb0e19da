"""A key's secret renewed and its rate changed, without the outside system standing still meanwhile."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.actions.keys import RATE, must_be_rate
from huying.people.actions.telling import day_words
from huying.people.models import ApiKey, FormerSecret
from huying.people.queries.keys import forget_keys
from huying.people.rules.codes import key_digest, new_key

DAYS_MOST: Final = 30


@transaction.atomic
def renew_key(by: Actor, key_id: int, days: int, now: datetime) -> str:
    """Give a key a new secret, which is never shown again; the one before opens ``days`` more days (0: no more).

    Raises ``Denied``, ``NotFound``, ``Invalid`` for more than 30 days, ``Conflict`` while an earlier one still opens.
    """
    row = _row(by, key_id)
    if not 0 <= days <= DAYS_MOST:
        raise Invalid(fields={"days": _("旧密钥最多再用 30 天。")})
    if FormerSecret.objects.filter(key=row, until__gt=now).exists():
        text = _("上一次换下的旧密钥还在用，请等它停用后再换。")
        raise Conflict(text, fields={"days": text})
    FormerSecret.objects.filter(key=row).delete()
    until = now + timedelta(days=days)
    if days:
        FormerSecret.objects.create(key=row, prefix=row.prefix, hash=row.hash, until=until)
    raw, row.prefix = new_key()
    row.hash = key_digest(raw)
    row.save(update_fields=["prefix", "hash"])
    words = {"旧密钥用到": day_words(until) if days else "即刻停用"}
    note_change(by, NewChange(Subject.KEY, str(key_id), row.name, Deed.RESET, {}, words), now)
    forget_keys()
    return raw


@transaction.atomic
def set_key_rate(by: Actor, key_id: int, per_minute: int, now: datetime) -> None:
    """Let a key make so many requests a minute. Raises ``Denied``, ``NotFound``, ``Invalid``."""
    row = _row(by, key_id)
    must_be_rate(per_minute)
    if row.per_minute == per_minute:
        return
    before, row.per_minute = row.per_minute, per_minute
    row.save(update_fields=["per_minute"])
    words = ({RATE: str(before)}, {RATE: str(per_minute)})
    note_change(by, NewChange(Subject.KEY, str(key_id), row.name, Deed.CHANGE, *words), now)
    forget_keys()


def _row(by: Actor, key_id: int) -> ApiKey:
    if not by.may_everywhere(Permission.KEY_EDIT):
        raise Denied
    row = ApiKey.objects.select_for_update().filter(district=by.district, pk=key_id, revoked_at=None).first()
    if row is None:
        raise NotFound
    return row
