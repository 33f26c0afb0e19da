"""What a broker refuses is not said to be listened to."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from huying.devices.channels.listening import Broker
from tests.devices.test_listening import Heard, Running
from tests.site.embedded.waiting import until

pytestmark = pytest.mark.server
REFUSED = 0x80


@contextmanager
def broker(*codes: int) -> Iterator[str]:
    """A broker that answers the first subscription with these codes, and is silent from then on."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _ = door.accept()
            with line:
                line.recv(1024)
                line.sendall(b"\x20\x02\x00\x00")
                asked = line.recv(1024)
                line.sendall(bytes([0x90, 2 + len(codes)]) + asked[2:4] + bytes(codes))
                over.wait(30)

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        yield f"mqtt://127.0.0.1:{door.getsockname()[1]}"
        over.set()
        serving.join(10)


def test_a_refused_topic_is_told_and_nobody_says_that_it_is_heard(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with (
        broker(REFUSED) as url,
        pytest.raises(AssertionError, match="not within"),
        Running("x", "", Heard(), Broker(url, "x", ["huying/+/+"]), 2),
    ):
        pass
    assert "refuses to let us listen to huying/+/+" in caplog.text
    assert "listening to huying" not in caplog.text


def test_of_two_topics_the_granted_one_is_listened_to(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with broker(REFUSED, 1) as url, Running("x", "", Heard(), Broker(url, "x", ["a/#", "b/#"])):
        until(lambda: "listening to b/#" in caplog.text, 5)
    assert "refuses to let us listen to a/#" in caplog.text
