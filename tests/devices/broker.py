"""The broker on this machine, where one answers, and a device that speaks through it."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

HOST: Final = "127.0.0.1"
PORT: Final = 1883
URL: Final = f"mqtt://{HOST}:{PORT}"


def answers() -> bool:
    """Whether a broker takes connections here."""
    try:
        socket.create_connection((HOST, PORT), 1).close()
    except OSError:
        return False
    return True


needed = pytest.mark.skipif(not answers(), reason=f"no MQTT broker answers on {HOST}:{PORT}")


@contextmanager
def speaking() -> Iterator[Client]:
    """A client that publishes."""
    client = Client(CallbackAPIVersion.VERSION2)
    connected = threading.Event()
    client.on_connect = lambda *_: connected.set()
    client.max_inflight_messages_set(1000)
    client.connect(HOST, PORT)
    client.loop_start()
    assert connected.wait(10)
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def say(client: Client, topic: str, told: Any) -> None:
    """One message, handed to the broker when this returns."""
    raw = told if isinstance(told, bytes) else json.dumps(told).encode()
    client.publish(topic, raw, qos=1).wait_for_publish(20)


@contextmanager
def session(name: str) -> Iterator[str]:
    """A client name of a test's own; what the broker keeps for it is taken away afterwards."""
    try:
        yield name
    finally:
        gone = Client(CallbackAPIVersion.VERSION2, client_id=name, clean_session=True)
        gone.connect(HOST, PORT)
        gone.loop_start()
        gone.disconnect()
        gone.loop_stop()
