"""重点人群类别 kept: the nine a district begins with, then its own."""

import secrets
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.residents.models import KeyKind
from huying.residents.policy import must_set
from huying.residents.rules.kinds import CareLevel
from huying.residents.rules.starter import starter_kinds


@transaction.atomic
def load_starter_kinds(by: Actor, now: datetime) -> None:
    """Give a district without any kind the nine of the platform. Idempotent. Raises Denied."""
    must_set(by)
    if KeyKind.objects.filter(district=by.district).exists():
        return
    KeyKind.objects.bulk_create(
        [
            KeyKind(
                district=by.district, code=one.code, name=one.name, level=one.level.value, sensitive=one.sensitive,
                hint=one.hint, place=place, made_at=now, made_by=by.name[:60],
            )
            for place, one in enumerate(starter_kinds(), 1)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


@transaction.atomic
def put_kind(
    by: Actor, code: str, name: str, level: CareLevel, sensitive: bool, hint: str, now: datetime
) -> str:
    """Let a kind say this, or with no code make a new one; its code. Marks that were given keep their level.

    Raises Denied, NotFound, Invalid, Conflict for a name there is.
    """
    must_set(by)
    if not 0 < len(name.strip()) <= 20 or len(hint.strip()) > 100:
        raise Invalid(fields={"name": said("请填名称，最多 20 字；说明最多 100 字。")})
    rows = KeyKind.objects.select_for_update().filter(district=by.district)
    row = rows.filter(code=code).first() if code else None
    if code and row is None:
        raise NotFound
    if rows.filter(name=name.strip(), ended_at=None).exclude(code=code).exists():
        raise Conflict("已有这个类别。", fields={"name": "已有这个类别。"})
    before = told(row) if row else {}
    if row is None:
        last = max(rows.values_list("place", flat=True), default=0)
        row = KeyKind(district=by.district, code=f"k{secrets.token_hex(4)}", place=last + 1, made_at=now)
    row.name, row.level, row.sensitive, row.hint = name.strip(), level.value, sensitive, hint.strip()
    row.made_by, row.ended_at = by.name[:60], None
    row.save()
    deed = Deed.CHANGE if before else Deed.CREATE
    note_change(by, NewChange(Subject.RESIDENT, row.code, row.name, deed, before, told(row)), now)
    return row.code


@transaction.atomic
def end_kind(by: Actor, code: str, now: datetime) -> None:
    """Give it to nobody any more; who has it keeps it. Twice changes nothing. Raises Denied, NotFound."""
    must_set(by)
    row = KeyKind.objects.select_for_update().filter(district=by.district, code=code).first()
    if row is None:
        raise NotFound
    if row.ended_at is None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        note_change(by, NewChange(Subject.RESIDENT, row.code, row.name, Deed.END), now)


def told(row: KeyKind) -> dict[str, str]:
    """How a kind is told in the record of changes."""
    return {
        "名称": row.name,
        "等级": CareLevel(row.level).zh,
        "敏感": "是" if row.sensitive else "",
        "说明": row.hint,
    }
