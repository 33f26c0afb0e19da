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
