"""消息加解密: how WeChat, WeCom and DingTalk seal a message.

AES-256-CBC under a key written as 43 characters of base64, its first 16 bytes as the vector; inside 16 random bytes,
the length in four bytes, the message, and whom it is for. Padded to whole 32 bytes as PKCS#7 pads.
"""

import base64
import binascii
import os
import struct
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from huying.kernel.errors import Invalid

KEY_LENGTH: Final = 43
_BLOCK: Final = 32
_HEAD: Final = 20


class Unsealed(Invalid):
    """消息解不开：密钥、接收方或内容对不上。"""


class Crypt:
    """One account's key. ``receiver`` is the appid, corpid or appkey that every message names."""

    def __init__(self, key: str, receiver: str) -> None:
        """Raises Invalid for what is no key of 43 characters."""
        self._key = key_bytes(key)
        self._receiver = receiver.encode()

    def seal(self, message: bytes, salt: bytes | None = None) -> str:
        """The message sealed, as base64; ``salt`` replaces the sixteen random bytes."""
        plain = (salt or os.urandom(16)) + struct.pack(">I", len(message)) + message + self._receiver
        short = _BLOCK - len(plain) % _BLOCK
        worker = self._cipher().encryptor()
        return base64.b64encode(worker.update(plain + bytes([short]) * short) + worker.finalize()).decode()

    def open(self, sealed: str) -> bytes:
        """The message. Raises Unsealed for what was sealed with another key, for another receiver, or changed."""
        try:
            raw = base64.b64decode(sealed, validate=True)
            worker = self._cipher().decryptor()
            padded = worker.update(raw) + worker.finalize()
        except (ValueError, binascii.Error) as error:
            raise Unsealed from error
        plain = _unpadded(padded)
        (length,) = struct.unpack(">I", plain[16:_HEAD])
        message, receiver = plain[_HEAD : _HEAD + length], plain[_HEAD + length :]
        if len(message) != length or receiver != self._receiver:
            raise Unsealed
        return message

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))


def key_bytes(key: str) -> bytes:
    """The 32 bytes of a key of 43 characters. Raises Invalid."""
    try:
        # The last character carries bits that belong to nothing: vendors' own samples leave them set.
        made = base64.b64decode(key + "=", validate=True) if len(key) == KEY_LENGTH else b""
    except (ValueError, binascii.Error):
        made = b""
    if len(made) != 32:
        text = "EncodingAESKey 应为 43 个英文字母和数字。"
        raise Invalid(text, fields={"aes_key": text})
    return made


def _unpadded(padded: bytes) -> bytes:
    pad = padded[-1] if padded else 0
    whole = 1 <= pad <= _BLOCK and padded.endswith(bytes([pad]) * pad) and len(padded) - pad >= _HEAD
    if not whole:
        raise Unsealed
    return padded[:-pad]
