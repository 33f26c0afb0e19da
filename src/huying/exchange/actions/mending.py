"""Letters that nobody could use, put right by a person: mended, tried once more, or dropped with a reason."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from huying.access.actor import Actor
from huying.exchange.models import Incoming, Mending, Outgoing
from huying.exchange.models.sealing import open_json, seal_json
from huying.exchange.policy import must_edit
from huying.exchange.rules.kinds import InState, OutState, Way
from huying.kernel.errors import Conflict, Invalid, NotFound

_MOST: Final = 5000
_STUCK: Final = {Way.IN: InState.PERSON.value, Way.OUT: OutState.DEAD.value}
_WAITING: Final = {Way.IN: InState.WAITING.value, Way.OUT: OutState.WAITING.value}
_DROPPED: Final = {Way.IN: InState.DROPPED.value, Way.OUT: OutState.DROPPED.value}


@transaction.atomic
def mend(by: Actor, way: Way, number: int, fields: Mapping[str, str], why: str, now: datetime) -> None:
    """Put right what a letter says, by path of it, and try it again. Raises Denied, NotFound, Invalid, Conflict."""
    must_edit(by)
    if not why.strip():
        raise Invalid(fields={"why": "请写明为什么改。"})
    row = _stuck(by, way, number)
    before = open_json(row.district, "mended", row.mended_sealed)
    changed = {path.strip()[:100]: text for path, text in fields.items() if path.strip()}
    if not changed:
        raise Invalid(fields={"fields": "没有改动。"})
    row.mended_sealed = seal_json(row.district, "mended", {**before, **changed})
    row.save(update_fields=["mended_sealed"])
    _put_back(by, way, [number], now)
    _written(by, way, row, "mend", why, now, sorted(changed), before)


@transaction.atomic
def resend(
    by: Actor, way: Way, now: datetime, *, ids: Collection[int] = (), peer_id: int | None = None
) -> int:
    """Try stuck letters once more, those named or all of a system; how many. Raises Denied."""
    must_edit(by)
    rows = _of(way).objects.filter(district=by.district, state=_STUCK[way])
    rows = rows.filter(id__in=ids) if ids else rows.filter(peer_id=peer_id or 0)
    found: list[Any] = list(rows.select_for_update().order_by("id")[:_MOST])
    _put_back(by, way, [row.id for row in found], now)
    for row in found:
        _written(by, way, row, "resend", "", now)
    return len(found)


@transaction.atomic
def drop(by: Actor, way: Way, ids: Collection[int], why: str, now: datetime) -> int:
    """Give letters up for good, with the reason; how many. Later ones about the same case go on.

    Raises Denied, Invalid.
    """
    must_edit(by)
    if not why.strip():
        raise Invalid(fields={"why": "请写明为什么作废。"})
    rows = _of(way).objects.filter(district=by.district, state=_STUCK[way], id__in=ids)
    found: list[Any] = list(rows.select_for_update())
    rows.update(state=_DROPPED[way], next_at=None, settled_by=by.name[:60])
    for row in found:
        _written(by, way, row, "drop", why, now)
    return len(found)


def _stuck(by: Actor, way: Way, number: int) -> Incoming | Outgoing:
    row = _of(way).objects.select_for_update().filter(district=by.district, id=number).first()
    if row is None:
        raise NotFound
    if row.state != _STUCK[way]:
        raise Conflict("这封信已经不在待处理里了。")
    found: Incoming | Outgoing = row
    return found


def _put_back(by: Actor, way: Way, ids: Collection[int], now: datetime) -> None:
    rows = _of(way).objects.filter(district=by.district, id__in=ids)
    rows.update(state=_WAITING[way], tries=0, next_at=now)


def _written(
    by: Actor, way: Way, row: Incoming | Outgoing, deed: str, why: str, now: datetime, fields: list[str] | None = None,
    before: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    Mending.objects.create(
        district=by.district, peer_id=row.peer_id, way=way.value, letter_id=row.id, deed=deed, fields=fields or [],
        before_sealed=seal_json(row.district, "before", before or {}), why=why.strip()[:200], at=now, by=by.name[:60],
        by_account=by.account_id,
    )  # fmt: skip


def _of(way: Way) -> type[Incoming] | type[Outgoing]:
    return Incoming if way is Way.IN else Outgoing
