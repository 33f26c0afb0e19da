"""A vendor's call to our address as the vendor publishes it: signed rightly or not, once or again, in time or late."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import orjson

from huying.chat.rules.accounts import Held
from huying.chat.rules.crypt import Crypt
from huying.chat.rules.kinds import Vendor
from huying.chat.rules.signatures import gateway_sign, robot_sign, sorted_sha1
from huying.chat.rules.wire import xml_of


@dataclass(frozen=True, slots=True)
class Call:
    """One request to our callback; ``query`` belongs to its address."""

    body: bytes
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def calls_of(
    account: Held, who: str, text: str, *, number: str = "", wrong: bool = False, late: int = 0
) -> Call:
    """Somebody says a text; ``wrong`` signs with another secret, ``late`` is how many seconds ago it was signed."""
    number = number or secrets.token_hex(8)
    if account.vendor is Vendor.DINGTALK:
        return _robot(account, who, text, number, wrong=wrong, late=late)
    if account.vendor is Vendor.SMS:
        return _gateway(account, who, text, number, wrong=wrong, late=late)
    fields: dict[str, str | int] = {
        "ToUserName": "gh_district", "FromUserName": who, "CreateTime": int(time.time()), "MsgType": "text",
        "Content": text, "MsgId": str(int(number, 16)) if not number.isdigit() else number,
    }  # fmt: skip
    plain = orjson.dumps(fields) if account.vendor is Vendor.MINI else xml_of(fields)
    return sealed_call(account, plain, wrong=wrong, late=late)


def sealed_call(account: Held, plain: bytes, *, wrong: bool = False, late: int = 0) -> Call:
    """A message of the WeChat kind, sealed where the account is."""
    token = f"{account.secrets.token}{'x' if wrong else ''}"
    at, nonce = str(int(time.time()) - late), secrets.token_hex(4)
    given = {"timestamp": at, "nonce": nonce}
    if not account.sealed:
        return Call(plain, {**given, "signature": sorted_sha1(token, at, nonce)})
    sealed = Crypt(account.secrets.aes_key, account.app_id).seal(plain)
    signed = {**given, "encrypt_type": "aes", "msg_signature": sorted_sha1(token, at, nonce, sealed)}
    if plain.lstrip()[:1] == b"{":
        return Call(orjson.dumps({"ToUserName": "gh_district", "Encrypt": sealed}), signed)
    return Call(xml_of({"ToUserName": "gh_district", "Encrypt": sealed}), signed)


def call(address: str, made: Call) -> tuple[int, bytes]:
    """Make the call; (status, what was answered)."""
    url = f"{address}?{urlencode(made.query)}" if made.query else address
    answer = httpx.post(url, content=made.body, headers=made.headers, timeout=10, trust_env=False)
    return answer.status_code, answer.content


def _robot(account: Held, who: str, text: str, number: str, *, wrong: bool, late: int) -> Call:
    at = str(int((time.time() - late) * 1000))
    told: dict[str, Any] = {
        "msgId": number, "msgtype": "text", "text": {"content": text}, "senderStaffId": who, "senderId": f"id-{who}",
        "conversationType": "1", "conversationId": "cid", "createAt": int(at), "robotCode": account.app_id,
    }  # fmt: skip
    secret = account.secrets.secret + ("x" if wrong else "")
    headers = {"Content-Type": "application/json", "timestamp": at, "sign": robot_sign(secret, at)}
    return Call(orjson.dumps(told), headers=headers)


def _gateway(account: Held, who: str, text: str, number: str, *, wrong: bool, late: int) -> Call:
    body = orjson.dumps({"id": number, "from": who, "text": text})
    at = str(int(time.time()) - late)
    secret = account.secrets.secret + ("x" if wrong else "")
    headers = {
        "Content-Type": "application/json", "X-Huying-Key": account.app_id, "X-Huying-Time": at,
        "X-Huying-Signature": gateway_sign(secret, at, number, body),
    }  # fmt: skip
    return Call(body, headers=headers)
