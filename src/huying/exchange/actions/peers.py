"""Setting systems up: each change with who and when, secrets sealed and never shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson
from django.core.validators import validate_slug
from django.db import transaction

from huying.access.actor import Actor, system
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.exchange.models import Health, MapVersion, Peer, Switching
from huying.exchange.models.sealing import seal_secret
from huying.exchange.policy import must_edit
from huying.exchange.queries.held import forget
from huying.exchange.rules.kinds import Connecting, Direction, Scope
from huying.exchange.rules.mapping import peer_map
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.people.actions.keys import create_key
from huying.people.queries import unit_names
from huying.places.queries import area as area_of

_SECRET_LEAST: Final = 16
_SETTINGS_MOST: Final = 20_000
# What says where a secret goes that is not only signed with but handed over.
_HANDED_TO: Final[Mapping[Connecting, Sequence[str]]] = {
    Connecting.OPEN311: ("address", "discovery"),
    Connecting.FILE_DROP: ("where", "host", "port", "host_key"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerForm:
    """What a system is set up with. ``secret`` "" leaves the one that is there; ``map`` None too."""

    code: str
    name: str
    connector: Connecting
    direction: Direction = Direction.BOTH
    scope: Scope = Scope.OWN
    area: str = ""
    body_id: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    secret: str = ""


@transaction.atomic
def create_peer(by: Actor, form: PeerForm, now: datetime) -> int:
    """Set up a system, switched off and without a mapping; its id. Raises Denied, Invalid; Conflict for code or name."""
    must_edit(by)
    area = _checked(by, form)
    if not form.secret:
        raise Invalid(fields={"secret": "请填写双方约定的签名密钥。"})
    if Peer.objects.filter(district=by.district, code=form.code).exists():
        raise Conflict("已经有这个代号的系统。", fields={"code": "已经有这个代号的系统。"})
    # The key is what the ledger names it by; nobody is shown it, so nobody can use it.
    key_id = _key(by, form.name, area, now)
    row = Peer.objects.create(
        district=by.district, code=form.code, name=form.name.strip(), connector=form.connector.value,
        direction=form.direction.value, scope=form.scope.value, area=area, body_id=form.body_id, key_id=key_id,
        settings=dict(form.settings), secret_sealed=seal_secret(by.district, form.secret), made_at=now,
        made_by=by.name[:60],
    )  # fmt: skip
    Health.objects.create(peer=row, district=by.district, pull_at=now)
    note_change(by, NewChange(Subject.EXCHANGE, row.code, row.name, Deed.CREATE, {}, _words(row)), now)
    forget(by.district)
    return row.pk


@transaction.atomic
def change_peer(by: Actor, form: PeerForm, now: datetime) -> None:
    """Let other settings hold from now on; its code and its connector stay. Raises Denied, Invalid, NotFound."""
    must_edit(by)
    row = _row(by, form.code)
    area = _checked(by, form)
    handed = _HANDED_TO.get(Connecting(row.connector), ())
    if not form.secret and any(row.settings.get(name) != form.settings.get(name) for name in handed):
        # Whoever leads it elsewhere must know it.
        raise Invalid(fields={"secret": "换了对方地址，请重新填写密钥。"})
    before = _words(row)
    row.name, row.direction, row.scope, row.area = (
        form.name.strip(),
        form.direction.value,
        form.scope.value,
        area,
    )
    row.body_id, row.settings = form.body_id, dict(form.settings)
    if form.secret:
        row.secret_sealed = seal_secret(by.district, form.secret)
    row.save()
    after = _words(row) | ({"签名密钥": "已更换"} if form.secret else {})
    note_change(by, NewChange(Subject.EXCHANGE, row.code, row.name, Deed.CHANGE, before, after), now)
    forget(by.district)


@transaction.atomic
def put_map(by: Actor, code: str, map: Mapping[str, Any], why: str, now: datetime) -> int:
    """Let another mapping hold from now on; the number of its version. Raises Denied, Invalid, NotFound."""
    must_edit(by)
    peer_map(map)
    row = _row(by, code)
    last = MapVersion.objects.filter(district=by.district, peer=row).order_by("-number").first()
    if last is not None and last.map == orjson.loads(orjson.dumps(dict(map))):
        return last.number
    number = last.number + 1 if last else 1
    MapVersion.objects.create(
        district=by.district,
        peer=row,
        number=number,
        map=dict(map),
        made_at=now,
        made_by=by.name[:60],
        why=why[:200],
    )
    told = {"对应表": f"第 {number} 版", "说明": why}
    note_change(by, NewChange(Subject.EXCHANGE, row.code, row.name, Deed.CHANGE, {}, told), now)
    forget(by.district)
    return number


@transaction.atomic
def switch(by: Actor, code: str, on: bool, why: str, now: datetime) -> None:
    """Turn a system on or off. Raises Denied, NotFound; Conflict for one without a mapping."""
    must_edit(by)
    row = _row(by, code)
    if on and not MapVersion.objects.filter(district=by.district, peer=row).exists():
        raise Conflict("还没有对应表，不能启用。")
    last = Switching.objects.filter(district=by.district, peer=row).order_by("-id").first()
    if (last is not None and last.on) is on:
        return
    Switching.objects.create(
        district=by.district,
        peer=row,
        on=on,
        at=now,
        by=by.name[:60],
        by_account=by.account_id,
        why=why[:200],
    )
    deed = Deed.START if on else Deed.STOP
    note_change(by, NewChange(Subject.EXCHANGE, row.code, row.name, deed, {}, {"原因": why}), now)
    forget(by.district)


@transaction.atomic
def wake(by: Actor, code: str, now: datetime) -> None:
    """Call a system that is left alone at once, as when somebody knows that it is back."""
    must_edit(by)
    row = _row(by, code)
    Health.objects.filter(peer=row).update(
        ask_failures=0, ask_since=None, ask_rests_until=None, tell_failures=0, tell_since=None, tell_rests_until=None,
        pull_at=now,
    )  # fmt: skip


def _key(by: Actor, name: str, area: str, now: datetime) -> int:
    scopes = [Permission.APPEAL_RECEIVE, Permission.CASE_REMIND]
    try:
        return create_key(system(by.district, by.name), name, Role.SEAT, area, now, scopes=scopes)[0]
    except Conflict as twin:
        # Whoever sets a system up knows nothing of the key behind it.
        raise Conflict(
            "这个名称已经有系统用过，请换一个。", fields={"name": "这个名称已经有系统用过，请换一个。"}
        ) from twin


def _row(by: Actor, code: str) -> Peer:
    row = Peer.objects.select_for_update().filter(district=by.district, code=code).first()
    if row is None:
        raise NotFound
    return row


def _checked(by: Actor, form: PeerForm) -> str:
    wrong = _wrongly_named(by, form)
    if form.secret and len(form.secret) < _SECRET_LEAST:
        wrong["secret"] = "签名密钥至少 16 个字符。"
    if len(orjson.dumps(dict(form.settings))) > _SETTINGS_MOST:
        wrong["settings"] = "设置太长。"
    area = form.area or str(by.district)
    if area != str(by.district):
        try:
            area_of(by.district, area)
        except NotFound:
            wrong["area"] = "没有这个区划。"
    if wrong:
        raise Invalid(fields=wrong)
    return area


def _wrongly_named(by: Actor, form: PeerForm) -> dict[str, str]:
    wrong: dict[str, str] = {}
    try:
        validate_slug(form.code)
    except Exception:
        wrong["code"] = "代号应为英文、数字、连字符。"
    if not form.name.strip():
        wrong["name"] = "请填写系统名称。"
    if form.body_id is not None and form.body_id not in unit_names(by.district):
        wrong["body"] = "本区没有这个单位。"
    return wrong


def _words(row: Peer) -> dict[str, str]:
    return {
        "名称": row.name, "方式": Connecting(row.connector).zh, "方向": Direction(row.direction).zh,
        "范围": Scope(row.scope).zh, "区域": row.area,
        "单位": unit_names(row.district).get(row.body_id, "") if row.body_id is not None else "",
        "设置": orjson.dumps(row.settings, option=orjson.OPT_SORT_KEYS).decode(),
    }  # fmt: skip
