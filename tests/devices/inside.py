"""``python -m tests.devices.inside ACT …``: what the test with a broker does inside its instance; prints JSON."""

import json
import os
import sys
import threading
from typing import Any

import django


def prepare(codes: str) -> dict[str, Any]:
    """The district with so many water levels and one button."""
    from huying.access.actor import system
    from huying.catalogue.actions import load_starter
    from huying.devices.actions import make
    from huying.devices.rules.kinds import DeviceKind
    from huying.devices.rules.registering import NewDevice
    from huying.kernel.clock import now
    from tests.cast import DISTRICT, gather
    from tests.devices.conftest import SPOT
    from tests.teams.conftest import draw

    cast, by = gather(), system(DISTRICT)
    load_starter(by, DISTRICT, now())
    draw(cast)
    for number in range(int(codes)):
        make(
            by,
            NewDevice(
                code=f"WL-{number}", kind=DeviceKind.WATER_LEVEL, name="水位计", lon=SPOT[0], lat=SPOT[1]
            ),
            now(),
        )
    make(by, NewDevice(code="SOS-1", kind=DeviceKind.SOS, name="一键求助", lon=SPOT[0], lat=SPOT[1]), now())
    return {"district": DISTRICT}


def station(code: str, password: str) -> dict[str, Any]:
    """A station of HJ 212."""
    from huying.access.actor import system
    from huying.devices.actions import make, set_station_password
    from huying.devices.rules.kinds import DeviceKind
    from huying.devices.rules.registering import NewDevice
    from huying.kernel.clock import now
    from tests.cast import DISTRICT
    from tests.devices.conftest import SPOT

    new = NewDevice(code=code, kind=DeviceKind.WATER_QUALITY, name="断面", lon=SPOT[0], lat=SPOT[1])
    number = make(system(DISTRICT), new, now())
    set_station_password(system(DISTRICT), number, password, now())
    return {"station": number}


def listen(dies: str) -> dict[str, Any]:
    """Listen as the platform does; killed (no goodbye to anybody) in its ``dies``-th batch, after all was written and
    before it is committed. 0: never."""
    from django.db import transaction

    from huying.devices.channels import putting
    from huying.kernel.ending import end_when_told
    from huying.site.running.hearing import hear

    kept, batches = putting.deliver, {"n": 0}

    def keep_then_die(*given: Any) -> Any:
        batches["n"] += 1
        with transaction.atomic():
            answer = kept(*given)
            if batches["n"] == int(dies):
                os.kill(os.getpid(), 9)
        return answer

    putting.deliver = keep_then_die  # type: ignore[assignment]
    stopping = threading.Event()
    end_when_told(stopping)
    return {"ended": hear(stopping)}


def told() -> dict[str, Any]:
    """What is kept: readings, those counted in hours, cards and their lines."""
    from django.db.models import Sum

    from huying.devices.models import HourTally, Misread, Reading
    from huying.emergency.models import Emergency, Mark

    return {
        "readings": Reading.objects.exclude(factor__startswith="alarm:").count(),
        "alarms": Reading.objects.filter(factor__startswith="alarm:").count(),
        "counted": HourTally.objects.aggregate(n=Sum("count"))["n"] or 0,
        "cards": Emergency.objects.count(),
        "again": Mark.objects.filter(kind="again").count(),
        "misread": Misread.objects.count(),
    }


ACTS = {"prepare": prepare, "listen": listen, "station": station, "told": told}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    sys.stdout.write(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
