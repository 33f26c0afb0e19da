"""微信公众号: messages in plain or 安全模式, answers given back within five seconds, 客服消息 within 48 hours of the
last message, a template message after that where the account has one (微信公众平台 开发文档)."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from huying.chat.channels.adapter import Card, Wrong, in_window, no_group
from huying.chat.channels.asking import MOST_MEDIA, Codes, Refused, ask, ask_json
from huying.chat.channels.tokens import with_token
from huying.chat.channels.wechat_forms import crypt_of, incoming, opened
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.chat.rules.signatures import is_signed, sorted_sha1
from huying.chat.rules.wire import xml_of

HOST: Final = "https://api.weixin.qq.com"
# 客服消息 takes 2,048 bytes of text; Chinese takes three bytes a character.
MOST_TEXT: Final = 600
CODES: Final = Codes("微信", token={40001, 40014, 42001, 41001}, later={-1, 45009, 45011, 45047})
_XML: Final = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class WeChat:
    """One 公众号."""

    account: Held
    replies: bool = True

    def verify(self, asked: Request, now: datetime) -> Answer:
        """The echo that shows the address is ours. Raises Wrong."""
        given = asked.query
        parts = (self.account.secrets.token, given.get("timestamp", ""), given.get("nonce", ""))
        if not is_signed(given.get("signature", ""), *parts):
            raise Wrong
        return Answer(given.get("echostr", "")[:200].encode())

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]:
        """What came in. Raises Wrong, Invalid."""
        found = incoming(opened(self.account, asked, now))
        return [found] if found else []

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer:
        """The answer as XML, sealed as the message was; "success" where there are no words."""
        if not text or heard is None:
            return Answer()
        # ``ToUserName`` of the message is who we are there; the appid is taken as well as the original id.
        plain = xml_of({
            "ToUserName": heard.who, "FromUserName": _ourselves(self.account, asked, now),
            "CreateTime": int(now.timestamp()), "MsgType": "text", "Content": text[:MOST_TEXT],
        })  # fmt: skip
        if not self.account.sealed:
            return Answer(plain, _XML)
        return Answer(sealed_xml(self.account, plain, asked), _XML)

    def send(self, to: Reach, text: str, now: datetime) -> None:
        """By 客服消息 while the window is open, by the template after it. Raises Unavailable, Refused."""
        if in_window(to, now):
            self._post("/cgi-bin/message/custom/send", custom(to.who, text), now)
        else:
            self._by_template(to, Card("办理进展", text), now)

    def notify(self, to: Reach, card: Card, now: datetime) -> None:
        """A template message, or 客服消息 with the address written out."""
        if self.account.template:
            self._by_template(to, card, now)
        else:
            self.send(to, f"{card.title}\n{card.text}", now)

    def announce(self, text: str, now: datetime) -> None:
        """Raises Refused: a 公众号 has no groups."""
        raise no_group(self.account)

    def greet(self, now: datetime) -> None:
        """Ask for a token afresh. Raises Unavailable, Refused."""
        stable_token(self.account, HOST)

    def fetch(self, media: str, now: datetime) -> bytes:
        """A picture by its media id, which is good for three days. Raises Unavailable, Refused."""
        return fetched(self.account, HOST, CODES, media, now)

    def _by_template(self, to: Reach, card: Card, now: datetime) -> None:
        if not self.account.template:
            raise Refused("超过 48 小时没有来过消息，又没有设模板，微信不让发")
        data = {
            "touser": to.who, "template_id": self.account.template, "url": card.link,
            "data": {"title": {"value": card.title[:60]}, "content": {"value": card.text[:200]}},
        }  # fmt: skip
        self._post("/cgi-bin/message/template/send", data, now)

    def _post(self, path: str, data: dict[str, Any], now: datetime) -> None:
        post(self.account, HOST, CODES, path, data, now)


def custom(who: str, text: str) -> dict[str, Any]:
    """A 客服消息 of text."""
    return {"touser": who, "msgtype": "text", "text": {"content": text[:MOST_TEXT]}}


def sealed_xml(account: Held, plain: bytes, asked: Request) -> bytes:
    """An answer sealed and signed, under the nonce of what it answers."""
    sealed, at = crypt_of(account).seal(plain), str(int(time.time()))
    nonce = asked.query.get("nonce", "0")
    return xml_of({
        "Encrypt": sealed, "MsgSignature": sorted_sha1(account.secrets.token, at, nonce, sealed), "TimeStamp": int(at),
        "Nonce": nonce,
    })  # fmt: skip


def post(account: Held, host: str, codes: Codes, path: str, data: dict[str, Any], now: datetime) -> None:
    """One call under the account's token. Raises Unavailable, Refused."""
    base = account.host or host

    def act(token: str) -> None:
        ask_json("POST", f"{base}{path}?{urlencode({'access_token': token})}", codes, json=data)

    with_token(account, lambda: stable_token(account, host), now, act)


def fetched(account: Held, host: str, codes: Codes, media: str, now: datetime) -> bytes:
    """A picture under the account's token; an error that came instead of it is sorted."""
    base = account.host or host

    def act(token: str) -> bytes:
        asked = urlencode({"access_token": token, "media_id": media})
        told, kind = ask("GET", f"{base}/cgi-bin/media/get?{asked}", most=MOST_MEDIA)
        if "json" in kind or told[:1] == b"{":
            codes.sort_bytes(told)
            raise Refused("接口没有给出图片")
        return told

    return with_token(account, lambda: stable_token(account, host), now, act)


def stable_token(account: Held, host: str) -> tuple[str, float]:
    """稳定版 token: asking for it takes nobody else's away."""
    asked = {
        "grant_type": "client_credential", "appid": account.app_id, "secret": account.secrets.secret,
        "force_refresh": False,
    }  # fmt: skip
    found = ask_json("POST", f"{account.host or host}/cgi-bin/stable_token", CODES, json=asked)
    return str(found.get("access_token", "")), float(found.get("expires_in", 7200))


def _ourselves(account: Held, asked: Request, now: datetime) -> str:
    return str(opened(account, asked, now).get("ToUserName", account.app_id))
