"""With a broker and a database of its own: a listener killed before it commits loses nothing and doubles nothing."""

import subprocess
import sys
from datetime import timedelta
from uuid import uuid4

import pytest

from huying.kernel.clock import now
from tests.cast import DISTRICT
from tests.devices.broker import URL, needed, say, session, speaking
from tests.journeys.instance import ROOT, Instance, folder
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow, needed]
_DEVICES = 20
_EACH = 15


class Listening:
    """The platform's listener in a process of its own; ``dies`` in its so-manieth batch."""

    def __init__(self, instance: Instance, dies: int = 0) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.devices.inside", "listen", str(dies)], env=instance.environment, cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def ended(self) -> bool:
        return self.process.poll() is not None

    def end(self) -> None:
        self.process.terminate()
        assert self.process.wait(30) == 0


def test_killed_between_receipt_and_commit_nothing_is_lost_or_doubled() -> None:
    with folder() as made, session(f"t{uuid4().hex[:12]}") as name, speaking() as device:
        instance = Instance(made / "data")
        root = f"test-{uuid4().hex[:8]}"
        instance.environment |= {
            "HUYING_MQTT_URL": URL, "HUYING_MQTT_CLIENT": name, "HUYING_MQTT_TOPICS": f"{root}/+/+",
        }  # fmt: skip
        instance.huying("migrate")
        instance.run("tests.devices.inside", "prepare", str(_DEVICES))
        first = Listening(instance, 1)
        began = now() - timedelta(hours=1)
        # The broker keeps for a session that has subscribed once.
        until(lambda: _known(device, root, first), 60)
        for number in range(_EACH):
            for one in range(_DEVICES):
                at = (began + timedelta(seconds=number)).isoformat()
                say(device, f"{root}/{DISTRICT}/WL-{one}", {"at": at, "values": {"level": number}})
        say(device, f"{root}/{DISTRICT}/SOS-1", {"at": now().isoformat(), "alarm": "sos"})
        second = Listening(instance, 2)
        until(second.ended, 60)
        third = Listening(instance)
        until(lambda: instance.run("tests.devices.inside", "told")["readings"] >= _DEVICES * _EACH + 1, 90)
        until(lambda: instance.run("tests.devices.inside", "told")["alarms"] >= 1, 60)
        third.end()
        found = instance.run("tests.devices.inside", "told")
        assert found == {
            "readings": _DEVICES * _EACH + 1, "alarms": 1, "counted": _DEVICES * _EACH + 1, "cards": 1, "again": 0,
            "misread": 0,
        }  # fmt: skip


def _known(device: object, root: str, first: Listening) -> bool:
    """Speak until the listener took something and died of it: from then on its session is the broker's to keep."""
    say(device, f"{root}/{DISTRICT}/WL-0", {"at": _FIRST, "values": {"level": 99}})  # type: ignore[arg-type]
    return first.ended()


_FIRST = (now() - timedelta(hours=2)).isoformat()
