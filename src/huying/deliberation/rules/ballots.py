"""A ballot: secret, counted by everybody, found again by its voter.

A ballot is kept under a key made of the code alone, of which only a digest of another making is kept: who reads the
tables finds which households took part and what was said, and no way from one to the other. The voter gets a number;
with the choice it gives the digest that is published after the close, so each finds the own ballot in the list and
all can count it.
"""

import base64
import hmac
from hashlib import sha256

from huying.deliberation.rules.kinds import Choice

FORMAT = "huying-ballot/1"


def key_of(code: str, district: int, proposal: int) -> bytes:
    """Under which a household's ballot is kept: the same code always leads to the same ballot, so none votes twice."""
    return hmac.digest(code.encode(), f"ballot:{district}:{proposal}".encode(), sha256)


def number_of(code: str, district: int, proposal: int, choice: Choice, once: str) -> str:
    """The voter's number: another for each form sent, the same for one form sent twice. Sixteen letters and digits."""
    said = f"number:{district}:{proposal}:{choice.value}:{once}"
    return base64.b32encode(hmac.digest(code.encode(), said.encode(), sha256)[:10]).decode()


def digest_of(district: int, proposal: int, choice: Choice, number: str) -> str:
    """What is published of a ballot, in hex: SHA-256 of ``huying-ballot/1|district|proposal|choice|number``."""
    return sha256(f"{FORMAT}|{district}|{proposal}|{choice.value}|{number}".encode()).hexdigest()
