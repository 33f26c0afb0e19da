"""Keys of outside systems: listed, made, renewed, counted, ended."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.kernel.errors import Invalid, NotFound
from huying.people.actions import create_key, renew_key, revoke_key, set_key_rate
from huying.people.queries import KeyInfo, keys_for
from huying.people.rules.codes import PER_MINUTE, PER_MINUTE_MOST

router = Router(tags=["密钥"])
Line = told(KeyInfo, "KeyLine")
_Rate = Annotated[int, Field(ge=1, le=PER_MINUTE_MOST, description="每分钟最多几次", examples=[3000])]


class NewKey(Body):
    """A key; without scopes it may do all that its role may."""

    name: str = Field(min_length=1, max_length=60, description="系统", examples=["市热线平台"])
    role: Annotated[Role, listed_as(Role)] = Field(description="按哪种岗位办事", examples=["seat"])
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", description="管哪里", examples=["440310"])
    body: int | None = Field(None, ge=1, description="代表单位", examples=[12])
    scopes: list[Annotated[Permission, listed_as(Permission)]] = Field(
        [], max_length=100, description="只给这些权限", examples=[["appeal:receive"]]
    )
    expires_at: datetime | None = Field(
        None, description="到期，须带时区", examples=["2027-03-02T00:00:00+08:00"]
    )
    per_minute: _Rate = PER_MINUTE


class Renewal(Body):
    """How long the secret before the new one still opens."""

    days: int = Field(7, ge=0, le=30, description="旧密钥再用几天；0 即刻停用")


class Rate(Body):
    """How many requests a minute."""

    per_minute: _Rate


class Secret(Schema):
    """A key's secret, told this once."""

    key: Line  # type: ignore[valid-type]
    secret: str = Field(
        description="密钥本身，只显示这一次", examples=["hy_3fa94c1e_Q2h5bkBrZXkgc2VjcmV0IG9uY2Uh"]
    )


@router.get("/keys", response=page_of("keys", Line), summary="密钥")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every key without its secret, newest first: what it may, when it ends, when it was last used."""
    rows, after = cut(keys_for(request.actor), turn, lambda row: row.id)
    return {"keys": rows, "after": after}


@router.get("/keys/{number}", response=Line, summary="一把密钥")
def one(request: AskedRequest, number: int) -> KeyInfo:
    """One key without its secret."""
    return _one(request, number)


@router.post("/keys", response={201: Secret, 409: Problem}, summary="发密钥")
@mannered(Manners(kept=False, private=True))
def made(request: AskedRequest, given: NewKey) -> Status[dict[str, Any]]:
    """A new key; the answer alone holds its secret. Exactly the same key twice is a conflict, not two keys."""
    must(request.actor, Permission.KEY_EDIT)
    if given.expires_at is not None and given.expires_at.utcoffset() is None:
        raise Invalid(fields={"expires_at": "时间须注明时区。"})
    number, raw = create_key(
        request.actor, given.name, given.role, given.area, request.now, scopes=given.scopes, body_id=given.body,
        expires_at=given.expires_at, per_minute=given.per_minute,
    )  # fmt: skip
    return Status(201, {"key": _one(request, number), "secret": raw})


@router.post("/keys/{number}/renew", response={200: Secret, 409: Problem}, summary="换密钥")
@mannered(Manners(kept=False, private=True))
def renewed(request: AskedRequest, number: int, given: Renewal) -> dict[str, Any]:
    """A new secret for the key; the one before opens beside it for the days given, so that nothing stands still."""
    raw = renew_key(request.actor, known(number), given.days, request.now)
    return {"key": _one(request, number), "secret": raw}


@router.put("/keys/{number}/rate", response=Line, summary="改每分钟次数")
def counted(request: AskedRequest, number: int, given: Rate) -> KeyInfo:
    """Let the key make so many requests a minute; in other processes within 30 seconds."""
    set_key_rate(request.actor, known(number), given.per_minute, request.now)
    return _one(request, number)


@router.post("/keys/{number}/end", response=Line, summary="停用密钥")
def ended(request: AskedRequest, number: int) -> KeyInfo:
    """End a key for good: here at once, in other processes within 30 seconds."""
    revoke_key(request.actor, known(number), request.now)
    return _one(request, number)


def _one(request: AskedRequest, number: int) -> KeyInfo:
    found = next((key for key in keys_for(request.actor) if key.id == number), None)
    if found is None:
        raise NotFound
    return found
