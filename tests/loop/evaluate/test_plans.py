"""Plans at work: chosen once, asked by one way after the other, never by who handled, closed at the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Rating
from huying.cases.queries.lists.queue import CaseFilter
from huying.cases.queries.page import case_for
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.evaluate.actions import set_plans
from huying.loop.evaluate.models import Asking, PlanEdition
from huying.loop.evaluate.queries import (
    due_follow_ups_for,
    edition_of,
    forecast_for,
    planned_for,
    visitor_for,
    visits_for,
)
from huying.loop.evaluate.rules import Ask, AskWay, Matters, Plan, Risk
from huying.loop.evaluate.tasks import close_due
from huying.people.actions import NewBody, create_bodies
from huying.people.rules.kinds import BodyKind
from tests.cases.walking import REPLY
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, actor
from tests.loop.evaluate.test_closing import appeal_of, cast, catch_up, check, open_case, say, state, step

__all__ = ["cast"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]
THREE = (AskWay.LINK, AskWay.SEAT, AskWay.COMMUNITY)


def plan(cast: Cast, *plans: Plan) -> None:
    set_plans(cast.administrator, plans, MONDAY)


@pytest.fixture
def community(cast: Cast) -> Actor:
    """The workstation of the community where the cases lie."""
    made = create_bodies(
        cast.system,
        [
            NewBody("C1", "春风社区", BodyKind.COMMUNITY, COMMUNITY),
            NewBody("C2", "河畔社区", BodyKind.COMMUNITY, f"{STREET}002"),
        ],
        MONDAY,
    )  # fmt: skip
    return actor("梁慧芳", 301, Role.COMMUNITY_STATION, COMMUNITY, made["C1"])


def checked(cast: Cast, at: datetime = MONDAY) -> int:
    case_id = open_case(cast)
    check(cast, case_id, at)
    catch_up(at)
    return case_id


def missed(case_id: int, by: Actor, at: datetime, reason: str = "no_answer", way: str = "seat") -> None:
    facts = {"appeal": appeal_of(case_id), "unreached_reason": reason, "way": way}
    step(case_id, Verb.FOLLOW_UP, by, Outcome.UNREACHED, at, **facts)
    catch_up(at)


def asking(case_id: int) -> Asking:
    return Asking.objects.filter(case_id=case_id).latest("seq")


def test_without_plans_of_its_own_a_district_asks_everybody_by_telephone(cast: Cast) -> None:
    case_id = checked(cast)
    row = asking(case_id)
    assert (row.way, row.edition, row.due_at) == ("seat", 0, MONDAY + timedelta(days=7))
    found = due_follow_ups_for(cast.evaluator, MONDAY).cases[0].planned
    assert found is not None
    assert (found.plan, found.way, found.tries, found.risks) == ("办结案件", AskWay.SEAT, 0, [])
    close_due(DISTRICT, MONDAY + timedelta(days=7))
    assert state(case_id) == "closed"


def test_each_result_is_chosen_once_and_again_when_it_is_done_again(cast: Cast) -> None:
    plan(cast, Plan("a", "全部", ways=(AskWay.SEAT,)))
    case_id = checked(cast)
    catch_up()
    catch_up()
    assert Asking.objects.count() == 1
    say(cast, case_id, appeal_of(case_id), solved=False, at=MONDAY + timedelta(hours=1))
    catch_up()
    first = Asking.objects.get()
    assert first.done_at == MONDAY + timedelta(hours=1)
    assert (first.valid, first.solved, first.invalid) == (1, 0, {})
    check(cast, case_id, MONDAY + timedelta(hours=2))
    catch_up()
    second = asking(case_id)
    assert Asking.objects.count() == 2
    assert second.risks == ["reworked", "unhappy"]
    assert (second.valid, second.done_at) == (0, None)


def test_link_then_seat_then_community_then_closed(cast: Cast, community: Actor) -> None:
    plan(cast, Plan("a", "三步", ways=THREE, days=3, tries=2, over_days=2))
    case_id = checked(cast)
    assert asking(case_id).way == "link"
    at = MONDAY + timedelta(days=3)
    close_due(DISTRICT, at - timedelta(seconds=1))
    assert asking(case_id).way == "link"
    close_due(DISTRICT, at)
    assert [each.line.id for each in planned_for(cast.seat, AskWay.SEAT, at).cases] == [case_id]
    missed(case_id, cast.evaluator, at)
    missed(case_id, cast.evaluator, at + timedelta(hours=2))
    # Twice on one day is not yet enough.
    assert (asking(case_id).way, asking(case_id).tries, asking(case_id).tried_days) == ("seat", 2, 1)
    missed(case_id, cast.evaluator, at + timedelta(days=1))
    row = asking(case_id)
    assert (row.way, row.tries, row.visit_body) == ("community", 0, next(iter(community.body_ids)))
    assert [each.line.id for each in visits_for(community, at).cases] == [case_id]
    assert planned_for(cast.seat, AskWay.SEAT, at).cases == []
    assert state(case_id) == "checked"
    close_due(DISTRICT, at + timedelta(days=4, minutes=1))
    assert state(case_id) == "closed"
    catch_up(at + timedelta(days=4, minutes=2))
    row = asking(case_id)
    assert row.done_at is not None
    assert (row.asked, row.valid, row.invalid) == (4, 0, {"lapsed": 1, "no_answer": 3})


def test_a_dead_number_is_not_called_again(cast: Cast, community: Actor) -> None:
    plan(cast, Plan("a", "两步", ways=(AskWay.SEAT, AskWay.COMMUNITY)))
    case_id = checked(cast)
    missed(case_id, cast.evaluator, MONDAY + timedelta(hours=1), "dead_number")
    assert asking(case_id).way == "community"
    missed(
        case_id, visitor_for(community, case_id, MONDAY), MONDAY + timedelta(hours=2), "refused", "community"
    )
    close_due(DISTRICT, MONDAY + timedelta(hours=3))
    assert state(case_id) == "closed"


def test_a_community_sees_and_asks_what_is_planned_for_it_alone(cast: Cast, community: Actor) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    case_id, unplanned = checked(cast), open_case(cast)
    with pytest.raises(NotFound):
        case_for(community, DISTRICT, case_id, MONDAY)
    with pytest.raises(NotFound):
        visitor_for(community, unplanned, MONDAY)
    with pytest.raises(Denied):
        visits_for(cast.handler, MONDAY)
    other = replace(community, grants=(replace(community.grants[0], body_id=cast.water),))
    assert visits_for(other, MONDAY).cases == []
    lent = visitor_for(community, case_id, MONDAY)
    said = {"appeal": appeal_of(case_id), "satisfaction": "satisfied", "way": "community", "speed": 5}
    with pytest.raises(NotFound):
        step(case_id, Verb.FOLLOW_UP, community, Outcome.SOLVED, MONDAY, **said)
    step(case_id, Verb.FOLLOW_UP, lent, Outcome.SOLVED, MONDAY, **said)
    catch_up()
    assert state(case_id) == "closed"
    assert Rating.objects.get().way == "community"
    catch_up()
    with pytest.raises(NotFound):
        visitor_for(community, case_id, MONDAY)


def _handled_by(cast: Cast, by: Actor) -> int:
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    step(case_id, Verb.FILE, cast.dispatcher, item="010101")
    step(case_id, Verb.DISPATCH, cast.dispatcher, body=next(iter(by.body_ids)))
    step(case_id, Verb.SIGN, by)
    step(case_id, Verb.REPORT, by, result="已疏通。", reply=REPLY, solved=True)
    step(case_id, Verb.CHECK, cast.dispatcher, Outcome.PASSED)
    catch_up()
    return case_id


def test_what_a_community_handled_its_street_asks_about(cast: Cast, community: Actor) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    case_id = _handled_by(cast, community)
    assert asking(case_id).visit_body == cast.street_body
    assert visits_for(community, MONDAY).cases == []
    assert [each.line.id for each in visits_for(cast.dispatcher, MONDAY).cases] == [case_id]
    assert visits_for(cast.other_dispatcher, MONDAY).cases == []
    lent = visitor_for(cast.dispatcher, case_id, MONDAY)
    said = {"appeal": appeal_of(case_id), "satisfaction": "satisfied", "way": "community"}
    step(case_id, Verb.FOLLOW_UP, lent, Outcome.SOLVED, MONDAY, **said)


def test_where_nobody_of_the_street_is_free_a_seat_calls(cast: Cast) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    street = actor("街道办", 302, Role.DEPARTMENT_HANDLER, STREET, cast.street_body)
    assert asking(_handled_by(cast, street)).way == "seat"


def test_direct_answers_are_asked_about_by_whom_did_not_give_them(cast: Cast) -> None:
    plan(
        cast, Plan("a", "答复", matters=Matters.ANSWERED, days=5), Plan("b", "办理", matters=Matters.HANDLED)
    )
    new = NewAppeal(text="问政策", channel="web", kind="inquiry", area=GRID)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    step(case_id, Verb.ANSWER, cast.seat, reply=REPLY)
    catch_up()
    assert (asking(case_id).plan, asking(case_id).answered) == ("a", True)
    missed(case_id, cast.evaluator, MONDAY + timedelta(hours=1))
    assert (asking(case_id).invalid, state(case_id)) == ({"no_answer": 1}, "closed")
    close_due(DISTRICT, MONDAY + timedelta(days=5))
    assert asking(case_id).done_at == MONDAY + timedelta(days=5)


def test_risks_are_what_the_case_went_through(cast: Cast) -> None:
    plan(cast, Plan("a", "风险", Ask.RISK, 100))
    case_id = open_case(cast)
    step(case_id, Verb.SUPERVISE, cast.supervisor, supervision="请限时办结。")
    late = MONDAY + timedelta(days=60)
    step(case_id, Verb.REPLY_SUPERVISION, cast.handler, at=late, note="已办。")
    check(cast, case_id, late)
    catch_up(late)
    assert set(asking(case_id).risks) == {Risk.SUPERVISED, Risk.OVERDUE}


def test_what_is_not_chosen_still_closes_after_the_days_of_the_rule(cast: Cast) -> None:
    plan(cast, Plan("a", "不抽", Ask.SAMPLE, 0))
    case_id = checked(cast)
    assert Asking.objects.count() == 0
    close_due(DISTRICT, MONDAY + timedelta(days=7))
    assert state(case_id) == "closed"


def test_a_plan_that_waits_longer_than_the_rule_is_waited_for(cast: Cast) -> None:
    plan(cast, Plan("a", "久等", days=30))
    case_id = checked(cast)
    close_due(DISTRICT, MONDAY + timedelta(days=8))
    assert state(case_id) == "checked"


def test_what_went_on_unnoticed_holds_up_nothing(cast: Cast) -> None:
    plan(cast, Plan("a", "全部", days=3))
    case_id = checked(cast)
    say(cast, case_id, appeal_of(case_id), solved=False)
    # The reaction has not been told of it yet.
    close_due(DISTRICT, MONDAY + timedelta(days=3))
    assert (state(case_id), asking(case_id).done_at) == ("handling", MONDAY + timedelta(days=3))


def test_plans_are_editions_that_only_who_sets_rules_may_make(cast: Cast) -> None:
    assert edition_of(DISTRICT).number == 0
    plan(cast, Plan("a", "甲"))
    plan(cast, Plan("a", "甲"))
    plan(cast, Plan("a", "乙"))
    assert PlanEdition.objects.count() == 2
    assert [one.name for one in edition_of(DISTRICT).plans] == ["乙"]
    with pytest.raises(Denied):
        set_plans(cast.evaluator, [], MONDAY)
    with pytest.raises(Invalid):
        set_plans(cast.administrator, [Plan("a", "")], MONDAY)
    with pytest.raises(Denied):
        forecast_for(cast.evaluator, [], MONDAY)


def test_a_forecast_says_whom_plans_would_have_asked(cast: Cast, community: Actor) -> None:
    checked(cast)
    plans = [Plan("a", "上门", ways=(AskWay.COMMUNITY,), kinds=frozenset({"complaint"})), Plan("b", "其余")]
    told = forecast_for(cast.administrator, plans, MONDAY + timedelta(hours=1))
    assert (told.ended, told.chosen, told.cut) == (1, 1, False)
    assert (told.by_way[AskWay.COMMUNITY], told.by_way[AskWay.SEAT]) == (1, 0)
    assert told.by_plan == {"a": (1, 1), "b": (0, 0)}


@pytest.mark.parametrize("which", ["all", "seat", "visits"])
def test_lists_stay_flat(cast: Cast, community: Actor, which: str) -> None:
    ways = (AskWay.COMMUNITY,) if which == "visits" else (AskWay.SEAT,)
    plan(cast, Plan("a", "计划", ways=ways))
    lists: dict[str, Callable[[], object]] = {
        "all": lambda: due_follow_ups_for(cast.evaluator, MONDAY),
        "seat": lambda: planned_for(cast.evaluator, AskWay.SEAT, MONDAY, wanted=CaseFilter(area=STREET)),
        "visits": lambda: visits_for(community, MONDAY),
    }

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            lists[which]()
        return len(queries)

    checked(cast)
    few = cost()
    for _ in range(4):
        checked(cast)
    assert cost() == few <= 8


def test_lists_are_narrowed(cast: Cast) -> None:
    case_id = checked(cast)
    for area, there in ((STREET, True), (OTHER_STREET, False)):
        page = planned_for(cast.evaluator, AskWay.SEAT, MONDAY, wanted=CaseFilter(area=area))
        assert [each.line.id for each in page.cases] == [case_id] * there
    with pytest.raises(Invalid):
        planned_for(cast.evaluator, AskWay.SEAT, MONDAY, "zz")
