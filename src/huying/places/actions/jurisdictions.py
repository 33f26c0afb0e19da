"""Saying how a district is known outside."""

import re
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject, differing
from huying.kernel.errors import Conflict, Denied, Invalid
from huying.kernel.saying import said
from huying.places.models import Jurisdiction

_DOMAIN: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
_WORDS_MOST: Final = 300
_NAMES_MOST: Final = 10


@transaction.atomic
def put_jurisdiction(by: Actor, names: list[str], contact: str, key_service: str, now: datetime) -> None:
    """From now on the district is known so; said again, nothing is written.

    Raises Denied without key:edit for the whole district, Invalid for what is no domain name, Conflict for another
    district's.
    """
    if not by.may_everywhere(Permission.KEY_EDIT):
        raise Denied
    wanted = list(dict.fromkeys(name.strip().lower() for name in names if name.strip()))
    _check(wanted, contact, key_service)
    # Writers of names take turns, or two districts could take one name.
    rows = list(Jurisdiction.objects.select_for_update().order_by("district"))
    if any(set(row.names) & set(wanted) for row in rows if row.district != by.district):
        raise Conflict("这个域名已由别的区使用。")
    before = next((row for row in rows if row.district == by.district), None)
    told = _told(wanted, contact.strip(), key_service.strip())
    old = _told(before.names, before.contact, before.key_service) if before else {}
    if told == old:
        return
    said = {"names": wanted, "contact": contact.strip(), "key_service": key_service.strip()}
    Jurisdiction.objects.update_or_create(
        district=by.district, defaults={**said, "changed_at": now, "changed_by": by.account_id}
    )
    change = NewChange(Subject.OUTSIDE, str(by.district), "Open311", Deed.CHANGE, *differing(old, told))
    note_change(by, change, now)


def _check(names: list[str], contact: str, key_service: str) -> None:
    wrong: dict[str, str] = {}
    if len(names) > _NAMES_MOST or any(len(name) > 100 or not _DOMAIN.fullmatch(name) for name in names):
        wrong["names"] = said("应为域名，例如 city.gov.cn，每行一个，最多 %(most)s 个。", most=_NAMES_MOST)
    for name, text in (("contact", contact), ("key_service", key_service)):
        if len(text) > _WORDS_MOST:
            wrong[name] = said("最多 %(most)s 字。", most=_WORDS_MOST)
    if wrong:
        raise Invalid(fields=wrong)


def _told(names: list[str], contact: str, key_service: str) -> dict[str, str]:
    return {"域名": " ".join(names), "联系方式": contact, "怎样申请密钥": key_service}
