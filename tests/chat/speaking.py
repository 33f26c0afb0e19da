"""Vendors' requests as they are published, said by somebody: sealed, signed, sent to our address."""

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.http import HttpResponse
from django.test import Client

from huying.chat.rules.accounts import Held
from huying.chat.rules.crypt import Crypt
from huying.chat.rules.kinds import Vendor
from huying.chat.rules.signatures import gateway_sign, robot_sign, sorted_sha1
from huying.chat.rules.wire import xml_fields, xml_of

TOKEN = "our-token"
SECRET = "app-secret-1"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
_numbers = itertools.count(10_000_000)


@dataclass
class Speaker:
    """One person who writes to one account."""

    account: Held
    client: Client
    who: str
    ago: int = 0
    last: dict[str, Any] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return f"/chat/{self.account.key}/callback"

    def say(self, text: str, **more: Any) -> str:
        """Say a text; the answer given back, "" where none is."""
        return self.answered(self.send({"MsgType": "text", "Content": text, **more}))

    def send(self, fields: dict[str, Any]) -> HttpResponse:
        """One message of the WeChat kind."""
        told = {
            "ToUserName": "gh_district", "FromUserName": self.who, "CreateTime": int(time.time()),
            "MsgId": str(next(_numbers)), **fields,
        }  # fmt: skip
        self.last = told
        return self.post(xml_of(told))

    def again(self) -> str:
        """The vendor sends the same message once more."""
        return self.answered(self.post(xml_of(self.last)))

    def post(self, plain: bytes, **query: str) -> HttpResponse:
        at, nonce = str(int(time.time()) - self.ago), "7788"
        if not self.account.sealed:
            given = {"signature": sorted_sha1(TOKEN, at, nonce), "timestamp": at, "nonce": nonce, **query}
            return self._posted(plain, given)
        sealed = Crypt(AES_KEY, self.account.app_id).seal(plain)
        given = {
            "msg_signature": sorted_sha1(TOKEN, at, nonce, sealed), "timestamp": at, "nonce": nonce,
            "encrypt_type": "aes", **query,
        }  # fmt: skip
        return self._posted(xml_of({"ToUserName": "gh_district", "Encrypt": sealed}), given)

    def _posted(self, body: bytes, query: dict[str, str]) -> HttpResponse:
        return self.client.post(f"{self.path}", body, content_type="text/xml", query_params=query)  # type: ignore[return-value]

    def answered(self, response: HttpResponse) -> str:
        assert response.status_code == 200, response.content.decode()
        if response.content in {b"success", b""}:
            return ""
        fields = xml_fields(response.content)
        if "Encrypt" in fields:
            signed = sorted_sha1(TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
            assert fields["MsgSignature"] == signed
            fields = xml_fields(Crypt(AES_KEY, self.account.app_id).open(fields["Encrypt"]))
        assert fields["ToUserName"] == self.who
        return fields["Content"]


def robot_message(who: str, text: str, **more: Any) -> dict[str, Any]:
    """A robot's message as DingTalk publishes it, in our own words."""
    return {
        "conversationId": "cid-1", "conversationType": "1", "chatbotUserId": "bot-1", "msgId": f"msg{next(_numbers)}",
        "senderNick": "梅", "senderStaffId": who, "senderId": f"id-{who}", "createAt": int(time.time() * 1000),
        "robotCode": "wx-app", "msgtype": "text", "text": {"content": text}, **more,
    }  # fmt: skip


def say_to_robot(
    client: Client, account: Held, message: dict[str, Any], secret: str = SECRET
) -> HttpResponse:
    """DingTalk calls our address."""
    at = str(int(time.time() * 1000))
    headers = {"timestamp": at, "sign": robot_sign(secret, at)}
    return client.post(  # type: ignore[return-value]
        f"/chat/{account.key}/callback",
        orjson.dumps(message),
        content_type="application/json",
        headers=headers,
    )


def short_message(
    client: Client, account: Held, phone: str, text: str, *, number: str = "", secret: str = SECRET
) -> HttpResponse:
    """A gateway brings what somebody wrote back."""
    number = number or f"up-{next(_numbers)}"
    body = orjson.dumps({"id": number, "from": phone, "text": text})
    at = str(int(time.time()))
    headers = {
        "X-Huying-Key": account.app_id, "X-Huying-Time": at,
        "X-Huying-Signature": gateway_sign(secret, at, number, body),
    }  # fmt: skip
    return client.post(  # type: ignore[return-value]
        f"/chat/{account.key}/callback", body, content_type="application/json", headers=headers
    )


WITH_XML = frozenset({Vendor.WECHAT, Vendor.MINI, Vendor.WECOM})
