"""钉钉: a robot's messages signed in the headers, events sealed; answers by the conversation's own address while it is
good, by the robot to one person after that; 工作通知 with a button to staff, and a group's robot.

钉钉开放平台: 机器人接收消息, 事件订阅, 工作通知, 自定义机器人.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import orjson

from huying.chat.channels.adapter import SPARE, Card, Wrong, no_group
from huying.chat.channels.asking import MOST_MEDIA, Codes, Refused, TokenOver, ask, ask_json
from huying.chat.channels.tokens import with_token
from huying.chat.channels.wechat_forms import crypt_of
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.chat.rules.kinds import Medium
from huying.chat.rules.signatures import (
    HOUR,
    is_fresh_text,
    is_robot_signed,
    is_signed,
    robot_sign,
    sorted_sha1,
)
from huying.chat.rules.wire import json_fields, text_of

HOST: Final = "https://oapi.dingtalk.com"
NEW_HOST: Final = "https://api.dingtalk.com"
MOST_TEXT: Final = 2000
CODES: Final = Codes("钉钉", token={40014, 42001, 41001, 33001}, later={-1, 88, 90018, 90019, 130101, 143103})
_HOME: Final = ".dingtalk.com"
_JSON: Final = "application/json; charset=utf-8"
_GROUP: Final = "2"


@dataclass(frozen=True, slots=True)
class DingTalk:
    """One application of an enterprise with its robot; the robot's code is the appkey."""

    account: Held
    replies: bool = False

    def verify(self, asked: Request, now: datetime) -> Answer:
        """Raises Wrong: the address is tried by an event, not by a question."""
        raise Wrong

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]:
        """A robot's message; an event is opened and says nothing to us. Raises Wrong, Invalid."""
        if "sign" not in asked.headers:
            self._event(asked, now)
            return []
        secret = self.account.secrets.secret
        if not is_robot_signed(secret, asked.headers["sign"], asked.headers.get("timestamp", ""), now):
            raise Wrong
        return [self._incoming(json_fields(asked.body))]

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer:
        """ "success" sealed and signed for an event, an empty object for a robot's message."""
        if "sign" in asked.headers or not self.account.sealed:
            return Answer(b"{}", _JSON)
        sealed, nonce = crypt_of(self.account).seal(b"success"), secrets.token_hex(4)
        at = str(int(now.timestamp() * 1000))
        told = {
            "msg_signature": sorted_sha1(self.account.secrets.token, at, nonce, sealed), "timeStamp": at, "nonce": nonce,
            "encrypt": sealed,
        }  # fmt: skip
        return Answer(orjson.dumps(told), _JSON)

    def send(self, to: Reach, text: str, now: datetime) -> None:
        """By the conversation's own address while it is good, else by the robot. Raises Unavailable, Refused."""
        if to.reply_to and to.reply_until and now < to.reply_until - SPARE:
            ask_json("POST", to.reply_to, CODES, json=_text(text))
            return
        data = {
            "robotCode": self.account.app_id, "userIds": [to.who], "msgKey": "sampleText",
            "msgParam": orjson.dumps({"content": text[:MOST_TEXT]}).decode(),
        }  # fmt: skip
        self._new("/v1.0/robot/oToMessages/batchSend", data, now)

    def notify(self, to: Reach, card: Card, now: datetime) -> None:
        """A 工作通知 with a button; by the robot where the account has no agent."""
        if not (self.account.agent and card.link):
            self.send(to, f"{card.title}\n{card.text}", now)
            return
        drawn = {
            "title": card.title[:60], "markdown": f"**{card.title}**\n\n{card.text[:500]}", "single_title": "查看",
            "single_url": card.link,
        }  # fmt: skip
        data = {
            "agent_id": self.account.agent, "userid_list": to.who,
            "msg": {"msgtype": "action_card", "action_card": drawn},
        }  # fmt: skip

        def act(token: str) -> None:
            path = f"/topapi/message/corpconversation/asyncsend_v2?{urlencode({'access_token': token})}"
            ask_json("POST", f"{self._base(HOST)}{path}", CODES, json=data)

        with_token(self.account, self._token, now, act)

    def announce(self, text: str, now: datetime) -> None:
        """To the group of the robot, signed where it asks for it. Raises Unavailable, Refused."""
        address, secret = self.account.secrets.webhook, self.account.secrets.webhook_secret
        if not address:
            raise no_group(self.account)
        if secret:
            at = str(int(now.timestamp() * 1000))
            address += ("&" if "?" in address else "?") + urlencode(
                {
                    "timestamp": at,
                    "sign": robot_sign(secret, at),
                }
            )
        ask_json("POST", address, CODES, json=_text(text))

    def greet(self, now: datetime) -> None:
        """Ask for a token afresh. Raises Unavailable, Refused."""
        self._token()

    def fetch(self, media: str, now: datetime) -> bytes:
        """A picture by its download code. Raises Unavailable, Refused."""
        asked = {"downloadCode": media, "robotCode": self.account.app_id}
        address = text_of(self._new("/v1.0/robot/messageFiles/download", asked, now), "downloadUrl")
        if urlsplit(address).scheme not in {"https", "http"} or not (
            self.account.host or urlsplit(address).scheme == "https"
        ):
            raise Refused("钉钉没有给出图片的地址")
        try:
            return ask("GET", address, most=MOST_MEDIA)[0]
        except TokenOver as over:
            raise Refused("图片的地址已过期") from over

    def _event(self, asked: Request, now: datetime) -> None:
        given = asked.query
        at, nonce = given.get("timestamp", ""), given.get("nonce", "")
        sealed = text_of(json_fields(asked.body), "encrypt", 100_000)
        signature = given.get("msg_signature") or given.get("signature", "")
        fresh = is_fresh_text(at, now, HOUR)
        if not (
            self.account.sealed
            and fresh
            and is_signed(signature, self.account.secrets.token, at, nonce, sealed)
        ):
            raise Wrong
        json_fields(crypt_of(self.account).open(sealed))

    def _incoming(self, fields: Mapping[str, Any]) -> Incoming:
        # Only somebody of the enterprise has a staff id; by it alone the robot can write to them.
        who = text_of(fields, "senderStaffId", 128) or text_of(fields, "senderId", 128)
        medium, text, media = _said(fields)
        until = text_of(fields, "sessionWebhookExpiredTime", 16)
        reply_to = text_of(fields, "sessionWebhook", 1000)
        grouped = text_of(fields, "conversationType", 2) == _GROUP
        usable = self._is_theirs(reply_to) and until.isdigit() and not grouped
        return Incoming(
            who, text_of(fields, "msgId", 128), medium, text, media, in_group=grouped,
            reply_to=reply_to if usable else "",
            reply_until=datetime.fromtimestamp(int(until) / 1000, UTC) if usable else None,
        )  # fmt: skip

    def _is_theirs(self, address: str) -> bool:
        """Whether an address that came with a message is the vendor's: we ask nobody else because of a message."""
        parts = urlsplit(address)
        if self.account.host:
            return address.startswith(f"{self.account.host}/")
        return parts.scheme == "https" and (parts.hostname or "").endswith(_HOME)

    def _new(self, path: str, data: dict[str, Any], now: datetime) -> dict[str, Any]:
        def act(token: str) -> dict[str, Any]:
            headers = {"x-acs-dingtalk-access-token": token}
            return ask_json("POST", f"{self._base(NEW_HOST)}{path}", CODES, json=data, headers=headers)

        return with_token(self.account, self._token, now, act)

    def _token(self) -> tuple[str, float]:
        asked = urlencode({"appkey": self.account.app_id, "appsecret": self.account.secrets.secret})
        found = ask_json("GET", f"{self._base(HOST)}/gettoken?{asked}", CODES)
        return str(found.get("access_token", "")), float(found.get("expires_in", 7200))

    def _base(self, usual: str) -> str:
        return self.account.host or usual


