"""What plans want asked, for a call centre that asks from its own system and sends back what was said."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, CaseAppeal, Entry, Rating
from huying.cases.queries.proofs.chain import link_of
from huying.kernel.clock import now
from huying.loop.evaluate.actions import plan_askings, set_plans
from huying.loop.evaluate.rules import AskWay, Plan
from tests.api.conftest import Outside
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast
from tests.web.matters import number, reported

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def checked(cast: Cast) -> Case:
    set_plans(cast.administrator, [Plan("a", "电话问", ways=(AskWay.SEAT,))], MONDAY)
    case, at = reported(cast), MONDAY + timedelta(hours=2)
    case = advance((DISTRICT, case.id), Verb.CHECK, by=cast.supervisor, now=at, outcome=Outcome.PASSED)
    plan_askings(DISTRICT, [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")], now())
    return case


def test_what_is_to_be_asked_is_read_and_answered(checked: Case, key: Callable[..., str]) -> None:
    outside = Outside(key(Role.SEAT))
    found = outside.get("follow-ups").json()["follow_ups"]
    appeal = CaseAppeal.objects.get(case_id=checked.id).appeal_id
    assert [(one["case"]["number"], one["plan"], one["way"], one["most"]) for one in found] == [
        (number(checked), "电话问", "seat", 3)
    ]
    assert found[0]["callers"] == [{"appeal": appeal, "reached": False, "attempts": 0}]
    said = {"outcome": "unreached", "appeal": appeal}
    step = f"cases/{number(checked)}/follow_up"
    assert outside.post(step, said).json()["errors"]
    assert outside.post(step, said | {"unreached_reason": "refused"}).status_code == 200
    assert Rating.objects.get().reason == "refused"


def test_lists_are_bounded(checked: Case, key: Callable[..., str]) -> None:
    outside = Outside(key(Role.SEAT))
    for asked, there in ((f"area={STREET}", 1), (f"area={OTHER_STREET}", 0), ("way=link", 0)):
        assert len(outside.get(f"follow-ups?{asked}").json()["follow_ups"]) == there
    assert outside.get("follow-ups?after=zz").status_code == 400
    assert outside.get("follow-ups?way=owl").status_code == 400
    assert Outside(key(Role.AUDITOR)).get("follow-ups").status_code == 403
    assert Outside().get("follow-ups").status_code == 401
