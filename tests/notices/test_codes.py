"""One-time codes: sent seldom, tried five times, good for ten minutes and once."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from huying.kernel.errors import Invalid
from huying.notices.channels.codes import TRIES, check_code, send_code

PHONE, HOME = "13812346677", "10.0.0.1"


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    cache.clear()
    settings.HUYING_NOTICES = tmp_path / "out"
    return tmp_path / "out"


def _code(outbox: Path) -> str:
    said = outbox.read_text(encoding="utf-8").splitlines()[-1]
    return said.split("验证码是 ")[1][:6]


def test_the_code_opens_once(outbox: Path) -> None:
    challenge = send_code(PHONE, HOME, known=True)
    assert check_code(challenge, PHONE, _code(outbox))
    assert not check_code(challenge, PHONE, _code(outbox))


def test_what_the_browser_is_given_holds_neither_the_code_nor_the_number(outbox: Path) -> None:
    challenge = send_code(PHONE, HOME, known=True)
    assert _code(outbox) not in challenge
    assert PHONE not in challenge


def test_the_sixth_try_is_not_looked_at(outbox: Path) -> None:
    challenge = send_code(PHONE, HOME, known=True)
    right = _code(outbox)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    assert not any(check_code(challenge, PHONE, wrong) for _ in range(TRIES))
    assert not check_code(challenge, PHONE, right)


def test_it_opens_no_other_number_and_not_with_a_made_up_challenge(outbox: Path) -> None:
    challenge = send_code(PHONE, HOME, known=True)
    assert not check_code(challenge, "13900000000", _code(outbox))
    assert not check_code(challenge + "x", PHONE, _code(outbox))
    assert not check_code("", PHONE, _code(outbox))


def test_after_ten_minutes_it_opens_nothing(outbox: Path, monkeypatch: Any) -> None:
    challenge = send_code(PHONE, HOME, known=True)
    monkeypatch.setattr("huying.notices.channels.codes.MINUTES", -1)
    assert not check_code(challenge, PHONE, _code(outbox))


def test_nothing_goes_to_a_number_that_is_not_known(outbox: Path) -> None:
    assert send_code(PHONE, HOME, known=False)
    assert not outbox.exists()


def test_a_number_gets_one_a_minute_and_a_visitor_ten_an_hour(outbox: Path) -> None:
    send_code(PHONE, HOME, known=True)
    with pytest.raises(Invalid):
        send_code(PHONE, "10.0.0.2", known=True)
    for number in range(9):
        send_code(f"139000000{number:02d}", HOME, known=True)
    with pytest.raises(Invalid):
        send_code("13900000099", HOME, known=True)
    assert len(outbox.read_text(encoding="utf-8").splitlines()) == 10


def test_the_file_is_for_its_owner_alone(outbox: Path) -> None:
    send_code(PHONE, HOME, known=True)
    assert outbox.stat().st_mode & 0o077 == 0