def _text(text: str) -> dict[str, Any]:
    return {"msgtype": "text", "text": {"content": text[:MOST_TEXT]}}


def _said(fields: Mapping[str, Any]) -> tuple[Medium, str, tuple[str, ...]]:
    kind = text_of(fields, "msgtype", 20)
    content = fields.get("content")
    inner: Mapping[str, Any] = content if isinstance(content, dict) else {}
    if kind == "text":
        said = fields.get("text")
        return Medium.TEXT, text_of(said, "content", 4000) if isinstance(said, dict) else "", ()
    if kind == "picture":
        code = text_of(inner, "downloadCode", 600) or text_of(inner, "pictureDownloadCode", 600)
        return Medium.PICTURE, "", (code,) if code else ()
    if kind == "richText":
        return _rich(inner)
    if kind == "audio":
        return Medium.VOICE, text_of(inner, "recognition", 4000), ()
    return Medium.OTHER, "", ()


def _rich(inner: Mapping[str, Any]) -> tuple[Medium, str, tuple[str, ...]]:
    given = inner.get("richText")
    parts = [part for part in given if isinstance(part, dict)] if isinstance(given, list) else []
    text = "".join(text_of(part, "text", 4000) for part in parts)
    media = tuple(code for part in parts if (code := text_of(part, "downloadCode", 600)))
    return (Medium.PICTURE if media else Medium.TEXT), text, media
