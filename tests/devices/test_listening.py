"""The line to a real broker: what came is acknowledged when it is kept, and comes again when it was not."""

import threading
import time
from collections.abc import Sequence
from uuid import uuid4

import pytest
from paho.mqtt.client import MQTTMessage

from huying.devices.channels.listening import Broker, Listener
from huying.devices.channels.putting import topic_of
from huying.devices.channels.trying import Keep
from huying.devices.channels.waiting import Arrived
from tests.devices.broker import URL, needed, say, session, speaking
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, needed]


class Heard:
    """Keeps what it is given, or fails while it is told to."""

    def __init__(self) -> None:
        self.payloads: list[bytes] = []
        self.tries = 0
        self.failing = False

    def __call__(self, batch: Sequence[Arrived]) -> None:
        self.tries += 1
        if self.failing:
            raise RuntimeError("the database")
        self.payloads += [one.payload for one in batch]


class Running:
    """A listener in a thread, at the broker of this machine or at ``broker``."""

    def __init__(
        self, name: str, topic: str, keep: Keep, broker: Broker | None = None, within: float = 10
    ) -> None:
        self.listener = Listener(broker or Broker(URL, name, [topic]), keep)
        self.thread = threading.Thread(target=self.listener.run, daemon=True)
        self.within = within

    def __enter__(self) -> "Running":
        self.thread.start()
        try:
            until(lambda: self.listener.listening, self.within)
        except AssertionError:
            self.__exit__()
            raise
        time.sleep(0.3)
        return self

    def __exit__(self, *_: object) -> None:
        self.listener.stopping.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


def test_what_is_said_while_nobody_listens_comes_later_in_order() -> None:
    topic, keep = f"test/{uuid4().hex}/x", Heard()
    with session(f"t{uuid4().hex[:12]}") as name, speaking() as device:
        with Running(name, topic, keep):
            say(device, topic, b"0")
            until(lambda: keep.payloads == [b"0"], 10)
        for number in range(1, 40):
            say(device, topic, str(number).encode())
        assert keep.payloads == [b"0"]
        with Running(name, topic, keep):
            until(lambda: len(keep.payloads) >= 40, 20)
            assert keep.payloads == [str(number).encode() for number in range(40)]


def test_what_could_not_be_kept_is_tried_again_and_after_the_end_sent_again() -> None:
    topic, keep = f"test/{uuid4().hex}/x", Heard()
    keep.failing = True
    with session(f"t{uuid4().hex[:12]}") as name, speaking() as device:
        with Running(name, topic, keep):
            say(device, topic, b"a")
            until(lambda: keep.tries >= 2, 10)
        keep.failing = False
        with Running(name, topic, keep):
            until(lambda: keep.payloads == [b"a"], 10)
            time.sleep(0.5)
        with Running(name, topic, keep):
            time.sleep(0.5)
        assert keep.payloads == [b"a"]


def test_a_topic_names_district_and_device() -> None:
    assert topic_of("huying/440310/SOS-1") == (440310, "SOS-1")
    assert topic_of("city/huying/440310/SOS-1") == (440310, "SOS-1")
    for wrong in ("440310", "huying/44031/SOS-1", "huying/440310/", "huying/四四零三一零/SOS-1"):
        assert topic_of(wrong) is None


def test_a_topic_that_is_no_text_ends_no_hearing() -> None:
    listener = Listener(Broker(URL, "nobody", ["x"]), Heard())
    for topic in (b"huying/990101/\xff", b"huying/990101/WL-1"):
        listener._came(listener._client, None, MQTTMessage(1, topic))
    found = [one.topic for one in (listener._waiting.take(1), listener._waiting.take(1)) if one]
    assert found == ["", "huying/990101/WL-1"]
    assert topic_of(found[0]) is None


def test_what_the_broker_retained_is_known_by_it_and_what_is_said_now_is_not() -> None:
    topic, came = f"test/{uuid4().hex}/x", list[tuple[bytes, bool]]()

    def keep(batch: Sequence[Arrived]) -> None:
        came.extend((one.payload, one.retain) for one in batch)

    with session(f"t{uuid4().hex[:12]}") as name, speaking() as device:
        device.publish(topic, b"old", qos=1, retain=True).wait_for_publish(20)
        try:
            with Running(name, topic, keep):
                until(lambda: came == [(b"old", True)], 10)
                device.publish(topic, b"new", qos=1, retain=True).wait_for_publish(20)
                until(lambda: came[1:] == [(b"new", False)], 10)
        finally:
            device.publish(topic, b"", qos=1, retain=True).wait_for_publish(20)


def test_one_that_cannot_be_kept_holds_up_no_other_and_comes_again_on_the_next_line() -> None:
    topic, keep = f"test/{uuid4().hex}/x", Refusing()
    with session(f"t{uuid4().hex[:12]}") as name, speaking() as device:
        with Running(name, topic, keep):
            say(device, topic, b"bad")
            until(lambda: keep.tries >= 1, 10)
            say(device, topic, b"sos")
            until(lambda: keep.payloads == [b"sos"], 20)
        keep.refused = b""
        with Running(name, topic, keep):
            until(lambda: keep.payloads == [b"sos", b"bad"], 10)


class Refusing(Heard):
    """Fails at one payload each time."""

    refused = b"bad"

    def __call__(self, batch: Sequence[Arrived]) -> None:
        self.failing = any(one.payload == self.refused for one in batch)
        super().__call__(batch)
