"""Seals and signatures: what vendors publish as samples, and that nothing changed passes."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.chat.rules.crypt import Crypt, Unsealed
from huying.chat.rules.signatures import (
    gateway_sign,
    is_fresh_text,
    is_gateway_signed,
    is_robot_signed,
    is_signed,
    robot_sign,
)
from huying.chat.rules.wire import xml_fields
from huying.kernel.errors import Invalid

# 企业微信开发者中心, 加解密方案说明: the worked example.
WECOM = Crypt("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7")
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
MESSAGE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)
# 钉钉开放平台, 回调事件消息体加解密: the worked example.
DINGTALK = Crypt("4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij", "suite4xxxxxxxxxxxxxxx")
EVENT = (
    "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23JVYa9VrYeJ"
    "5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0pZcy0w9lQ=="
)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
keys = st.binary(min_size=32, max_size=32).map(lambda raw: base64.b64encode(raw).decode().rstrip("="))


def test_wecom_published_echo_and_message_open_and_their_signatures_hold() -> None:
    assert WECOM.open(ECHO) == b"1616140317555161061"
    assert is_signed("5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "QDG6eK", "1409659589", "263014780", ECHO)
    assert xml_fields(WECOM.open(MESSAGE))["Content"] == "hello"
    assert is_signed(
        "477715d11cdb4164915debcba66cb864d751f3e6", "QDG6eK", "1409659813", "1372623149", MESSAGE
    )


def test_dingtalk_published_event_opens_and_its_signature_holds() -> None:
    assert b"check_create_suite_url" in DINGTALK.open(EVENT)
    assert is_signed("5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0", "123456", "1445827045067", "nEXhMP4r", EVENT)


@given(keys, st.binary(max_size=300), st.text("abc019", min_size=1, max_size=20))
def test_what_is_sealed_opens_again_and_for_nobody_else(key: str, message: bytes, receiver: str) -> None:
    sealed = Crypt(key, receiver).seal(message)
    assert Crypt(key, receiver).open(sealed) == message
    with pytest.raises(Unsealed):
        Crypt(key, f"{receiver}x").open(sealed)


@given(st.binary(min_size=1, max_size=120), st.data())
def test_one_flipped_bit_is_refused_by_the_signature(message: bytes, data: st.DataObject) -> None:
    """The seal alone shows no change in its middle, as CBC cannot; the signature over it shows every one."""
    raw = bytearray(base64.b64decode(WECOM.seal(message)))
    at = data.draw(st.integers(0, len(raw) * 8 - 1))
    sealed = base64.b64encode(bytes(raw)).decode()
    raw[at // 8] ^= 1 << at % 8
    changed = base64.b64encode(bytes(raw)).decode()
    from huying.chat.rules.signatures import sorted_sha1

    right = sorted_sha1("token", "1", "2", sealed)
    assert is_signed(right, "token", "1", "2", sealed)
    assert not is_signed(right, "token", "1", "2", changed)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_and_nothing_else_happens(raw: bytes) -> None:
    with pytest.raises(Unsealed):
        WECOM.open(base64.b64encode(raw).decode())


@pytest.mark.parametrize("key", ["", "short", "x" * 42, "x" * 44, "中" * 43, "=" * 43])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(Invalid):
        Crypt(key, "corp")


def test_robot_is_believed_for_an_hour_and_under_its_secret_alone() -> None:
    at = str(int(NOW.timestamp() * 1000))
    signed = robot_sign("secret", at)
    assert is_robot_signed("secret", signed, at, NOW)
    assert is_robot_signed("secret", signed, at, NOW + timedelta(minutes=59))
    assert not is_robot_signed("secret", signed, at, NOW + timedelta(minutes=61))
    assert not is_robot_signed("secret", signed, at, NOW - timedelta(minutes=61))
    assert not is_robot_signed("other", signed, at, NOW)
    assert not is_robot_signed("", robot_sign("", at), at, NOW)
    assert not is_robot_signed("secret", signed, "x", NOW)


def test_gateway_is_believed_for_five_minutes_and_for_this_body_alone() -> None:
    at = str(int(NOW.timestamp()))
    signed = gateway_sign("secret", at, "m1", b"body")
    assert is_gateway_signed("secret", signed, at, "m1", b"body", NOW)
    assert not is_gateway_signed("secret", signed, at, "m1", b"bodz", NOW)
    assert not is_gateway_signed("secret", signed, at, "m2", b"body", NOW)
    assert not is_gateway_signed("secret", signed, at, "m1", b"body", NOW + timedelta(minutes=6))


def test_an_empty_token_signs_nothing() -> None:
    assert not is_signed("da39a3ee5e6b4b0d3255bfef95601890afd80709", "")


@given(st.text(max_size=20))
def test_any_text_as_a_time_is_fresh_or_not_and_never_a_fault(text: str) -> None:
    is_fresh_text(text, NOW, timedelta(hours=1))


BOMB = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><xml><Content>&b;&b;</Content></xml>'


@pytest.mark.parametrize(
    "body",
    [
        BOMB,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><xml/>',
        b"<xml><a></xml>",
        b"",
        b"\xff\xfe",
        b"<xml>" + b"<a/>" * 100 + b"</xml>",
        b"<xml>" + b"x" * 70_000 + b"</xml>",
    ],
)
def test_what_harms_or_is_no_xml_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        xml_fields(body)
