"""Keys of assistants: a person makes them for themselves and ends them; the only writers."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.models import Account, ApiKey
from huying.people.queries.assistants import forget_assistants
from huying.people.queries.keys import forget_keys
from huying.people.rules.assistants import LONGEST, MOST, Leave
from huying.people.rules.codes import key_digest, new_key

_NAME: Final = 60


@transaction.atomic
def create_assistant_key(
    by: Actor, name: str, leaves: Collection[Leave], expires_at: datetime, now: datetime
) -> tuple[int, str]:
    """Make a key for one's own assistant; (its id, the key itself, which is never shown again).

    Raises ``Denied`` for who is no person or themselves an assistant; ``Invalid`` without a name, a leave to read, or
    for an end more than 180 days away; ``Conflict`` for a sixth, or a second one of the same name.
    """
    if by.account_id is None or by.key_id is not None or not by.grants:
        raise Denied
    name = name.strip()
    if not name or len(name) > _NAME:
        raise Invalid(fields={"name": _("给助手起个名字，不超过 60 个字。")})
    if Leave.READ not in leaves:
        raise Invalid(fields={"leaves": _("助手至少要能查看。")})
    if not now < expires_at <= now + LONGEST:
        raise Invalid(fields={"expires": said("最长 %(n)d 天，到期再发一把。", n=LONGEST.days)})
    _must_have_room(by.account_id, name, now)
    raw, prefix = new_key()
    row = ApiKey(
        district=by.district, name=name, prefix=prefix, hash=key_digest(raw), role="", area=str(by.district),
        scopes=[leave.value for leave in Leave if leave in leaves], account_id=by.account_id, created_at=now,
        created_by_id=by.account_id, expires_at=expires_at,
    )  # fmt: skip
    row.save()
    words = {"助手": by.name, "可以": "、".join(leave.zh for leave in Leave if leave in leaves)}
    note_change(
        by, NewChange(Subject.KEY, str(row.pk), f"{by.name}的助手：{name}", Deed.CREATE, {}, words), now
    )
    return row.pk, raw


def _must_have_room(account_id: int, name: str, now: datetime) -> None:
    list(Account.objects.select_for_update().filter(pk=account_id).values_list("pk"))
    standing = ApiKey.objects.filter(account_id=account_id, revoked_at=None, expires_at__gt=now)
    if standing.filter(name=name).exists():
        raise Conflict(fields={"name": _("已有一把同名的助手密钥。没有看到的话，请停用它，再发一把。")})
    if standing.count() >= MOST:
        raise Conflict(said("最多同时有 %(n)d 把助手密钥，请先停用不用的。", n=MOST))


@transaction.atomic
def revoke_assistant_key(by: Actor, key_id: int, now: datetime) -> None:
    """End a key of one's own assistant: here at once, in other processes within 30 seconds. Raises ``NotFound``."""
    if by.account_id is None or by.key_id is not None:
        raise Denied
    rows = ApiKey.objects.filter(account_id=by.account_id, pk=key_id, revoked_at=None)
    name = rows.values_list("name", flat=True).first()
    if name is None or not rows.update(revoked_at=now):
        raise NotFound
    note_change(by, NewChange(Subject.KEY, str(key_id), f"{by.name}的助手：{name}", Deed.STOP), now)
    forget_keys()
    forget_assistants()
