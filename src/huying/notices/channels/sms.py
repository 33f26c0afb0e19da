"""Short messages through a gateway over HTTP, each request signed.

``POST url`` with JSON ``{"id", "to", "text"}`` and the headers ``X-Huying-Key``, ``X-Huying-Time`` (Unix seconds),
``Idempotency-Key`` (the id, the same at every try) and ``X-Huying-Signature``: the hexadecimal HMAC-SHA256 under the
secret of time, id and SHA-256 of the body in hexadecimal, joined by line feeds. 2xx: taken; 408, 425, 429 and 5xx:
tried again; everything else: refused for good.
"""

import hmac
import time
from dataclasses import dataclass
from hashlib import sha256

import orjson

from huying.notices.channels.http import ask
from huying.notices.channels.letters import Letter


def signature(secret: str, at: str, letter_id: str, body: bytes) -> str:
    """What the gateway reckons too, to know that the request is ours and unchanged."""
    signed = "\n".join((at, letter_id, sha256(body).hexdigest()))
    return hmac.new(secret.encode(), signed.encode(), sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Sms:
    """``key`` names us to the gateway, ``secret`` signs."""

    url: str
    key: str
    secret: str

    def send(self, letter: Letter) -> None:
        body = orjson.dumps({"id": letter.id, "to": letter.to, "text": letter.text})
        at = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": letter.id,
            "X-Huying-Key": self.key,
            "X-Huying-Time": at,
            "X-Huying-Signature": signature(self.secret, at, letter.id, body),
        }
        ask("POST", self.url, body=body, headers=headers)
