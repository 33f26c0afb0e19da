"""Canonical bytes of plain facts, and digests over them.

Two programs that hold the same facts must reach the same bytes, whatever the order of keys, the zone a moment
was written in, or the number of zeros a database column adds to a decimal. The canonical form is JSON without
spaces, keys sorted by code point, in UTF-8, with:

* moments as UTC text with six decimals and ``Z`` (:func:`instant`), dates as ISO text;
* decimals as plain text without exponent and without zeros at the end;
* enums by their value, UUIDs as text, tuples as lists;
* floats refused, since their text differs between languages.

Algorithms: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016, ISO/IEC 10118-3), both from OpenSSL.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Final
from uuid import UUID

import orjson

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

_PLAIN: Final = frozenset({str, int, bool, type(None)})
_OPTIONS: Final = orjson.OPT_SORT_KEYS


class Algorithm(StrEnum):
    """Which digest is meant; stored beside every digest, so that a district may change over one day."""

    SHA256 = "sha256"
    SM3 = "sm3"


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The canonical UTF-8 bytes of ``facts`` (see the module's head for the form).

    Raises:
        Invalid: a float, a naive moment, a key that is no text, a number beyond 64 bits, or any other thing
            without one canonical form.
    """
    try:
        return orjson.dumps(_mapping(facts), option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        raise Invalid(said("内容无法规范化：%(why)s", why=str(error))) from error


def instant(at: datetime) -> str:
    """``at`` as canonical text in UTC, for example ``2026-09-30T09:00:00.000000Z``.

    Raises:
        Invalid: ``at`` is naive.
    """
    if at.tzinfo is UTC:
        return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    if at.utcoffset() is None:
        raise Invalid(said("时间没有注明时区：%(at)s", at=at.isoformat()))
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def decimal_text(number: Decimal) -> str:
    """``number`` as plain text: no exponent, no zeros at the end, no negative zero.

    Raises:
        Invalid: the number is infinite or not a number.
    """
    if not number.is_finite():
        raise Invalid(said("数值无效：%(number)s", number=number))
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def digest(data: bytes, algorithm: Algorithm | str = Algorithm.SHA256) -> bytes:
    """The 32-byte digest of ``data``.

    Raises:
        Invalid: the algorithm is not one of :class:`Algorithm`.
        RuntimeError: this machine's OpenSSL was built without it; nothing is put in its place.
    """
    if algorithm == Algorithm.SHA256:
        return hashlib.sha256(data).digest()
    return hashlib.new(_known(algorithm), data).digest()


def salted(text: str, salt: bytes, algorithm: Algorithm | str = Algorithm.SHA256) -> bytes:
    """A digest that stands for ``text`` in the ledger and says nothing about it once the salt is erased.

    It is an HMAC (RFC 2104) keyed by the salt, so that salt and text can never be confused with one another.

    Raises:
        Invalid: the salt is shorter than 16 bytes, so that a short text such as a phone number
            could be guessed.
    """
    if len(salt) < 16:
        raise Invalid("盐值至少 16 字节。")
    return hmac.digest(salt, text.encode(), _known(algorithm))


def new_salt() -> bytes:
    """Sixteen fresh random bytes."""
    return secrets.token_bytes(16)


def _known(algorithm: Algorithm | str) -> str:
    try:
        name = Algorithm(algorithm).value
    except ValueError:
        raise Invalid(said("不支持的摘要算法：%(algorithm)s", algorithm=algorithm)) from None
    if name not in hashlib.algorithms_available:
        raise RuntimeError(f"OpenSSL on this machine offers no {name}")
    return name


def _mapping(facts: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, value in facts.items():
        if not isinstance(key, str):
            raise Invalid(said("键必须是文字：%(key)s", key=repr(key)))
        # A member of a text enum is its text; orjson sorts exact text only.
        name = key if type(key) is str else str.__str__(key)
        out[name] = value if type(value) in _PLAIN else _canonical_value(value)
    return out


def _canonical_value(value: Any) -> Any:
    kind = type(value)
    # The usual ones by their exact type: asking an abstract class costs as much as writing the value.
    if kind is datetime:
        return instant(value)
    if kind is dict or (kind is not list and isinstance(value, Mapping)):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return [item if type(item) in _PLAIN else _canonical_value(item) for item in value]
    if isinstance(value, Enum):
        return value.value if type(value.value) in _PLAIN else _canonical_value(value.value)
    return _scalar(value)


def _scalar(value: Any) -> str | int:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str):
        return str(value)
    raise Invalid(said("这类内容没有规范写法：%(kind)s", kind=type(value).__name__))
