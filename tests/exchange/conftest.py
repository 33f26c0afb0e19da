"""A district, and a city's stand-in answering in a thread of this process."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from huying.access.actor import system
from huying.cases.models import Entry
from huying.cases.queries.proofs.chain import link_of
from huying.cases.queries.settings.timing import forget_timing
from huying.exchange.actions.following import tell_peers
from huying.exchange.actions.peers import PeerForm, create_peer, put_map, switch
from huying.exchange.queries import held
from huying.exchange.queries.held import OpenPeer, open_peer
from huying.exchange.rules.kinds import Connecting
from huying.exchange.tasks.connecting import let_go
from huying.simulate.city import dialect
from huying.simulate.city.holding import Holding
from huying.simulate.city.moods import Moods
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, MONDAY, Cast, gather


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    forget_timing()
    held.forget(DISTRICT)
    yield gather()
    held.forget(DISTRICT)
    let_go()


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """A well-behaved stand-in; ``city.moods.set`` makes it another one."""
    made = City(0, Holding(tmp_path / "city"), Moods())
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def address(city: City) -> str:
    return f"http://127.0.0.1:{city.server_address[1]}"


def set_up(
    connector: Connecting, settings: dict[str, Any], map: dict[str, Any] | None = None, **form: Any
) -> OpenPeer:
    """The city as a system of the district, switched on."""
    by = system(DISTRICT, "高敏")
    create_peer(
        by,
        PeerForm(
            code="city", name="市12345", connector=connector, settings=settings, secret=dialect.SECRET, **form
        ),
        MONDAY,
    )
    put_map(by, "city", map or dialect.the_map(), "初版", MONDAY)
    switch(by, "city", True, "联调通过", MONDAY)
    peer = open_peer(DISTRICT, "city")
    assert peer is not None
    return peer


@pytest.fixture
def peer(cast: Cast, city: City) -> OpenPeer:
    return set_up(Connecting.REST_PULL, dialect.settings(address(city)))


@pytest.fixture
def orders() -> Callable[..., list[dict[str, Any]]]:
    """So many orders of the city, numbered from ``first``."""

    def made(count: int, first: int = 1) -> list[dict[str, Any]]:
        chance = Random(first)
        return [dialect.order(f"SZ{number:06d}", chance, MONDAY) for number in range(first, first + count)]

    return made


def follow(now: Any = MONDAY, entries: Sequence[Entry] | None = None) -> None:
    """Everything in the ledger told to the exchange, as the worker would."""
    rows = entries if entries is not None else list(Entry.objects.order_by("case_id", "seq"))
    tell_peers(DISTRICT, [link_of(row) for row in rows], now)
