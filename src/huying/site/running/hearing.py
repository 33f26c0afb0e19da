"""Hearing devices: of the processes of one machine one has the ears, the others are loaded and stand by.

A start takes seconds, and a press of a button must not wait for them. So the next one is there already: the system drops
a lock however its holder ends, and who waits for it listens a moment later.
"""

import hashlib
import logging
import socket
import threading
from collections.abc import Mapping
from typing import Final, Protocol

from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.urls import get_resolver

from huying.devices.actions import sign_of_life
from huying.devices.channels.hj212.serving import Stations
from huying.devices.channels.hj212.taking import take, tell
from huying.devices.channels.listening import Broker, Listener
from huying.devices.channels.putting import put_away
from huying.devices.queries.ears import EVERY
from huying.kernel.clock import now as present
from huying.places.queries import districts
from huying.site.configuration import environment
from huying.site.embedded import locks
from huying.site.running.garbage import look_for_garbage_seldom

_log = logging.getLogger(__name__)
#: Seconds between two looks whether the one before has ended.
_LOOK: Final = 0.05
#: Seconds until the first sign of life: a line that is about to stand is not called deaf.
_BEGINS: Final = 3.0


class Ear(Protocol):
    """Hears until it is told to stop. ``listening``: now; ``why``: what keeps it from that."""

    @property
    def listening(self) -> bool: ...
    @property
    def why(self) -> str: ...
    def run(self) -> None: ...


def is_wanted() -> bool:
    """Whether a broker or a port is named."""
    return bool(settings.HUYING_MQTT_URL or settings.HUYING_HJ212)


def hear(stopping: threading.Event) -> int:
    """Stand by until no other process of this machine hears, then hear; 0 when told to stop, 1 when an ear failed."""
    _load()
    if _turn(stopping) is None:
        return 0
    failed: list[str] = []
    ears = _ears(stopping)
    threads = [
        threading.Thread(target=_whole, args=(name, ear, stopping, failed), name=name)
        for name, ear in ears.items()
    ]
    threads.append(threading.Thread(target=_tell, args=(ears, stopping), name="signs of life"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 1 if failed else 0


def _ears(stopping: threading.Event) -> dict[str, Ear]:
    found: dict[str, Ear] = {}
    if settings.HUYING_MQTT_URL:
        broker = Broker(
            settings.HUYING_MQTT_URL, settings.HUYING_MQTT_CLIENT, settings.HUYING_MQTT_TOPICS, settings.HUYING_MQTT_CA
        )  # fmt: skip
        found["mqtt"] = Listener(broker, put_away, stopping)
    if settings.HUYING_HJ212:
        host, port = settings.HUYING_HJ212
        found["hj212"] = Stations(host, port, take, tell, stopping)
    return found


def _whole(name: str, ear: Ear, stopping: threading.Event, failed: list[str]) -> None:
    """Run an ear to its end. One that fails ends the process: whoever keeps it running starts it anew."""
    try:
        ear.run()
    except Exception as why:
        _log.exception("%s is heard no more", name)
        failed.append(name)
        _sign(name, hears=False, why=str(why))
    finally:
        stopping.set()


def _tell(ears: Mapping[str, Ear], stopping: threading.Event) -> None:
    """Give a sign of life of each ear every few seconds; what keeps one from hearing goes with it."""
    wait = _BEGINS
    while not stopping.wait(wait):
        for door, ear in ears.items():
            _sign(door, hears=ear.listening, why=ear.why)
        wait = EVERY


def _sign(door: str, *, hears: bool, why: str) -> None:
    close_old_connections()
    try:
        sign_of_life(f"{door} {socket.gethostname()}", door, present(), hears, why)
    except Error as refused:
        _log.warning("no sign of life could be given: %s", refused)
        connection.close()


def _load() -> None:
    """All that the first press would wait for: the addresses of the site, a line to the database, the districts."""
    _ = get_resolver().reverse_dict
    # A database that is away is waited for when there is something to keep.
    try:
        districts()
    except Exception as why:
        _log.warning("the database does not answer yet: %s", why)
        connection.close()
    look_for_garbage_seldom()


def _turn(stopping: threading.Event) -> int | None:
    """The lock of this machine's ears, until this process ends; None when told to stop before.

    Two of one client's name would throw each other off the broker for ever, and one port has one listener.
    """
    named = f"{settings.HUYING_MQTT_CLIENT} {settings.HUYING_HJ212}"
    folder = environment.data_dir()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ears-{hashlib.sha256(named.encode()).hexdigest()[:16]}.lock"
    told = False
    while not stopping.is_set():
        held = locks.try_exclusive(path)
        if held is not None:
            return held
        if not told:
            _log.info("another process hears devices; standing by")
            told = True
        stopping.wait(_LOOK)
    return None
