"""对话渠道: accounts with vendors of chats; what opens them is written and never read."""

from dataclasses import asdict
from typing import Annotated, Any

from django.conf import settings
from django.urls import reverse
from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.chat.actions import change_account, make_account, switch
from huying.chat.channels.trying import try_account
from huying.chat.queries import AccountRow, accounts_for
from huying.chat.rules.accounts import MOST_SECRET, NewAccount, Secrets
from huying.chat.rules.kinds import Vendor
from huying.kernel.errors import NotFound

router = Router(tags=["对话渠道"])
_ADDRESS = (
    str,
    Field(description="填到厂商后台的回调地址", examples=["https://huying.example.cn/chat/5f0c…/callback"]),
)
_HAS = (list[str], Field(description="已经填了哪些密钥", examples=[["secret", "token"]]))
_PLAIN = {
    "app_id": (str, Field(examples=["wx4f1a9c02d7"])),
    "agent": (str, Field(examples=[""])),
    "template": (str, Field(examples=[""])),
    "host": (str, Field(examples=[""])),
    "on_by": (str, Field(examples=["周小芳"])),
    "has": _HAS,
    "address": _ADDRESS,
}
Line = told(AccountRow, "ChatAccountLine", without=("key",), **_PLAIN)
# Without when it was last heard, which changes by itself: what was read is what If-Match is compared with.
Account = told(AccountRow, "ChatAccount", without=("key", "heard_at"), **_PLAIN)
_Secret = Annotated[str, Field(max_length=MOST_SECRET)]


class ChatSecrets(Body):
    """What opens an account; what is left empty stays as it is."""

    secret: _Secret = Field("", description="AppSecret；短信填签名密钥", examples=["9c2f0b6e1d7a4c35"])
    token: _Secret = Field("", description="在厂商后台填回调地址时自己定的那个", examples=["tian4wen"])
    aes_key: _Secret = Field("", description="填了就是安全模式；企业微信必填", examples=[""])
    webhook: _Secret = Field("", description="群机器人地址", examples=[""])
    webhook_secret: _Secret = Field("", description="钉钉群机器人加签密钥", examples=[""])
    send_url: _Secret = Field("", description="短信发送地址", examples=[""])


class ChatAccountWanted(Body):
    """An account; what each vendor needs of it is told where it is missing."""

    name: str = Field(min_length=1, max_length=40, examples=["“龙田发布”公众号"])
    app_id: str = Field(
        "", max_length=64, description="AppID、企业 ID、AppKey 或短信网关名", examples=["wx4f1a9c02d7"]
    )
    agent: str = Field("", max_length=64, description="企业微信、钉钉的 AgentId", examples=[""])
    template: str = Field("", max_length=64, description="过了 48 小时用的模板编号", examples=[""])
    host: str = Field("", max_length=200, description="有中转时的接口地址；空为厂商的", examples=[""])
    secrets: ChatSecrets = ChatSecrets.model_validate({})


class NewChatAccount(ChatAccountWanted):
    """A new account; its vendor stays."""

    vendor: Annotated[Vendor, listed_as(Vendor)] = Field(description="哪一家")


@router.get("/chat-accounts", response=page_of("chat_accounts", Line), summary="对话渠道")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every account, which secrets are set, and when its vendor last asked rightly."""
    rows, after = cut(accounts_for(request.actor), turn, lambda row: row.id)
    return {"chat_accounts": [_told(row) for row in rows], "after": after}


@router.get("/chat-accounts/{number}", response=Account, summary="一个对话渠道")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One account and its callback's address, without its secrets."""
    return _one(request, number)


@router.post("/chat-accounts", response={201: Account, 409: Problem}, summary="新建对话渠道")
def made(request: AskedRequest, given: NewChatAccount) -> Status[dict[str, Any]]:
    """An account, switched off: give the vendor its callback's address, then start it."""
    must(request.actor, Permission.KEY_EDIT)
    return Status(201, _one(request, make_account(request.actor, _asked(given, given.vendor), request.now)))


@router.put("/chat-accounts/{number}", response={200: Account, 409: Problem}, summary="改对话渠道")
def changed(request: AskedRequest, number: int, given: ChatAccountWanted) -> dict[str, Any]:
    """Let it stand so from now on; secrets left empty stay, what was fetched with them is fetched anew."""
    must(request.actor, Permission.KEY_EDIT)
    vendor = _found(request, number).vendor
    change_account(request.actor, number, _asked(given, vendor), request.now)
    return _one(request, number)


@router.post("/chat-accounts/{number}/start", response=Account, summary="启用对话渠道")
def started(request: AskedRequest, number: int) -> dict[str, Any]:
    """Answer its callback and send by it from now on."""
    switch(request.actor, known(number), request.now, on=True)
    return _one(request, number)


@router.post("/chat-accounts/{number}/stop", response=Account, summary="停用对话渠道")
def stopped(request: AskedRequest, number: int) -> dict[str, Any]:
    """Neither answer its callback nor send anything by it."""
    switch(request.actor, known(number), request.now, on=False)
    return _one(request, number)


# The vendor is asked meanwhile: no transaction waits for it.
@router.post(
    "/chat-accounts/{number}/try",
    response={200: Account, 409: Problem, 503: Problem},
    summary="试一个对话渠道",
)
@mannered(Manners(kept=False, matched=False))
def tried(request: AskedRequest, number: int) -> dict[str, Any]:
    """Ask the vendor for a token, and say a word to the group where there is one; 409 with what the vendor said."""
    must(request.actor, Permission.KEY_EDIT)
    try_account(request.actor, known(number), request.now)
    return _one(request, number)


def _asked(given: ChatAccountWanted, vendor: Vendor) -> NewAccount:
    return NewAccount(
        vendor=vendor, name=given.name, app_id=given.app_id, agent=given.agent, template=given.template,
        host=given.host, secrets=Secrets(**given.secrets.model_dump()),
    )  # fmt: skip


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    return _told(_found(request, number))


def _found(request: AskedRequest, number: int) -> AccountRow:
    found = next((row for row in accounts_for(request.actor) if row.id == number), None)
    if found is None:
        raise NotFound
    return found


def _told(row: AccountRow) -> dict[str, Any]:
    site: str = settings.HUYING_ADDRESS
    return asdict(row) | {"address": site.rstrip("/") + reverse("chat:callback", args=[row.key])}
