"""督办 and 约谈 (R402): lifted by who may, asked anew of whoever takes the case over, and a leader's talk at the end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.roles import Role as R
from huying.cases.actions import advance, fire_due
from huying.cases.lifecycle import ClockKind, Outcome, Verb
from huying.cases.models import Case, Clock, Entry, Interview, Promise, Supervision
from huying.cases.queries.desks.supervisions import supervision_counts_for, supervisions_for
from huying.kernel.errors import Conflict, Denied, Invalid
from tests.cases.invariants import check_all, print_of_all
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast, actor

LATER = MONDAY + timedelta(hours=1)
REPLY = "您好，接到反映后已到现场核查，垃圾已全部清运，并已安排每日巡查。"


def the_clock(case: Case) -> Clock:
    return Clock.objects.get(case_id=case.id, kind=ClockKind.SUPERVISION, stopped_at=None)


def sweep_to(now: datetime) -> None:
    while fire_due(now):
        pass


@pytest.fixture
def demanded(cast: Cast, with_handler: Case) -> Case:
    """The street's leader has put the case under supervision."""
    return advance(
        (DISTRICT, with_handler.id), Verb.SUPERVISE, by=cast.leader, now=LATER, supervision="三日内办结"
    )


def test_who_issued_a_demand_lifts_it_and_so_does_whoever_supervises_the_district(
    cast: Cast, demanded: Case
) -> None:
    ref = (DISTRICT, demanded.id)
    lifted = advance(ref, Verb.LIFT, by=cast.leader, now=LATER, reason="已当面说清")
    assert lifted.state == "handling"
    row = Supervision.objects.get()
    assert (row.lifted_by, row.replied_at, row.is_open) == (cast.leader.account_id, None, False)
    assert not Clock.objects.filter(kind=ClockKind.SUPERVISION, stopped_at=None).exists()
    advance(ref, Verb.SUPERVISE, by=cast.leader, now=LATER, supervision="仍要回复")
    advance(ref, Verb.LIFT, by=cast.supervisor, now=LATER, reason="区里已经过问")
    assert not any(row.is_open for row in Supervision.objects.all())
    check_all()


def test_nobody_beside_or_below_lifts_what_another_demanded(cast: Cast, demanded: Case) -> None:
    deputy = actor("副主任", 207, R.STREET_LEADER, STREET)
    elsewhere = actor("邻街", 208, R.STREET_LEADER, OTHER_STREET)
    before = print_of_all()
    for by in (deputy, cast.handler, cast.dispatcher):
        with pytest.raises(Denied):
            advance((DISTRICT, demanded.id), Verb.LIFT, by=by, now=LATER, reason="不用了")
    with pytest.raises(Exception, match="没有"):
        advance((DISTRICT, demanded.id), Verb.LIFT, by=elsewhere, now=LATER, reason="不用了")
    assert print_of_all() == before


