import base64
from datetime import UTC, datetime, timedelta

import pytest

from huying.people.rules.codes import (
    accepted_step,
    code_at,
    enrolment_uri,
    key_digest,
    key_prefix,
    new_key,
    new_recovery_codes,
    recovery_digest,
)

# RFC 6238, appendix B (SHA-1): the last six of its eight digits.
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SECRET, datetime.fromtimestamp(seconds, UTC)) == code


def test_one_step_of_drift_is_allowed_and_no_more() -> None:
    made = datetime(2026, 3, 2, 1, 0, 15, tzinfo=UTC)
    code = code_at(SECRET, made)
    for seconds, accepted in ((-60, False), (-30, True), (0, True), (30, True), (60, False)):
        later = made + timedelta(seconds=seconds)
        assert (accepted_step(SECRET, code, later, after=0) is not None) is accepted


def test_no_code_works_twice() -> None:
    now = datetime(2026, 3, 2, 1, tzinfo=UTC)
    code = code_at(SECRET, now)
    step = accepted_step(SECRET, f"{code[:3]} {code[3:]}", now, after=0)
    assert step is not None
    assert accepted_step(SECRET, code, now, after=step) is None


@pytest.mark.parametrize("typed", ["", "abcdef", "呼应呼应呼应", "12345"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    assert accepted_step(SECRET, typed, datetime(2026, 3, 2, tzinfo=UTC), after=0) is None


def test_the_picture_names_issuer_and_login() -> None:
    uri = enrolment_uri(SECRET, "li.si", "呼应")
    assert uri.startswith("otpauth://totp/%E5%91%BC%E5%BA%94%3Ali.si?")
    assert f"secret={SECRET}" in uri


def test_recovery_codes_are_read_out_in_any_form() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10
    assert recovery_digest(codes[0]) == recovery_digest(codes[0].lower().replace("-", " "))
    assert recovery_digest(codes[0]) != recovery_digest(codes[1])


def test_a_key_carries_its_prefix() -> None:
    for _ in range(200):
        raw, prefix = new_key()
        assert key_prefix(raw) == prefix
    assert key_digest(raw) != key_digest(raw + "x")


@pytest.mark.parametrize(
    "raw", ["", "hy", "hy_", "xx_12345678_" + "a" * 32, "hy_1234_" + "a" * 32, "hy_12345678_a"]
)
def test_what_is_no_key_has_no_prefix(raw: str) -> None:
    assert key_prefix(raw) is None
