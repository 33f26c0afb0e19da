"""短信: what residents write back to the number, brought by a gateway that signs as our own requests to it are signed.

``POST`` with JSON ``{"id", "from", "text"}`` and the headers ``X-Huying-Key``, ``X-Huying-Time``, ``X-Huying-Signature``
(``docs/notices.md``). Answers are posted to ``send_url`` in the form in which notices are.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import orjson

from huying.chat.channels.adapter import Card, Wrong, no_group
from huying.chat.channels.asking import Refused, TokenOver, ask
from huying.chat.queries.reaching import Reach
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import Answer, Incoming, Request
from huying.chat.rules.kinds import Medium
from huying.chat.rules.signatures import gateway_sign, is_gateway_signed
from huying.chat.rules.wire import json_fields, text_of
from huying.kernel.errors import Invalid
from huying.people.rules.phones import is_mobile, phone_or_none

MOST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Sms:
    """One number at one gateway."""

    account: Held
    replies: bool = False

    def verify(self, asked: Request, now: datetime) -> Answer:
        """Raises Wrong: a gateway asks nothing."""
        raise Wrong

    def read(self, asked: Request, now: datetime) -> Sequence[Incoming]:
        """What came in. Raises Wrong, Invalid."""
        given = asked.headers
        if not hmac.compare_digest(given.get("x-huying-key", "").encode(), self.account.app_id.encode()):
            raise Wrong
        fields = json_fields(asked.body)
        number = text_of(fields, "id", 128)
        at, sign = given.get("x-huying-time", ""), given.get("x-huying-signature", "")
        if not is_gateway_signed(self.account.secrets.secret, sign, at, number, asked.body, now):
            raise Wrong
        phone = phone_or_none(text_of(fields, "from", 30))
        if phone is None or not is_mobile(phone):
            raise Invalid("from 应为手机号。")
        return [Incoming(phone, number, Medium.TEXT, text_of(fields, "text", 4000))]

    def answer(self, asked: Request, heard: Incoming | None, text: str, now: datetime) -> Answer:
        """That it was taken."""
        return Answer(b'{"ok":true}', "application/json")

    def send(self, to: Reach, text: str, now: datetime) -> None:
        """Raises Unavailable, Refused."""
        if not self.account.secrets.send_url:
            raise Refused("短信渠道没有设发送地址")
        number = sha256(f"{to.person}:{text}".encode()).hexdigest()[:32]
        body = orjson.dumps({"id": number, "to": to.who, "text": text[:MOST_TEXT]})
        at = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json", "Idempotency-Key": number, "X-Huying-Key": self.account.app_id,
            "X-Huying-Time": at, "X-Huying-Signature": gateway_sign(self.account.secrets.secret, at, number, body),
        }  # fmt: skip
        try:
            ask("POST", self.account.secrets.send_url, body=body, headers=headers)
        except TokenOver as no:
            raise Refused("短信网关不认签名") from no

    def notify(self, to: Reach, card: Card, now: datetime) -> None:
        """As any message."""
        self.send(to, card.text, now)

    def announce(self, text: str, now: datetime) -> None:
        """Raises Refused: a number has no groups."""
        raise no_group(self.account)

    def greet(self, now: datetime) -> None:
        """Nothing is to be asked."""

    def fetch(self, media: str, now: datetime) -> bytes:
        """Raises Refused: a short message holds no picture."""
        raise Refused("短信没有图片")