def test_what_another_system_demanded_is_lifted_by_it_or_above(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    city = _key("市督办平台", 701, R.SUPERVISOR, STREET)
    advance(ref, Verb.SUPERVISE, by=city, now=LATER, supervision="三日内办结")
    before = print_of_all()
    for by in (cast.leader, _key("街道平台", 702, R.STREET_LEADER, STREET)):
        with pytest.raises(Denied):
            advance(ref, Verb.LIFT, by=by, now=LATER, reason="不用了")
    assert print_of_all() == before
    advance(ref, Verb.LIFT, by=city, now=LATER, reason="已当面说清")
    advance(ref, Verb.SUPERVISE, by=city, now=LATER, supervision="仍要回复")
    advance(ref, Verb.LIFT, by=cast.supervisor, now=LATER, reason="区里已经过问")
    check_all()


def _key(name: str, number: int, role: R, area: str) -> Actor:
    return Actor(kind=ActorKind.KEY, district=DISTRICT, name=name, key_id=number, grants=(Grant(role, area),))


def test_what_the_ladder_demanded_is_lifted_by_whoever_supervises(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.SUPERVISE, by=cast.system, now=LATER, supervision="严重超时")
    advance(ref, Verb.LIFT, by=cast.leader, now=LATER, reason="设备已到")
    with pytest.raises(Conflict):
        advance(ref, Verb.LIFT, by=cast.leader, now=LATER, reason="再解除一次")


def test_a_lifted_demand_stays_late_where_it_was(cast: Cast, demanded: Case) -> None:
    late = the_clock(demanded).due_at + timedelta(hours=1)
    advance((DISTRICT, demanded.id), Verb.LIFT, by=cast.leader, now=late, reason="不用再回复")
    stopped = Entry.objects.filter(case_id=demanded.id).latest("seq").facts["stopped"]
    assert [(kind, is_late) for kind, _body, _due, is_late in stopped] == [("supervision", True)]


def passed_on(cast: Cast, case: Case, way: Verb, now: datetime) -> Case:
    """The case goes to another body by one of the ways there are."""
    ref = (DISTRICT, case.id)
    if way is Verb.RULE:
        advance(ref, Verb.DISPUTE, by=cast.handler, now=now, grounds="非本单位职责")
        return advance(
            ref, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=now, ruling="归水务", body=cast.water
        )  # fmt: skip
    advance(ref, Verb.HAND_UP, by=cast.dispatcher, now=now, reason="需区级协调")
    sent = advance(ref, Verb.DISPATCH, by=cast.district_dispatcher, now=now, body=cast.housing)
    if way is Verb.DISPATCH:
        return sent
    return advance(ref, Verb.REASSIGN, by=cast.district_dispatcher, now=now, body=cast.water, reason="派错了")


@pytest.mark.parametrize("way", [Verb.RULE, Verb.DISPATCH, Verb.REASSIGN])
def test_whoever_takes_a_case_over_has_the_whole_time_to_answer(
    cast: Cast, demanded: Case, way: Verb
) -> None:
    first = the_clock(demanded)
    now = LATER + timedelta(hours=2)
    passed_on(cast, demanded, way, now)
    anew = the_clock(demanded)
    assert anew.id != first.id
    assert (anew.starts_at, anew.due_at - anew.starts_at > timedelta(hours=3)) == (now, True)
    last = Entry.objects.filter(case_id=demanded.id).latest("seq")
    assert last.facts["supervised"] is True
    assert Supervision.objects.get().is_open
    check_all()


def test_a_case_without_a_demand_begins_none_when_it_is_passed_on(cast: Cast, with_handler: Case) -> None:
    passed_on(cast, with_handler, Verb.RULE, LATER)
    assert not Clock.objects.filter(kind=ClockKind.SUPERVISION).exists()
    assert "supervised" not in Entry.objects.filter(case_id=with_handler.id).latest("seq").facts


def test_a_demand_nobody_answers_is_proposed_for_an_interview(demanded: Case) -> None:
    clock = the_clock(demanded)
    sweep_to(clock.starts_at + (clock.due_at - clock.starts_at) * 2 + timedelta(seconds=1))
    rungs = [
        entry.facts["rung"]
        for entry in Entry.objects.filter(case_id=demanded.id, verb="warn").order_by("seq")
        if entry.facts["clock"] == "supervision"
    ]
    assert rungs == ["1", "2", "3"]


def talk(cast: Cast, case: Case, **facts: Any) -> Case:
    told = {
        "body": cast.urban,
        "interviewed": "城管中队 王队长",
        "held_at": LATER,
        "talk": "两次没有按期回复",
    }
    return advance((DISTRICT, case.id), Verb.INTERVIEW, by=cast.leader, now=LATER, **(told | facts))


def test_an_interview_is_kept_and_what_is_to_be_put_right_has_a_clock(cast: Cast, demanded: Case) -> None:
    day = LATER + timedelta(days=3)
    case = talk(cast, demanded, rectification="每日清运两次", promise_until=day)
    assert case.state == demanded.state
    row, promise = Interview.objects.get(), Promise.objects.get()
    assert (row.body_id, row.promise_id, row.made_by) == (cast.urban, promise.id, cast.leader.account_id)
    assert (promise.kind, promise.state, promise.body_id) == ("rectify", "open", cast.urban)
    assert Entry.objects.filter(case_id=case.id).latest("seq").facts["rectified"][2] == "open"
    check_all()


def test_nothing_is_reported_as_done_before_it_is_put_right(cast: Cast, demanded: Case) -> None:
    talk(cast, demanded, rectification="每日清运两次", promise_until=LATER + timedelta(days=3))
    ref = (DISTRICT, demanded.id)
    facts = {"result": "清了", "reply": REPLY, "solved": True}
    with pytest.raises(Conflict):
        advance(ref, Verb.REPORT, by=cast.handler, now=LATER, **facts)
    pledge = Promise.objects.get().id
    advance(ref, Verb.KEEP_PROMISE, by=cast.handler, now=LATER, pledge=pledge, result="已加一班")
    assert advance(ref, Verb.REPORT, by=cast.handler, now=LATER, **facts).state == "reported"
    check_all()


def test_what_is_not_put_right_in_time_is_broken_and_opens_nothing(cast: Cast, demanded: Case) -> None:
    talk(cast, demanded, rectification="每日清运两次", promise_until=LATER + timedelta(days=3))
    sweep_to(Promise.objects.get().until + timedelta(seconds=1))
    entry = Entry.objects.filter(case_id=demanded.id, verb="break_promise").get()
    assert (entry.facts["rectified"][2], entry.after) == ("broken", "handling")


def test_an_interview_without_a_demand_promises_nothing(cast: Cast, demanded: Case) -> None:
    talk(cast, demanded)
    assert Interview.objects.get().promise_id is None
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"held_at": LATER + timedelta(minutes=1)}, "held_at"),
        ({"rectification": "改"}, "promise_until"),
        ({"promise_until": LATER + timedelta(days=1)}, "rectification"),
        ({"rectification": "改", "promise_until": MONDAY - timedelta(days=1)}, "promise_until"),
    ],
)
def test_a_record_that_cannot_be_true_is_refused(
    cast: Cast, demanded: Case, facts: dict[str, Any], field: str
) -> None:
    before = print_of_all()
    with pytest.raises(Invalid) as refused:
        talk(cast, demanded, **facts)
    assert list(refused.value.fields) == [field]
    assert print_of_all() == before


