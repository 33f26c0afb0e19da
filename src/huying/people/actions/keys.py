"""Keys of outside systems: the only writers."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.access.roles import ROLES, Role
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions.telling import post_words, scope_words
from huying.people.models import Account, ApiKey, Body
from huying.people.queries.assistants import forget_assistants
from huying.people.queries.keys import forget_keys
from huying.people.rules.codes import PER_MINUTE, PER_MINUTE_MOST, key_digest, new_key

_MARK_EVERY: Final = timedelta(minutes=1)
RATE: Final = "每分钟最多几次"
_marked: dict[int, datetime] = {}


@transaction.atomic
def create_key(
    by: Actor,
    name: str,
    role: Role,
    area: str,
    now: datetime,
    *,
    scopes: Collection[Permission] = (),
    body_id: int | None = None,
    expires_at: datetime | None = None,
    per_minute: int = PER_MINUTE,
) -> tuple[int, str]:
    """Make a key; (its id, the key itself, which is never shown again).

    It acts in ``role``, narrowed to ``scopes`` when some are given, ``per_minute`` requests a minute at most.
    Raises ``Denied``; ``Invalid`` for an area outside the district, a body elsewhere, or a scope its role does
    not have; ``Conflict`` for a twin.
    """
    if not by.may_everywhere(Permission.KEY_EDIT):
        raise Denied
    if not name.strip() or not area.startswith(str(by.district)):
        raise Invalid("请填写系统名称，区域须在本区。")
    if not ROLES[role].issuperset(scopes):
        raise Invalid("所选权限超出了该角色的权限。", fields={"scopes": _("所选权限超出了该角色的权限。")})
    if body_id is not None and not Body.objects.filter(district=by.district, pk=body_id).exists():
        raise Invalid("单位不存在。", fields={"body": _("单位不存在。")})
    must_be_rate(per_minute)
    _must_be_new(by, name.strip(), {"role": role, "area": area, "body_id": body_id, "scopes": sorted(scopes)})
    raw, prefix = new_key()
    row = ApiKey(
        district=by.district,
        name=name.strip(),
        prefix=prefix,
        hash=key_digest(raw),
        role=role,
        scopes=sorted(scopes),
        area=area,
        body_id=body_id,
        created_at=now,
        created_by_id=by.account_id,
        expires_at=expires_at,
        per_minute=per_minute,
    )
    row.save()
    words = {
        **post_words(by.district, role, area, body_id, None, expires_at),
        "权限": scope_words([one for one in Permission if one in scopes]) or "这个岗位的全部",
        RATE: str(per_minute),
    }
    note_change(by, NewChange(Subject.KEY, str(row.pk), row.name, Deed.CREATE, {}, words), now)
    return row.pk, raw


def must_be_rate(per_minute: int) -> None:
    """Raise ``Invalid`` unless a key may be given that many requests a minute."""
    if not 1 <= per_minute <= PER_MINUTE_MOST:
        text = said("每分钟次数应在 1 到 %(most)s 之间。", most=PER_MINUTE_MOST)
        raise Invalid(text, fields={"per_minute": text})


def _must_be_new(by: Actor, name: str, what: Mapping[str, Any]) -> None:
    """Pressed twice, the second press would leave a key that nobody was shown."""
    list(Account.objects.select_for_update().filter(pk=by.account_id or 0).values_list("pk"))
    if ApiKey.objects.filter(district=by.district, name=name, revoked_at=None, **what).exists():
        text = _("刚才已经发过一把完全相同的密钥。没有看到的话，请停用它，再发一把。")
        raise Conflict(text, fields={"name": text})


@transaction.atomic
def revoke_key(by: Actor, key_id: int, now: datetime) -> None:
    """End a key: here at once, in other processes within 30 seconds. Raises ``Denied`` or ``NotFound``."""
    if not by.may_everywhere(Permission.KEY_EDIT):
        raise Denied
    rows = ApiKey.objects.filter(district=by.district, pk=key_id, revoked_at=None)
    name = rows.values_list("name", flat=True).first()
    if name is None or not rows.update(revoked_at=now):
        raise NotFound
    note_change(by, NewChange(Subject.KEY, str(key_id), name, Deed.STOP), now)
    forget_keys()
    forget_assistants()


def mark_key_used(key_id: int, now: datetime) -> None:
    """Remember when a key was last used, to the minute: at most one write a minute from each process."""
    last = _marked.get(key_id)
    if last is not None and now - last < _MARK_EVERY:
        return
    _marked[key_id] = now
    ApiKey.objects.filter(pk=key_id).update(last_used_at=now)
