"""Invitation codes: one for each household, drawn by lot, kept nowhere in the clear."""

import hmac
import secrets
from hashlib import sha256
from typing import Final

# No letter or digit that is taken for another when it is read aloud or copied by hand.
LETTERS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH: Final = 12


def new_code() -> str:
    """Twelve letters and digits: 60 bits, so that nobody finds one by trying."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """As it is printed: ``ABCD-EFGH-JKLM``."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def read(typed: str) -> str:
    """The code as it was drawn, however it was typed; "" for what cannot be one."""
    # Full-width letters come from Chinese keyboards.
    plain = "".join(chr(ord(each) - 0xFEE0) if 0xFF01 <= ord(each) <= 0xFF5E else each for each in typed)
    code = "".join(each for each in plain.upper() if each.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def digest_of(code: str, salt: bytes) -> bytes:
    """What is kept of a code: enough to know it again, too little to find it. ``salt`` is the proposal's own."""
    return hmac.digest(salt, f"code:{code}".encode(), sha256)
