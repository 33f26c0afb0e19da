"""The city's platform as a system of the demonstration: set up with its mapping, off until somebody plays it."""

from datetime import datetime
from typing import Final

from huying.access.actor import system
from huying.exchange.actions.peers import PeerForm, create_peer, put_map
from huying.exchange.rules.kinds import Connecting
from huying.simulate.city import PORT, dialect

CODE: Final = "city12345"


def set_up_city(district: int, now: datetime) -> None:
    """Its address is that of ``huying stand-in city`` on this machine."""
    by = system(district)
    form = PeerForm(
        code=CODE, name="市12345（替身）", connector=Connecting.REST_PULL,
        settings=dialect.settings(f"http://127.0.0.1:{PORT}"), secret=dialect.SECRET,
    )  # fmt: skip
    create_peer(by, form, now)
    put_map(by, CODE, dialect.the_map(), "替身的对应表，试验台上可以试", now)
