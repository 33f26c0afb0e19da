"""企业微信: callbacks always sealed, answers given back within five seconds, messages of the application out, and a
group's robot (企业微信开发者中心: 回调配置, 被动回复消息, 发送应用消息, 群机器人)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from huying.chat.channels.adapter import Card, Wrong, no_group
from huying.chat.channels.asking import MOST_MEDIA, Codes, Refused, ask, ask_json
from huying.chat.channels.tokens import with_token
from huying.chat.channels.wechat import sealed_xml
from huying.chat.channels.wechat_forms import crypt_of, incoming, opened
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.chat.rules.signatures import is_signed
from huying.chat.rules.wire import xml_of

HOST: Final = "https://qyapi.weixin.qq.com"
# 文本消息 takes 2,048 bytes, a card's description 512.
MOST_TEXT: Final = 600
_MOST_TITLE: Final = 128
_MOST_CARD: Final = 170
CODES: Final = Codes("企业微信", token={40014, 42001, 41001}, later={-1, 45009, 45033, 60020})
_XML: Final = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class WeCom:
    """One application of an enterprise."""

    account: Held
    replies: bool = True

    def verify(self, asked: Request, now: datetime) -> Answer:
        """The echo, opened. Raises Wrong, Unsealed."""
        given = asked.query
        echo = given.get("echostr", "")
        parts = (self.account.secrets.token, given.get("timestamp", ""), given.get("nonce", ""), echo)
        if not is_signed(given.get("msg_signature", ""), *parts):
            raise Wrong
        return Answer(crypt_of(self.account).open(echo))

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]:
        """What came in. Raises Wrong, Invalid."""
        found = incoming(opened(self.account, asked, now))
        return [found] if found else []

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer:
        """The answer sealed; an empty body where there are no words."""
        if not text or heard is None:
            return Answer(b"")
        plain = xml_of({
            "ToUserName": heard.who, "FromUserName": self.account.app_id, "CreateTime": int(now.timestamp()),
            "MsgType": "text", "Content": text[:MOST_TEXT],
        })  # fmt: skip
        return Answer(sealed_xml(self.account, plain, asked), _XML)

    def send(self, to: Reach, text: str, now: datetime) -> None:
        """A text of the application. Raises Unavailable, Refused."""
        self._post({"touser": to.who, "msgtype": "text", "text": {"content": text[:MOST_TEXT]}}, now)

    def notify(self, to: Reach, card: Card, now: datetime) -> None:
        """A card whose button opens the page."""
        drawn = {
            "title": card.title[:_MOST_TITLE], "description": card.text[:_MOST_CARD], "url": card.link, "btntxt": "查看",
        }  # fmt: skip
        self._post({"touser": to.who, "msgtype": "textcard", "textcard": drawn}, now)

    def announce(self, text: str, now: datetime) -> None:
        """To the group of the robot. Raises Unavailable, Refused."""
        if not self.account.secrets.webhook:
            raise no_group(self.account)
        data = {"msgtype": "text", "text": {"content": text[:MOST_TEXT]}}
        ask_json("POST", self.account.secrets.webhook, CODES, json=data)

    def greet(self, now: datetime) -> None:
        """Ask for a token afresh. Raises Unavailable, Refused."""
        self._token()

    def fetch(self, media: str, now: datetime) -> bytes:
        """A picture by its media id, which is good for three days. Raises Unavailable, Refused."""

        def act(token: str) -> bytes:
            asked = urlencode({"access_token": token, "media_id": media})
            told, kind = ask("GET", f"{self._base()}/cgi-bin/media/get?{asked}", most=MOST_MEDIA)
            if "json" in kind or told[:1] == b"{":
                CODES.sort_bytes(told)
                raise Refused("接口没有给出图片")
            return told

        return with_token(self.account, self._token, now, act)

    def _post(self, message: dict[str, Any], now: datetime) -> None:
        data = {**message, "agentid": self.account.agent, "enable_duplicate_check": 1}

        def act(token: str) -> None:
            path = f"/cgi-bin/message/send?{urlencode({'access_token': token})}"
            found = ask_json("POST", f"{self._base()}{path}", CODES, json=data)
            if found.get("invaliduser"):
                raise Refused("企业微信：成员不在应用可见范围内")

        with_token(self.account, self._token, now, act)

    def _token(self) -> tuple[str, float]:
        asked = urlencode({"corpid": self.account.app_id, "corpsecret": self.account.secrets.secret})
        found = ask_json("GET", f"{self._base()}/cgi-bin/gettoken?{asked}", CODES)
        return str(found.get("access_token", "")), float(found.get("expires_in", 7200))

    def _base(self) -> str:
        return self.account.host or HOST
