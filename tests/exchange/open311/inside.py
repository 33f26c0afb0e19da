"""``python -m tests.exchange.open311.inside ACT``: what the tests do inside the other district; prints JSON."""

import json
import os
import sys
from typing import Any

import django


def prepare() -> dict[str, Any]:
    """A district with its list, and keys: of the system that exchanges with it, and of its own desk."""
    from huying.access.actor import system
    from huying.access.roles import Role
    from huying.kernel.clock import now
    from huying.people.actions.keys import create_key
    from tests.api.open311.conftest import furnish
    from tests.cast import DISTRICT, gather

    furnish(gather())
    made = create_key(
        system(DISTRICT), "邻区", Role.DISTRICT_DISPATCHER, str(DISTRICT), now(), per_minute=6000
    )
    return {"key": made[1]}


def holds() -> dict[str, Any]:
    """Number → what was said and every step, in order; notes by their words."""
    from huying.cases.models import Appeal, Case, Entry, Statement
    from huying.cases.queries.exchanged import appeals_on
    from huying.kernel.numbers import case_number
    from tests.cast import DISTRICT

    found: dict[str, Any] = {}
    for case in Case.objects.order_by("id"):
        (appeal,) = appeals_on(DISTRICT, [case.id])[case.id]
        found[case_number(DISTRICT, case.id)] = {
            "text": Appeal.objects.get(id=appeal).text,
            "verbs": list(
                Entry.objects.filter(case_id=case.id).order_by("seq").values_list("verb", flat=True)
            ),
            "notes": list(
                Statement.objects.filter(case_id=case.id, name="note").values_list("text", flat=True)
            ),
        }
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.site.settings")
    django.setup()
    sys.stdout.write(json.dumps(globals()[sys.argv[1]](), default=str))
