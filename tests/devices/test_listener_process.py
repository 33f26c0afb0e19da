"""The process that listens beside the worker: only where a broker is named, one at a time, started again later."""

from datetime import timedelta
from typing import Any

import pytest

from huying.site.running import device_listeners
from huying.site.running.device_listeners import DeviceListeners
from tests.cast import MONDAY


class Process:
    """What was started; it runs until it is ended."""

    def __init__(self) -> None:
        self.code: int | None = None

    def poll(self) -> int | None:
        return self.code


@pytest.fixture
def started(monkeypatch: Any) -> list[Process]:
    found: list[Process] = []

    def start(*_: Any, **__: Any) -> Process:
        found.append(Process())
        return found[-1]

    monkeypatch.setattr(device_listeners.subprocess, "Popen", start)
    return found


def test_without_a_broker_nothing_is_started(started: list[Process], settings: Any) -> None:
    settings.HUYING_MQTT_URL = ""
    DeviceListeners().look(MONDAY)
    assert started == []


def test_one_runs_and_one_that_ended_starts_again_after_a_while(
    started: list[Process], settings: Any
) -> None:
    settings.HUYING_MQTT_URL = "mqtt://127.0.0.1"
    duty = DeviceListeners()
    for seconds in range(3):
        duty.look(MONDAY + timedelta(seconds=seconds))
    assert len(started) == 1
    started[0].code = 1
    duty.look(MONDAY + timedelta(seconds=5))
    assert len(started) == 1
    duty.look(MONDAY + timedelta(seconds=11))
    assert len(started) == 2
