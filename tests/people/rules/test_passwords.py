from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people.rules.codes import new_password
from huying.people.rules.passwords import KINDS, MIN_LENGTH, kinds_in, must_change, password_problem

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("weak", ["Ab1!", "abcdefgh", "abcd1234", "ABCD1234", "Zhang.san9", "A1" * 65])
def test_weak_passwords_are_refused(weak: str) -> None:
    assert password_problem(weak, "zhang.san") is not None


@pytest.mark.parametrize("good", ["Abcd1234", "abcd-1234", "呼应abcd12"])
def test_three_kinds_and_eight_characters_are_enough(good: str) -> None:
    assert password_problem(good, "zhang.san") is None


@given(st.text(max_size=20))
def test_what_is_accepted_is_long_and_mixed(password: str) -> None:
    accepted = password_problem(password, "") is None
    assert accepted == (len(password) >= MIN_LENGTH and kinds_in(password) >= KINDS)


def test_first_passwords_meet_the_policy() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problem(password, "") is None for password in made)


def test_a_password_lives_ninety_days() -> None:
    assert not must_change(NOW - timedelta(days=89, hours=23), False, NOW)
    assert must_change(NOW - timedelta(days=90), False, NOW)
    assert must_change(NOW, True, NOW)
    assert must_change(None, False, NOW)
