"""A model server that is away, slow, says no, says rubbish or never ends: the desk waits a little and goes on."""

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from huying.kernel.errors import Unavailable
from huying.loop.allocate.channels import model_server as module
from huying.loop.allocate.channels.model_server import ModelServer
from tests.notices.gateway import Gateway, http_gateway

ASKED = [{"role": "user", "content": "路灯"}]
GOOD = json.dumps({"choices": [{"message": {"content": "好"}}]}).encode()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with http_gateway() as found:
        found.answers = [(200, GOOD, 0.0)]
        yield found


def test_it_is_asked_in_the_common_form(gateway: Gateway) -> None:
    assert ModelServer(f"{gateway.url}/v1/", "qwen", "k-1").answer(ASKED) == "好"
    _method, path, headers, body = gateway.asked[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer k-1"
    said = json.loads(body)
    assert (said["model"], said["messages"], said["temperature"]) == ("qwen", ASKED, 0)


@pytest.mark.parametrize(
    "body", [b"", b"rubbish", b"[]", b'{"choices": []}', b'{"choices": [{"message": {}}]}']
)
def test_rubbish_is_no_answer(gateway: Gateway, body: bytes) -> None:
    gateway.answers = [(200, body, 0.0)]
    with pytest.raises(Unavailable):
        ModelServer(gateway.url, "m").answer(ASKED)


@pytest.mark.parametrize("status", [302, 401, 429, 500])
def test_a_refusal_or_a_way_elsewhere_is_no_answer(gateway: Gateway, status: int) -> None:
    gateway.answers = [(status, GOOD, 0.0)]
    with pytest.raises(Unavailable):
        ModelServer(gateway.url, "m").answer(ASKED)


def test_an_answer_without_end_is_cut_off(gateway: Gateway) -> None:
    gateway.answers = [(200, b"x" * 200_000, 0.0)]
    with pytest.raises(Unavailable, match="太长或太慢"):
        ModelServer(gateway.url, "m").answer(ASKED)


def test_whoever_answers_in_drops_is_cut_off(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WHOLE_SECONDS", -1.0)
    with pytest.raises(Unavailable, match="太长或太慢"):
        ModelServer(gateway.url, "m").answer(ASKED)


def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(Unavailable, match="没有回应"):
        ModelServer("http://127.0.0.1:9", "m").answer(ASKED)


def test_after_three_failures_it_is_left_alone_for_a_minute(gateway: Gateway, monkeypatch: Any) -> None:
    server = ModelServer(gateway.url, "m")
    gateway.answers = [(500, b"", 0.0)]
    for _again in range(5):
        with pytest.raises(Unavailable):
            server.answer(ASKED)
    assert len(gateway.asked) == 3
    gateway.answers = [(200, GOOD, 0.0)]
    monkeypatch.setattr(module, "_REST_SECONDS", 0.0)
    server._resting_until -= 61
    assert server.answer(ASKED) == "好"


def test_a_third_question_at_once_does_not_wait(gateway: Gateway) -> None:
    gateway.answers = [(200, GOOD, 1.5)]
    server = ModelServer(gateway.url, "m")
    busy = [threading.Thread(target=server.answer, args=(ASKED,)) for _ in range(2)]
    for one in busy:
        one.start()
    while len(gateway.asked) < 2:
        time.sleep(0.01)
    with pytest.raises(Unavailable, match="正忙"):
        server.answer(ASKED)
    for one in busy:
        one.join()
