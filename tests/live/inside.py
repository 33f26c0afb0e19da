"""``python -m tests.live.inside ACT …``: what these tests do inside an instance of their own; prints JSON."""

import json
import os
import sys
from typing import Any

import django


def prepare() -> dict[str, Any]:
    """The district with a supervisor (jiandu) and a leader of each street (jie1, jie2)."""
    from huying.access.actor import system
    from huying.access.roles import Role
    from huying.catalogue.actions import load_starter
    from huying.kernel.clock import now
    from huying.people import actions
    from huying.people.actions import NewPost
    from tests.cast import DISTRICT, OTHER_STREET, STREET, gather
    from tests.people.cast import PASSWORD

    gather()
    load_starter(system(DISTRICT), DISTRICT, now())
    posts = {
        "jiandu": NewPost(Role.SUPERVISOR, str(DISTRICT)),
        "jie1": NewPost(Role.STREET_LEADER, STREET),
        "jie2": NewPost(Role.STREET_LEADER, OTHER_STREET),
    }
    for login, post in posts.items():
        actions.create_account(
            system(DISTRICT), login, login, [post], now(), password=PASSWORD, must_change_password=False
        )
    return {}


def receive(count: str, street: str = "") -> dict[str, Any]:
    """So many new cases in the first street's grid, or in that street; the numbers of their cases."""
    from huying.access.actor import system
    from huying.cases.actions import NewAppeal
    from huying.cases.actions import receive as take
    from huying.kernel.clock import now
    from huying.kernel.numbers import case_number
    from tests.cast import DISTRICT, GRID

    area = f"{street}001001" if street else GRID
    new = [
        NewAppeal(
            text=f"春风路第 {n} 盏路灯不亮",
            channel="web",
            kind="complaint",
            area=area,
            lon=114.3 + n / 1000,
            lat=22.7,
        )
        for n in range(int(count))
    ]
    kept = take(DISTRICT, new, by=system(DISTRICT), now=now())
    return {"cases": [case_number(DISTRICT, one.case_id) for one in kept]}


def outline() -> dict[str, Any]:
    """The borders of the first street, far wider than where its cases lie."""
    from shapely.geometry import box

    from huying.kernel.clock import now
    from huying.places.actions import put_areas
    from huying.places.rules.drafts import AreaDraft
    from huying.places.rules.levels import Level
    from tests.cast import DISTRICT, STREET

    draft = AreaDraft("青石街道", Level.STREET, box(114.25, 22.65, 114.35, 22.78), STREET)
    put_areas(DISTRICT, [draft], now=now())
    return {}


def ledger() -> dict[str, Any]:
    """Every entry in the order in which it is told, as ids of events."""
    from huying.cases.models import Entry
    from huying.live.wire import id_of

    rows = Entry.objects.order_by("position", "case_id", "seq").values_list("position", "case_id", "seq")
    return {"ids": [id_of(row) for row in rows]}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    acts = {"prepare": prepare, "receive": receive, "outline": outline, "ledger": ledger}
    json.dump(acts[sys.argv[1]](*sys.argv[2:]), sys.stdout)
