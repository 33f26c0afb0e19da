"""The benchmark waits for every follower of the ledger but for those that go at a pace of their own."""

from huying.simulate.bench.load.following import APART
from huying.site import wiring


def test_the_benchmark_and_the_worker_agree_who_follows_apart() -> None:
    assert APART == wiring.APART
    assert wiring.IN_TURN.keys() | wiring.TELLING | APART == wiring.REACTIONS.keys()
    assert wiring.BESIDE.keys() >= APART
