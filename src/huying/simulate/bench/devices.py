"""Devices: how long from a press of a button to its street's screen, among two thousand readings a second.

The platform runs as always and is killed twice on the way: its worker, and whichever process hears devices then.
"""

import os
import re
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.db import connection

from huying.access.actor import system
from huying.devices.actions import make
from huying.devices.models import Reading
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.emergency.models import Emergency
from huying.kernel.errors import Unavailable
from huying.people.models import Account, Post
from huying.places.queries import Level, areas, districts
from huying.simulate.bench.figures import Figure, percentile
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.processes import Running, served
from huying.simulate.bench.intake import Plan
from huying.simulate.bench.load.pressing import Pressed, Speaking, speaking
from huying.simulate.bench.load.screening import Screen
from huying.simulate.bench.pages import signed_in

RATE: Final = 2000
LEVELS: Final = 500
#: Seconds between two presses.
EVERY: Final = 2.0
_STREET: Final = "jiedao"
_SETTLE: Final = 20.0
_KEPT_WITHIN: Final = 300.0


def devices(plan: Plan, password: str) -> list[Figure]:
    """Readings and presses for ``plan.seconds``; raises Unavailable where no broker is named."""
    if not settings.HUYING_MQTT_URL:
        raise Unavailable(
            "请用 HUYING_MQTT_URL 写明 MQTT 服务器；max_inflight_messages 须调大，见 docs/devices.md。"
        )
    client, root = f"bench-{uuid4().hex[:8]}", f"bench-{uuid4().hex[:8]}"
    with scratch.using(plan.database):
        district = districts()[0].code
        presses = int(plan.seconds / EVERY)
        buttons = _stand(district, presses, plan)
        also = {"HUYING_MQTT_CLIENT": client, "HUYING_MQTT_TOPICS": f"{root}/+/+"}
        with served(plan.database, plan.log, worker=True, also=also) as running:
            cookie = signed_in(running.port, _STREET, password)
            with Screen(running.port, cookie) as screen:
                time.sleep(_SETTLE)
                said = Speaking(
                    settings.HUYING_MQTT_URL, f"{root}/{district}", LEVELS, buttons, RATE, EVERY, plan.seconds
                )
                with speaking(said) as told:
                    for _ in range(2):
                        time.sleep(plan.seconds / 3)
                        _kill(running)
                    pressed = told()
                kept = _kept(pressed.sent)
                time.sleep(2)
                shown = screen.shown()
            took = _took(pressed, shown)
    return [
        Figure("设备：按下到街道屏幕 p50", percentile(took, 0.5), "秒",
               note=f"{len(pressed.at)} 次按下，每秒 {pressed.sent / plan.seconds:.0f} 条读数，{plan.seconds} 秒，"
               "两次杀掉后台和正在接收的进程"),
        Figure("设备：… p95", percentile(took, 0.95), "秒"),
        Figure("设备：… p99", percentile(took, 0.99), "秒", 1.0),
        Figure("设备：… 最慢", max(took, default=0.0), "秒"),
        Figure("设备：没有到屏幕的按下", len(pressed.at) - len(took), "次", 0),
        Figure("设备：丢失的读数", pressed.sent - kept, "条", 0, note=f"共发 {pressed.sent} 条"),
    ]  # fmt: skip


def _stand(district: int, buttons: int, plan: Plan) -> list[str]:
    """Levels anywhere and a button for each press in the street whose screen is watched."""
    account = Account.objects.get(district=district, login=_STREET)
    street = Post.objects.filter(account_id=account.id).values_list("area", flat=True)[0]
    spots = [
        (one.lon, one.lat)
        for one in areas(district, Level.GRID)
        if one.code.startswith(street) and one.lon and one.lat
    ]
    by = system(district)
    for number in range(LEVELS):
        lon, lat = spots[number % len(spots)]
        new = NewDevice(code=f"BENCH-{number}", kind=DeviceKind.WATER_LEVEL, name="水位", lon=lon, lat=lat)
        make(by, new, plan.now)
    for number in range(buttons):
        lon, lat = spots[number % len(spots)]
        make(
            by, NewDevice(code=f"SOS-{number}", kind=DeviceKind.SOS, name="按钮", lon=lon, lat=lat), plan.now
        )
    return [f"SOS-{number}" for number in range(buttons)]


def _kill(running: Running) -> None:
    """The worker, and whoever hears: no goodbye to anybody."""
    holders = _holders()
    for pid, words in running.processes().items():
        if words[-1:] == ["work"] or (words[-1:] == ["listen"] and pid in holders):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _holders() -> set[int]:
    """The processes that hold a lock on a file."""
    with suppress(OSError):
        told = Path("/proc/locks").read_text(encoding="ascii")
        return {int(pid) for pid in re.findall(r"FLOCK\s+ADVISORY\s+WRITE\s+(\d+)", told)}
    return set()


def _kept(sent: int) -> int:
    """How many readings of levels are kept, when all are or no more come."""
    deadline, count = time.monotonic() + _KEPT_WITHIN, 0
    while time.monotonic() < deadline:
        count = Reading.objects.exclude(factor__startswith="alarm:").count()
        if count >= sent:
            break
        time.sleep(1)
    return count


def _took(pressed: Pressed, shown: dict[int, float]) -> Sequence[float]:
    """Seconds from each press to the moment at which the screen had drawn its card."""
    connection.close()
    cards = dict(Emergency.objects.filter(device__in=pressed.at).values_list("device", "id"))
    return [
        shown[cards[code]] - at for code, at in pressed.at.items() if code in cards and cards[code] in shown
    ]
