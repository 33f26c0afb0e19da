"""``python -m tests.emergency.inside ACT …``: what the test on a real server does inside its instance; prints JSON."""

import json
import os
import sys
from typing import Any

import django

PEOPLE = 12


def prepare() -> dict[str, Any]:
    """The district with volunteers at three distances, quick rings, a leader (jie1), and the key of a device."""
    from dataclasses import replace

    from huying.access.actor import system
    from huying.access.roles import Role
    from huying.catalogue.actions import load_starter
    from huying.emergency.actions import NewResponder, put_plan, register
    from huying.emergency.queries import plan_for
    from huying.emergency.rules.kinds import ResponderKind
    from huying.emergency.rules.plans import rings_of
    from huying.geo.measure import moved
    from huying.kernel.clock import now
    from huying.people.actions import NewPost, create_account, create_key
    from tests.cast import DISTRICT, STREET, gather
    from tests.emergency.conftest import SPOT
    from tests.people.cast import PASSWORD
    from tests.teams.conftest import draw

    cast, by = gather(), system(DISTRICT)
    load_starter(by, DISTRICT, now())
    draw(cast)
    for number in range(PEOPLE):
        lon, lat = moved(*SPOT, 90.0, 100 + 100 * number)
        new = NewResponder(
            kind=ResponderKind.VOLUNTEER, name=f"志愿者{number}", phone=f"137000000{number:02d}", skills=["first_aid"],
            lon=lon, lat=lat,
        )  # fmt: skip
        register(by, new, now())
    plan = replace(plan_for(DISTRICT, "illness"), rings=rings_of("450:9:5;850:9:5;2000:9:60"), hand_wait=5)
    put_plan(by, plan, "试", now())
    post = NewPost(Role.STREET_LEADER, STREET)
    create_account(by, "jie1", "jie1", [post], now(), password=PASSWORD, must_change_password=False)
    return {"key": create_key(by, "设备", Role.SEAT, str(DISTRICT), now())[1]}


def told(card: str) -> dict[str, Any]:
    """How often each responder was alerted, by ring how many seconds after the ring before, and the timeline."""
    from huying.emergency.models import Alert, Mark
    from huying.notices.models import Notice

    rows = list(Alert.objects.filter(emergency_id=int(card)).order_by("ring", "id"))
    times: dict[int, Any] = {row.ring: row.alerted_at for row in rows}
    marks = Mark.objects.filter(emergency_id=int(card)).order_by("at", "id")
    return {
        "people": [row.name for row in rows],
        "gaps": [(times[ring] - times[ring - 1]).total_seconds() for ring in sorted(times)[1:]],
        "marks": list(marks.values_list("kind", flat=True)),
        "messages": Notice.objects.filter(occasion="respond", way="sms").count(),
    }


ACTS = {"prepare": prepare, "told": told}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    sys.stdout.write(json.dumps(ACTS[sys.argv[1]](*sys.argv[2:])))
