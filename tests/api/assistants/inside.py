"""``python -m tests.api.assistants.inside``: a person, a case and the key of an assistant; prints JSON."""

import json
import sys
from datetime import timedelta

import django


def prepare() -> dict[str, str]:
    """The key of a district dispatcher's assistant, and the number of a case."""
    from huying.access.actor import system
    from huying.access.roles import Role
    from huying.cases.actions import NewAppeal, receive
    from huying.kernel.clock import now
    from huying.kernel.numbers import case_number
    from huying.people.actions import NewPost, create_account, create_assistant_key
    from huying.people.queries import actor_by_id
    from huying.people.rules.assistants import Leave
    from tests.cast import DISTRICT, GRID, gather

    gather()
    by = system(DISTRICT)
    account = create_account(by, "hewei", "何伟", [NewPost(Role.DISTRICT_DISPATCHER, str(DISTRICT))], now())
    person = actor_by_id(DISTRICT, account, now())
    made = create_assistant_key(person, "助手", [Leave.READ], now() + timedelta(days=1), now())
    new = NewAppeal(text="春风路路灯不亮", channel="web", kind="complaint", area=GRID, lon=114.3, lat=22.7)
    [kept] = receive(DISTRICT, [new], by=by, now=now())
    return {"key": made[1], "case": case_number(DISTRICT, kept.case_id)}


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(prepare()))
