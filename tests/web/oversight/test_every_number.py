"""No number of the boards, the figures, the wall and the duty pages leads to another number of cases."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, CaseAppeal
from huying.figures.rules.formulas import DEFAULTS
from huying.kernel import clock
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast
from tests.teams.conftest import laid
from tests.web.desks import desk
from tests.web.duty.test_pages import on_now
from tests.web.matters import counted, handled, reported
from tests.web.numbers import lines_at, walked

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAYS = "span=days&since=2026-03-01&until=2026-12-31"


@pytest.fixture
def busy(cast: Cast) -> Cast:
    """A district in which much is late: of two bodies at once, of the centre, of what nobody could place."""
    at, later = MONDAY + timedelta(minutes=40), MONDAY + timedelta(hours=3)
    both = handled(cast)
    advance((DISTRICT, both.id), Verb.ADD_BODY, by=cast.dispatcher, now=at, body=cast.water)
    for objects in (cast.handler, cast.helper):
        advance((DISTRICT, both.id), Verb.DISPUTE, by=objects, now=at, grounds="不归我单位")
    advance(
        (DISTRICT, handled(cast).id),
        Verb.DISPUTE,
        by=cast.handler,
        now=at,
        grounds="归水务局",
        proposed=cast.water,
    )
    ordered = handled(cast)
    advance((DISTRICT, ordered.id), Verb.SUPERVISE, by=cast.supervisor, now=at, supervision="今天办结")
    advance((DISTRICT, ordered.id), Verb.REPLY_SUPERVISION, by=cast.handler, now=later, note="已派人")
    advance((DISTRICT, ordered.id), Verb.ASK_EXTENSION, by=cast.handler, now=later, reason="等设备")
    advance((DISTRICT, handled(cast).id), Verb.SUPERVISE, by=cast.leader, now=at, supervision="三日内办结")
    reported(cast)
    _judged(cast)
    for area in (str(DISTRICT), STREET, f"{OTHER_STREET}001001"):
        new = NewAppeal(text=f"{area}有人乱倒", channel="web", kind="complaint", area=area)
        receive(DISTRICT, [new], by=cast.system, now=MONDAY)
        receive(DISTRICT, [new], by=cast.system, now=clock.now() - timedelta(minutes=3))
    now = clock.now()
    near = receive(DISTRICT, [NewAppeal(text="路灯不亮", channel="web", area=GRID)], by=cast.system, now=now)[
        0
    ]
    while fire_due(now):
        pass
    Case.objects.filter(id=near.case_id).update(
        warn_at=now - timedelta(hours=1), due_at=now + timedelta(hours=2)
    )
    counted(now)
    cache.clear()
    return cast


def _judged(cast: Cast) -> None:
    """Checked, called back and closed."""
    case = reported(cast)
    ref, at = (DISTRICT, case.id), MONDAY + timedelta(hours=4)
    advance(ref, Verb.CHECK, by=cast.supervisor, now=at, outcome=Outcome.PASSED)
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    facts = {"appeal": appeal, "satisfaction": "satisfied"}
    advance(ref, Verb.FOLLOW_UP, by=cast.evaluator, now=at, outcome=Outcome.SOLVED, **facts)
    advance(ref, Verb.CLOSE, by=cast.evaluator, now=at)


def _true(client: Client, *paths: str, least: int) -> None:
    for path in paths:
        opened, wrong = walked(client, path)
        assert wrong == []
        assert opened >= least, path


def test_each_number_of_oversight_opens_to_exactly_its_cases(busy: Cast) -> None:
    boards = [
        "by=body",
        "by=area",
        "by=item",
        f"by=area&area={STREET}",
        f"by=body&area={COMMUNITY}",
        "due=soon",
    ]
    supervisor = desk(Role.SUPERVISOR)
    _true(supervisor, *(f"/oversight/?{each}" for each in boards), least=10)
    _true(desk(Role.STREET_LEADER, STREET), "/oversight/?by=area", least=10)
    _true(supervisor, "/oversight/orders", least=2)


def test_two_bodies_that_passed_the_same_limit_are_two_and_both_are_shown(busy: Cast) -> None:
    supervisor = desk(Role.SUPERVISOR)
    handling = lines_at(supervisor, "/oversight/?clock=handle")
    assert handling == lines_at(supervisor, f"/oversight/?clock=handle&body={busy.urban}") + 1
    assert lines_at(supervisor, f"/oversight/?clock=handle&body={busy.water}") == 1


def test_each_number_of_evaluation_opens_to_exactly_its_cases(busy: Cast) -> None:
    evaluator = desk(Role.EVALUATOR)
    boards = ["by=body", "by=area", "by=item", f"by=area&area={STREET}"]
    _true(evaluator, *(f"/evaluation/?{DAYS}&all=1&{each}" for each in boards), least=10)
    for formula in DEFAULTS:
        _true(evaluator, f"/evaluation/behind?{DAYS}&code={formula.code}&by=all", least=1)


def test_each_number_of_the_wall_opens_to_exactly_its_cases(busy: Cast) -> None:
    on_now(laid(busy), "张三、李四")
    cache.clear()
    _true(desk(Role.SUPERVISOR), "/command/", f"/command/?area={STREET}", least=10)
    _true(desk(Role.STREET_LEADER, STREET), "/command/", least=10)