def test_only_a_body_of_the_case_is_spoken_with_and_only_by_leaders(cast: Cast, demanded: Case) -> None:
    with pytest.raises(Invalid) as refused:
        talk(cast, demanded, body=cast.housing)
    assert "body" in refused.value.fields
    facts = {"body": cast.urban, "interviewed": "某人", "held_at": LATER, "talk": "谈"}
    for by in (cast.dispatcher, cast.handler, cast.seat):
        with pytest.raises(Denied):
            advance((DISTRICT, demanded.id), Verb.INTERVIEW, by=by, now=LATER, **facts)
    assert not Interview.objects.exists()


def closed_with_the_demand(cast: Cast, case: Case) -> tuple[int, int]:
    """The case is done and closed while nobody has answered the demand."""
    ref = (DISTRICT, case.id)
    now = LATER + timedelta(minutes=10)
    advance(ref, Verb.REPORT, by=cast.handler, now=now, result="清了", reply=REPLY, solved=True)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.supervisor, now=now)
    advance(ref, Verb.CLOSE, by=cast.system, now=now)
    return ref


@pytest.mark.parametrize("end", [Verb.REPLY_SUPERVISION, Verb.LIFT])
def test_what_ended_with_the_case_is_answered_by_nothing_said_later(
    cast: Cast, demanded: Case, end: Verb
) -> None:
    ref = closed_with_the_demand(cast, demanded)
    now = LATER + timedelta(days=2)
    advance(ref, Verb.REOPEN, by=cast.supervisor, now=now, reason="又堆满了")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    advance(ref, Verb.SUPERVISE, by=cast.leader, now=now, supervision="再次督办")
    waiting = supervisions_for(cast.leader, now, waiting=True)
    assert [one.issued_at for one in waiting] == [now], "the first ended with the case"
    others = supervisions_for(cast.leader, now, waiting=False)
    assert [(one.issued_at, one.open, one.due_at and one.due_at < now) for one in others] == [
        (LATER, False, True)
    ]
    assert supervision_counts_for(cast.leader) == (1, 1)
    if end is Verb.LIFT:
        advance(ref, end, by=cast.leader, now=now, reason="已说清")
    else:
        advance(ref, end, by=cast.handler, now=now, note="已加派车辆")
    first, second = Supervision.objects.order_by("id")
    assert (first.replied_at, first.lifted_at) == (None, None)
    assert now in (second.replied_at, second.lifted_at)
    check_all()


def test_nothing_is_to_be_put_right_by_a_body_that_the_case_was_taken_from(
    cast: Cast, demanded: Case
) -> None:
    passed_on(cast, demanded, Verb.RULE, LATER)
    with pytest.raises(Invalid) as refused:
        talk(cast, demanded, rectification="每日清运两次", promise_until=LATER + timedelta(days=3))
    assert list(refused.value.fields) == ["rectification"]
    talk(cast, demanded)
    assert (Interview.objects.get().body_id, Promise.objects.exists()) == (cast.urban, False)
