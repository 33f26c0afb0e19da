"""Accounts and posts: found, made, stopped, their posts given, moved and ended."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeMoment, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.people.actions import (
    NewPost,
    create_account,
    create_post,
    end_post,
    move_post,
    rename_account,
    reset_second_factor,
    reset_sign_in,
    set_active,
    sign_out_everywhere,
    unlock,
)
from huying.people.queries import AccountInfo, PostInfo, account_info, accounts_for, posts_ever

router = Router(tags=["账号和岗位"])
_Role = Annotated[Role, listed_as(Role)]
Line, Post = told(AccountInfo, "AccountLine"), told(PostInfo, "Post")
_POSTS: Any = (list[Post], Field(description="岗位，含已结束的"))  # type: ignore[valid-type]
Whole = told(AccountInfo, "AccountWhole", posts=_POSTS)


class Asked(Turn):
    """Which accounts."""

    q: str = Field("", max_length=60, description="姓名或登录名")
    role: _Role | None = Field(None, description="有这种岗位的")
    active: bool | None = Field(None, description="在用的还是停用的")


class AccountGivenPost(Body):
    """A post: a role at a place, of a unit where the role has one."""

    role: _Role = Field(description="岗位")
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", examples=["440310001"])
    body: int | None = Field(None, ge=1, lt=2**63, examples=[12])


class NewAccount(Body):
    """An account with its first post."""

    login: str = Field(min_length=2, max_length=40, examples=["zhouxiaofang"])
    name: str = Field(min_length=1, max_length=40, examples=["周小芳"])
    phone: str = Field("", max_length=20, examples=["13800000001"])
    post: AccountGivenPost


class Person(Body):
    """Another name or phone; an empty phone stays as it is."""

    name: str = Field(min_length=1, max_length=40, examples=["周小芳"])
    phone: str = Field("", max_length=20, examples=[""])


class First(Schema):
    """A first password, told this once; it has to be changed at the first signing in."""

    account: int
    password: str = Field(examples=["KMQP-7h2x-9RT4"])


class Ended(Body):
    """When a post ends; now where nothing is said."""

    at: SomeMoment | None = Field(
        None, description="到什么时候，须带时区", examples=["2026-04-01T00:00:00+08:00"]
    )


class Moved(Body):
    """Where a post goes on."""

    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", examples=["440310001002"])


class AccountNumber(Schema):
    """Which it is."""

    id: int


@router.get("/accounts", response=page_of("accounts", Line), summary="账号")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The district's accounts by number; phones are masked."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    rows = accounts_for(
        request.actor,
        asked.q,
        before(asked) or 0,
        asked.limit,
        role=asked.role,
        active=asked.active,
        now=request.now,
    )
    return {"accounts": rows, "after": last_of(rows, asked)}


@router.get("/accounts/{number}", response=Whole, summary="一个账号")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """An account with every post it has or had."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    return _told(request, known(number))


@router.post("/accounts", response={201: First, 409: Problem}, summary="新建账号")
@mannered(Manners(kept=False, private=True))
def made(request: AskedRequest, given: NewAccount) -> Status[dict[str, Any]]:
    """A new account; the answer alone holds its first password. The same login again is a conflict."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    number = create_account(
        request.actor, given.login, given.name, [_post(given.post)], request.now, phone=given.phone
    )
    return Status(201, {"account": number, "password": reset_sign_in(request.actor, number, request.now)})


@router.put("/accounts/{number}", response=Whole, summary="改姓名电话")
def renamed(request: AskedRequest, number: int, given: Person) -> dict[str, Any]:
    """Let the person be called so."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    rename_account(request.actor, known(number), given.name, given.phone or None, request.now)
    return _told(request, number)


@router.post("/accounts/{number}/stop", response=Whole, summary="停用账号")
def stopped(request: AskedRequest, number: int) -> dict[str, Any]:
    """Stop an account and end its sessions."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    set_active(request.actor, known(number), False, request.now)
    return _told(request, number)


@router.post("/accounts/{number}/start", response=Whole, summary="启用账号")
def started(request: AskedRequest, number: int) -> dict[str, Any]:
    """Let it sign in again."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    set_active(request.actor, known(number), True, request.now)
    return _told(request, number)


@router.post("/accounts/{number}/unlock", response=Whole, summary="解锁账号")
def unlocked(request: AskedRequest, number: int) -> dict[str, Any]:
    """Open a lock that wrong attempts set."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    unlock(request.actor, known(number), request.now)
    return _told(request, number)


@router.post("/accounts/{number}/sign-out", response=Whole, summary="退出所有设备")
def put_out(request: AskedRequest, number: int) -> dict[str, Any]:
    """End every session of the account."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    sign_out_everywhere(request.actor, known(number), request.now)
    return _told(request, number)


@router.post("/accounts/{number}/drop-factor", response=Whole, summary="清掉动态码")
def factor_dropped(request: AskedRequest, number: int) -> dict[str, Any]:
    """Drop the second factor; it is set up anew at the next signing in."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    reset_second_factor(request.actor, known(number), request.now)
    return _told(request, number)


@router.post("/accounts/{number}/reset", response=First, summary="重置登录")
@mannered(Manners(kept=False, private=True))
def reset(request: AskedRequest, number: int) -> dict[str, Any]:
    """A new first password, told this once; second factor and sessions are dropped."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    return {"account": number, "password": reset_sign_in(request.actor, known(number), request.now)}


@router.post("/accounts/{number}/posts", response={201: AccountNumber}, summary="给岗位")
def post_given(request: AskedRequest, number: int, given: AccountGivenPost) -> Status[dict[str, int]]:
    """One more post."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    return Status(201, {"id": create_post(request.actor, known(number), _post(given), request.now)})


@router.post("/posts/{number}/end", response=AccountNumber, summary="结束岗位")
def post_ended(request: AskedRequest, number: int, given: Ended) -> dict[str, int]:
    """End a post now or later."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    end_post(request.actor, known(number), request.now, given.at)
    return {"id": number}


@router.post("/posts/{number}/move", response={201: AccountNumber}, summary="岗位移到另一区域")
def post_moved(request: AskedRequest, number: int, given: Moved) -> Status[dict[str, int]]:
    """Let a post go on in another area; it is a new one."""
    must(request.actor, Permission.ACCOUNT_EDIT)
    return Status(201, {"id": move_post(request.actor, known(number), given.area, request.now)})


def _told(request: AskedRequest, number: int) -> dict[str, Any]:
    info = account_info(request.actor, number)
    fields = {name: getattr(info, name) for name in AccountInfo.__dataclass_fields__}
    return fields | {"posts": posts_ever(request.actor, number)}


def _post(given: AccountGivenPost) -> NewPost:
    return NewPost(given.role, given.area, given.body)
