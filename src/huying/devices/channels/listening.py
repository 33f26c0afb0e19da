"""Hearing devices through an MQTT broker: what came in is acknowledged only when it is kept.

Quality of service 1 and a session the broker keeps: what was not acknowledged when this process or its line ended is
sent again, and what is sent twice is kept once. A message's packet number means something within one connection only,
so what was still waiting when a line ended is dropped here and comes again from the broker.
"""

import logging
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from huying.devices.channels.trying import Keep, Trying
from huying.devices.channels.waiting import Arrived, Waiting
from huying.kernel.clock import now as present

_log = logging.getLogger(__name__)
_QOS: Final = 1
_KEEPALIVE: Final = 30
#: How much is kept in one transaction, and how long (seconds) is waited for more after the first.
MOST: Final = 500
_GATHER: Final = 0.02
_LONGEST_WAIT: Final = 30.0
_PORTS: Final = {"mqtt": 1883, "mqtts": 8883}


@dataclass(frozen=True, slots=True)
class Broker:
    """Where it is and as whom it is asked. ``ca``: a file, "": what the system trusts."""

    url: str
    client: str
    topics: Sequence[str]
    ca: str = ""


@dataclass(slots=True)
class Listener:
    """Listens until told to stop; ``listening``: the line stands, and the broker granted a topic; ``why`` it does not.

    ``keep`` puts a batch away for good, or raises: then it is tried again, and in the end message by message.
    """

    broker: Broker
    keep: Keep
    stopping: threading.Event = field(default_factory=threading.Event)
    listening: bool = field(default=False, init=False)
    why: str = field(default="", init=False)
    _waiting: Waiting = field(default_factory=Waiting)
    _held: threading.Lock = field(default_factory=threading.Lock)
    _line: int = 0
    _client: Client = field(init=False)
    _trying: Trying = field(init=False)

    def __post_init__(self) -> None:
        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self.broker.client,
            clean_session=False,
            protocol=MQTTProtocolVersion.MQTTv311,
            manual_ack=True,
        )
        found = urlsplit(self.broker.url)
        if found.username:
            client.username_pw_set(unquote(found.username), unquote(found.password or ""))
        if found.scheme == "mqtts":
            client.tls_set(ca_certs=self.broker.ca or None, cert_reqs=ssl.CERT_REQUIRED)
        client.reconnect_delay_set(1, int(_LONGEST_WAIT))
        client.on_connect, client.on_subscribe = self._connected, self._subscribed
        client.on_message, client.on_disconnect = self._came, self._ended
        self._client = client
        self._trying = Trying(self.keep, self._acknowledge, lambda: self._waiting.take(0), self.stopping)

    def run(self) -> None:
        """Listen until ``stopping`` is set; a broker that is away is waited for."""
        found = urlsplit(self.broker.url)
        self._client.connect_async(found.hostname or "", found.port or _PORTS[found.scheme], _KEEPALIVE)
        self._client.loop_start()
        try:
            while not self.stopping.is_set():
                self._trying.put_away(self._gathered())
                self._trying.again(self._line)
        finally:
            self._client.disconnect()
            self._client.loop_stop()

    def _gathered(self) -> list[Arrived]:
        """What waits, up to a batch; a short while is waited for more, so that many messages share a transaction."""
        found: list[Arrived] = []
        one = self._waiting.take(0.5)
        until = time.monotonic() + _GATHER
        while one is not None:
            found.append(one)
            one = self._waiting.take(max(0.0, until - time.monotonic())) if len(found) < MOST else None
        with self._held:
            return [one for one in found if one.line == self._line]

    def _acknowledge(self, batch: Sequence[Arrived]) -> None:
        with self._held:
            for one in batch:
                if one.line == self._line and one.qos:
                    self._client.ack(one.mid, one.qos)

    def _connected(self, client: Client, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        if reason.is_failure:
            _log.warning("the broker refuses: %s", reason)
            self.why = str(reason)
            return
        with self._held:
            self._line += 1
        client.subscribe([(topic, _QOS) for topic in self.broker.topics])

    def _subscribed(self, _client: Client, _data: Any, _mid: int, reasons: Sequence[Any], _more: Any) -> None:
        granted = []
        for topic, reason in zip(self.broker.topics, reasons, strict=False):
            if reason.is_failure:
                _log.warning("the broker refuses to let us listen to %s: %s", topic, reason)
                self.why = f"{topic}: {reason}"
            else:
                granted.append(topic)
        self.listening = bool(granted)
        self.why = "" if len(granted) == len(reasons) else self.why
        if granted:
            _log.info("listening to %s", ", ".join(granted))

    def _ended(self, _client: Client, _data: Any, _flags: Any, reason: Any, _more: Any) -> None:
        self.listening = False
        with self._held:
            self._line += 1
        if not self.stopping.is_set():
            _log.warning("the line to the broker ended: %s", reason)
            self.why = str(reason)

    def _came(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        topic, payload = _topic_of(message), bytes(message.payload)
        one = Arrived(topic, payload, message.mid, message.qos, self._line, present(), message.retain)
        self._waiting.put(one)


def _topic_of(message: MQTTMessage) -> str:
    """ "" for one that is no text: a fault here would end the thread that hears, and nothing more would be heard."""
    try:
        return message.topic
    except UnicodeDecodeError:
        return ""
