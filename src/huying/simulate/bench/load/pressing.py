"""Devices that speak, in a process of their own: readings at a rate, and a press of a button now and then."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

_BURST: Final = 0.02
_ENDS_WITHIN: Final = 120.0


@dataclass(frozen=True, slots=True)
class Speaking:
    """To which broker, below which topic: levels at ``rate`` a second, and a button each ``every`` seconds."""

    url: str
    topic: str
    levels: int
    buttons: list[str]
    rate: int
    every: float
    seconds: float


@dataclass(slots=True)
class Pressed:
    """How many readings the broker took, and when (seconds since 1970) each button was pressed."""

    sent: int = 0
    at: dict[str, float] = field(default_factory=dict)


@contextmanager
def speaking(how: Speaking) -> Iterator[Callable[[], Pressed]]:
    """Speak beside the block; what is given waits for the end and tells what was said."""
    context = get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, how), daemon=True)
    process.start()
    theirs.close()
    try:
        yield mine.recv
    finally:
        process.join(_ENDS_WITHIN)
        if process.is_alive():
            process.kill()


def _work(pipe: Any, how: Speaking) -> None:
    pipe.send(_speak(how))


def _speak(how: Speaking) -> Pressed:
    client, told = _connected(how.url), Pressed()
    taken = [0]
    client.on_publish = lambda *_: taken.__setitem__(0, taken[0] + 1)
    began = time.time()
    while (passed := time.time() - began) < how.seconds:
        due = int(passed * how.rate)
        while told.sent < due:
            number = told.sent % how.levels
            _say(client, f"{how.topic}/BENCH-{number}", {"values": {"level": told.sent % 97 / 10}})
            told.sent += 1
        pressed = len(told.at)
        if pressed < len(how.buttons) and passed >= pressed * how.every:
            code = how.buttons[pressed]
            told.at[code] = time.time()
            _say(client, f"{how.topic}/{code}", {"alarm": "sos"})
        time.sleep(_BURST)
    # What the broker has not taken yet is on its way still.
    deadline = time.monotonic() + _ENDS_WITHIN
    while taken[0] < told.sent + len(told.at):
        if time.monotonic() > deadline:
            raise RuntimeError("the broker does not take what devices say")
        time.sleep(0.05)
    client.disconnect()
    client.loop_stop()
    return told


def _say(client: Client, topic: str, told: dict[str, Any]) -> None:
    client.publish(topic, json.dumps({"at": datetime.now(UTC).isoformat()} | told), qos=1)


def _connected(url: str) -> Client:
    found = urlsplit(url)
    client = Client(CallbackAPIVersion.VERSION2)
    client.max_inflight_messages_set(2000)
    client.max_queued_messages_set(0)
    if found.username:
        client.username_pw_set(unquote(found.username), unquote(found.password or ""))
    if found.scheme == "mqtts":
        client.tls_set()
    connected = threading.Event()
    client.on_connect = lambda *_: connected.set()
    client.connect(found.hostname or "", found.port or (8883 if found.scheme == "mqtts" else 1883))
    client.loop_start()
    if not connected.wait(10):
        raise RuntimeError("the broker does not answer")
    return client
