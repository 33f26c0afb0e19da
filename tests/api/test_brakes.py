import pytest

from huying.api.intake import brakes
from huying.api.intake.brakes import Brake


def test_a_burst_is_allowed_then_one_at_a_time() -> None:
    at = [0.0]
    brake = Brake(burst=3, clock=lambda: at[0])
    assert [brake.takes("10.0.0.1") for _ in range(4)] == [True, True, True, False]
    at[0] = 19.0
    assert not brake.takes("10.0.0.1")
    at[0] = 21.0
    assert brake.takes("10.0.0.1")
    assert not brake.takes("10.0.0.1")


def test_addresses_do_not_share() -> None:
    brake = Brake(burst=1, clock=lambda: 0.0)
    assert brake.takes("10.0.0.1")
    assert brake.takes("10.0.0.2")
    assert not brake.takes("10.0.0.1")


def test_waiting_long_fills_no_more_than_a_burst() -> None:
    at = [0.0]
    brake = Brake(burst=2, clock=lambda: at[0])
    brake.takes("a")
    at[0] = 1e6
    assert [brake.takes("a") for _ in range(3)] == [True, True, False]


def test_a_crowd_of_new_addresses_does_not_free_a_busy_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brakes, "_MOST_KNOWN", 10)
    brake = Brake(burst=1, clock=lambda: 0.0)
    for n in range(9):
        brake.takes(f"10.0.0.{n}")
    assert brake.takes("10.0.1.1")
    assert brake.takes("10.0.1.2")
    assert not brake.takes("10.0.1.1")


def test_a_home_with_many_addresses_is_one() -> None:
    brake = Brake(burst=1, clock=lambda: 0.0)
    assert brake.takes("2001:db8::1")
    assert not brake.takes("2001:db8::2")
