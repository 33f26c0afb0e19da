"""呼叫/吹哨 (R207): bodies called to the spot answer within the hour, stand there, take parts, and are judged."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, Receipt, advance, fire_due, receive
from huying.cases.lifecycle import ClockKind, Outcome, Verb
from huying.cases.models import Call, Called, CallRating, Case, Clock, Entry, Order, Promise
from huying.kernel.errors import Conflict, Denied, IllegalStep, Invalid, NotFound
from huying.people.actions import NewBearing, set_bearings
from tests.cases.invariants import check_all, print_of_all
from tests.cast import COMMUNITY, DISTRICT, MONDAY, Cast, actor

NOW = MONDAY + timedelta(hours=1)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def sweep(now: datetime) -> None:
    while fire_due(now):
        pass


@pytest.fixture
def ref(appeal: Receipt) -> tuple[int, int]:
    return DISTRICT, appeal.case_id


@pytest.fixture
def called(cast: Cast, ref: tuple[int, int]) -> Case:
    """The street calls two bodies to a matter nobody owns yet."""
    return advance(
        ref, Verb.CALL, by=cast.dispatcher, now=NOW, called=[cast.urban, cast.water], demand="化粪池外溢，请到现场会商",
        spot="春风路 5 号楼下",
    )  # fmt: skip


def answer_clocks() -> dict[int | None, str]:
    rows = Clock.objects.filter(kind=ClockKind.CALL)
    return {row.body_id: "running" if row.stopped_at is None else "stopped" for row in rows}


def test_whoever_is_called_has_an_hour_to_answer(cast: Cast, called: Case) -> None:
    assert called.state == "received"
    clocks = Clock.objects.filter(kind=ClockKind.CALL)
    assert {clock.body_id: clock.due_at - NOW for clock in clocks} == dict.fromkeys(
        (cast.urban, cast.water), timedelta(hours=1)
    )
    assert Call.objects.get().area == "990101001"
    check_all()


def test_an_answer_and_an_arrival_stop_the_clock_of_that_body_alone(
    cast: Cast, ref: tuple[int, int], called: Case
) -> None:
    advance(ref, Verb.ANSWER_CALL, by=cast.handler, now=minutes(10), note="十分钟后到")
    assert answer_clocks() == {cast.urban: "stopped", cast.water: "running"}
    Case.objects.filter(id=called.id).update(lon=114.3, lat=22.7)
    advance(ref, Verb.ARRIVE, by=cast.helper, now=minutes(25), lon=114.301, lat=22.7)
    row = Called.objects.get(body_id=cast.water)
    assert (row.arrived_at, row.metres) == (minutes(25), 103)
    assert answer_clocks() == {cast.urban: "stopped", cast.water: "stopped"}
    entry = Entry.objects.filter(verb="arrive").get()
    assert "lon" not in entry.facts, "where a person stood is not kept"
    assert entry.facts["metres"] == 103
    check_all()


def test_it_is_answered_once_and_only_by_the_called(cast: Cast, ref: tuple[int, int], called: Case) -> None:
    advance(ref, Verb.ANSWER_CALL, by=cast.handler, now=minutes(10))
    before = print_of_all()
    with pytest.raises(Conflict):
        advance(ref, Verb.ANSWER_CALL, by=cast.handler, now=minutes(11))
    with pytest.raises(NotFound):
        advance(ref, Verb.ANSWER_CALL, by=cast.outsider, now=minutes(11))
    with pytest.raises((Denied, IllegalStep)):
        advance(ref, Verb.ARRIVE, by=cast.dispatcher, now=minutes(11))
    assert print_of_all() == before


def test_there_is_no_way_to_refuse_a_call(cast: Cast, ref: tuple[int, int], called: Case) -> None:
    with pytest.raises(IllegalStep):
        advance(ref, Verb.DISPUTE, by=cast.handler, now=minutes(5), grounds="不归我们管")


def test_a_call_is_not_made_by_those_who_are_called(cast: Cast, ref: tuple[int, int], called: Case) -> None:
    with pytest.raises(Denied):
        advance(ref, Verb.CALL, by=cast.handler, now=minutes(5), called=[cast.housing], demand="请住建到场")


def test_unanswered_the_body_of_last_resort_is_called_too(
    cast: Cast, ref: tuple[int, int], called: Case
) -> None:
    sweep(minutes(61))
    bodies = set(Called.objects.values_list("body_id", flat=True))
    assert bodies == {cast.urban, cast.water, cast.street_body}
    assert Call.objects.count() == 1
    sweep(minutes(121))
    assert Entry.objects.filter(verb="supervise").count() == 1
    check_all()


def test_the_fallback_of_the_call_comes_before_that_of_the_place(cast: Cast, ref: tuple[int, int]) -> None:
    advance(
        ref,
        Verb.CALL,
        by=cast.dispatcher,
        now=NOW,
        called=[cast.urban],
        demand="请到场",
        fallback=cast.housing,
    )
    sweep(minutes(61))
    assert set(Called.objects.values_list("body_id", flat=True)) == {cast.urban, cast.housing}


def test_a_second_call_joins_the_first_and_nobody_is_called_twice(
    cast: Cast, ref: tuple[int, int], called: Case
) -> None:
    advance(
        ref,
        Verb.CALL,
        by=cast.leader,
        now=minutes(5),
        called=[cast.urban, cast.housing],
        demand="还需住建到场",
    )
    assert Call.objects.count() == 1
    assert sorted(Called.objects.values_list("body_id", flat=True)) == sorted(
        [cast.urban, cast.water, cast.housing]
    )
    with pytest.raises(Conflict):
        advance(ref, Verb.CALL, by=cast.leader, now=minutes(6), called=[cast.urban], demand="再叫一次")


def test_parts_of_a_consultation_are_kept_or_broken(cast: Cast, ref: tuple[int, int], called: Case) -> None:
    advance(ref, Verb.CONSULT, by=cast.dispatcher, now=minutes(40), minutes="会商：水务抽排，城管清运。")
    part = {"task": "今日抽排", "promise_until": minutes(300)}
    advance(ref, Verb.ASSIGN, by=cast.dispatcher, now=minutes(41), body=cast.water, **part)
    advance(
        ref,
        Verb.ASSIGN,
        by=cast.dispatcher,
        now=minutes(41),
        body=cast.urban,
        task="清运",
        promise_until=minutes(600),
    )
    with pytest.raises(Invalid):
        advance(ref, Verb.ASSIGN, by=cast.dispatcher, now=minutes(41), body=cast.housing, **part)
    mine = Promise.objects.get(body_id=cast.water)
    with pytest.raises(Conflict):
        advance(ref, Verb.KEEP_PROMISE, by=cast.handler, now=minutes(60), pledge=mine.id, result="替别人报")
    advance(ref, Verb.KEEP_PROMISE, by=cast.helper, now=minutes(60), pledge=mine.id, result="已抽排")
    sweep(minutes(601))
    assert dict(Promise.objects.values_list("body_id", "state")) == {cast.water: "kept", cast.urban: "broken"}
    assert Case.objects.get(id=ref[1]).state == "received", "a part reopens nothing"
    check_all()


def test_the_lead_reports_once_every_part_is_done(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.CALL, by=cast.dispatcher, now=NOW, called=[cast.urban, cast.water], demand="请到场")
    until = minutes(600)
    advance(
        ref,
        Verb.ASSIGN,
        by=cast.dispatcher,
        now=minutes(1),
        body=cast.water,
        task="抽排",
        promise_until=until,
    )
    report = {"result": "已办", "solved": True, "reply": "您好，接到反映后已到现场核查，已清理干净。"}
    with pytest.raises(Conflict, match="分工"):
        advance(ref, Verb.REPORT, by=cast.handler, now=minutes(30), **report)
    advance(
        ref,
        Verb.KEEP_PROMISE,
        by=cast.helper,
        now=minutes(31),
        pledge=Promise.objects.get().id,
        result="已抽排",
    )
    assert advance(ref, Verb.REPORT, by=cast.handler, now=minutes(32), **report).state == "reported"
    check_all()


def test_both_sides_judge_once_and_both_are_kept(cast: Cast, ref: tuple[int, int], called: Case) -> None:
    order = Order.objects.get(body_id=cast.urban)
    with pytest.raises(Conflict):
        advance(ref, Verb.RATE_CALL, by=cast.dispatcher, now=minutes(5), order_id=order.id, stars=1)
    advance(ref, Verb.ARRIVE, by=cast.handler, now=minutes(10))
    advance(ref, Verb.END_CALL, by=cast.dispatcher, now=minutes(90))
    advance(
        ref, Verb.RATE_CALL, by=cast.dispatcher, now=minutes(95), order_id=order.id, stars=5, remark="到场快"
    )
    advance(ref, Verb.RATE_CALLER, by=cast.handler, now=minutes(96), stars=4, remark="准备充分")
    assert dict(CallRating.objects.values_list("side", "stars")) == {"caller": 5, "called": 4}
    with pytest.raises(Conflict):
        advance(ref, Verb.RATE_CALL, by=cast.dispatcher, now=minutes(97), order_id=order.id, stars=1)
    with pytest.raises((Denied, NotFound)):
        advance(ref, Verb.RATE_CALL, by=cast.helper, now=minutes(97), order_id=order.id, stars=1)
    check_all()


def test_who_was_called_does_not_act_for_who_called(cast: Cast, ref: tuple[int, int]) -> None:
    advance(
        ref, Verb.CALL, by=cast.leader, now=NOW, called=[cast.urban, cast.street_body], demand="到现场会商"
    )
    own, other = Order.objects.get(body_id=cast.street_body), Order.objects.get(body_id=cast.urban)
    for order, by in ((own, cast.grid_worker), (other, cast.handler)):
        advance(ref, Verb.ARRIVE, by=by, now=minutes(50), order_id=order.id)
    part = {"body": cast.urban, "task": "清运", "promise_until": minutes(3000)}
    before = print_of_all()
    with pytest.raises(Denied):
        advance(ref, Verb.END_CALL, by=cast.grid_worker, now=minutes(51))
    with pytest.raises(Denied):
        advance(ref, Verb.CONSULT, by=cast.grid_worker, now=minutes(51), minutes="都同意了")
    with pytest.raises(Denied):
        advance(ref, Verb.ASSIGN, by=cast.grid_worker, now=minutes(51), **part)
    for order in (own, other):
        with pytest.raises(Denied):
            advance(ref, Verb.RATE_CALL, by=cast.grid_worker, now=minutes(51), order_id=order.id, stars=5)
    assert print_of_all() == before
    check_all()


def test_who_holds_a_post_on_both_sides_judges_others_and_not_the_own_body(
    cast: Cast, ref: tuple[int, int]
) -> None:
    advance(
        ref, Verb.CALL, by=cast.leader, now=NOW, called=[cast.urban, cast.street_body], demand="到现场会商"
    )
    both = replace(cast.leader, grants=(*cast.leader.grants, *cast.grid_worker.grants))
    own, other = Order.objects.get(body_id=cast.street_body), Order.objects.get(body_id=cast.urban)
    advance(ref, Verb.ARRIVE, by=both, now=minutes(5), order_id=own.id)
    advance(ref, Verb.ARRIVE, by=cast.handler, now=minutes(5))
    with pytest.raises(Denied):
        advance(ref, Verb.RATE_CALL, by=both, now=minutes(6), order_id=own.id, stars=5)
    advance(ref, Verb.RATE_CALL, by=both, now=minutes(6), order_id=other.id, stars=4)
    advance(ref, Verb.END_CALL, by=both, now=minutes(7))
    check_all()


def test_whoever_called_ends_it_also_when_the_own_body_was_called_along(
    cast: Cast, with_handler: Case
) -> None:
    ref = (DISTRICT, with_handler.id)
    station = actor("社区站", 301, Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)
    colleague = replace(station, account_id=302)
    advance(ref, Verb.ADD_BODY, by=cast.handler, now=NOW, body=cast.street_body)
    advance(ref, Verb.CALL, by=station, now=NOW, called=[cast.water], demand="到现场会商")
    advance(ref, Verb.END_CALL, by=colleague, now=minutes(5))
    advance(ref, Verb.CALL, by=station, now=minutes(6), called=[cast.water, cast.street_body], demand="再来")
    with pytest.raises(Denied):
        advance(ref, Verb.END_CALL, by=colleague, now=minutes(7))
    advance(ref, Verb.END_CALL, by=station, now=minutes(8))
    check_all()


def test_a_call_over_leaves_no_clock_and_nobody_called(
    cast: Cast, ref: tuple[int, int], called: Case
) -> None:
    advance(ref, Verb.END_CALL, by=cast.dispatcher, now=minutes(90))
    assert set(answer_clocks().values()) == {"stopped"}
    assert not Order.objects.filter(role="called", ended_at=None).exists()
    late = Entry.objects.get(verb="end_call").facts["stopped"]
    assert {row[1]: row[3] for row in late} == {cast.urban: True, cast.water: True}, (
        "who never answered stays late"
    )
    check_all()


def test_a_case_that_ends_takes_its_call_with_it(cast: Cast, ref: tuple[int, int], called: Case) -> None:
    advance(ref, Verb.ANSWER, by=cast.dispatcher, now=minutes(5), reply="您好，已联系处理，感谢反映。")
    assert Call.objects.get().ended_at == minutes(5)
    check_all()


def test_handing_up_takes_the_order_back_but_not_the_call(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.CALL, by=cast.dispatcher, now=NOW, called=[cast.water], demand="请到场")
    advance(ref, Verb.HAND_UP, by=cast.dispatcher, now=minutes(5), reason="超出街道权限")
    assert list(Order.objects.filter(ended_at=None).values_list("role", flat=True)) == ["called"]
    check_all()


def test_a_dispute_nobody_ruled_in_time_goes_to_the_body_of_last_resort(
    cast: Cast, with_handler: Case
) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.DISPUTE, by=cast.handler, now=NOW, grounds="属小区内部管网")
    due = Clock.objects.get(kind=ClockKind.RULING, stopped_at=None).due_at
    sweep(due + timedelta(minutes=1))
    case = Case.objects.get(id=with_handler.id)
    assert (case.state, case.body_id) == ("dispatched", cast.street_body)
    entry = Entry.objects.get(verb="rule")
    assert (entry.outcome, entry.actor_kind) == (Outcome.FORCED, "system")
    assert next(row for row in entry.facts["stopped"] if row[0] == "ruling")[3] is True, (
        "the rulers stay late"
    )
    check_all()


def test_the_body_of_last_resort_that_disputes_keeps_the_case(cast: Cast, with_handler: Case) -> None:
    by = cast.system
    set_bearings(by, [NewBearing("", str(DISTRICT), cast.urban)], MONDAY)
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.DISPUTE, by=cast.handler, now=NOW, grounds="不归我们管")
    sweep(Clock.objects.get(kind=ClockKind.RULING).due_at + timedelta(minutes=1))
    assert Case.objects.get(id=with_handler.id).body_id == cast.urban
    assert Entry.objects.get(verb="rule").outcome == Outcome.DISMISSED
    check_all()


def test_who_was_called_first_and_assists_then_does_the_work_of_its_own_order(
    cast: Cast, ref: tuple[int, int], called: Case
) -> None:
    """The water body has two orders, and the one it was called with is the older."""
    advance(ref, Verb.FILE, by=cast.dispatcher, now=minutes(1), item="010101")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=minutes(2), body=cast.urban, assists=[cast.water])
    advance(ref, Verb.SIGN, by=cast.helper, now=minutes(3))
    advance(ref, Verb.ANSWER_CALL, by=cast.helper, now=minutes(4))
    advance(ref, Verb.PROMISE, by=cast.helper, now=minutes(5), promise="换新管", promise_until=minutes(600))
    advance(ref, Verb.REPORT, by=cast.helper, now=minutes(6), result="已抽排", solved=True)
    states = dict(Order.objects.filter(body_id=cast.water).values_list("role", "state"))
    assert states == {"called": "signed", "assist": "reported"}
    check_all()


def test_a_case_with_an_open_part_is_merged_and_the_part_ends_with_it(
    cast: Cast, ref: tuple[int, int], called: Case
) -> None:
    new = NewAppeal(text="同一处化粪池外溢", channel="web", kind="complaint", area=called.area)
    other = receive(DISTRICT, [new], by=cast.system, now=NOW)[0]
    part = {"body": cast.water, "task": "今日抽排", "promise_until": minutes(300)}
    advance(ref, Verb.ASSIGN, by=cast.dispatcher, now=minutes(1), **part)
    advance(ref, Verb.MERGE, by=cast.dispatcher, now=minutes(2), into=other.case_id)
    assert Promise.objects.get().state == "lapsed"
    assert Call.objects.get().ended_at == minutes(2)
    assert set(Order.objects.filter(case_id=ref[1]).values_list("state", flat=True)) == {"recalled"}
    assert not Clock.objects.filter(case_id=ref[1], stopped_at=None).exists()
    check_all()
