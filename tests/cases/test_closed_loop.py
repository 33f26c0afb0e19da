"""One appeal goes all the way round, and each turn it may take on the way."""

from datetime import timedelta

import pytest

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.ledger import GENESIS
from huying.cases.lifecycle import ClockKind, Outcome, Verb
from huying.cases.models import Case, CaseAppeal, Clock, Delay, Entry, Order, Pause, Rating
from huying.kernel.errors import Conflict, Denied, IllegalStep, Invalid, MissingFact, NotFound, StaleVersion
from tests.cast import DISTRICT, GRID, MONDAY, STREET, Cast

LATER = MONDAY + timedelta(hours=1)


def running(case: Case) -> set[str]:
    return set(Clock.objects.filter(case_id=case.id, stopped_at=None).values_list("kind", flat=True))


def outside(key: int, role: Role, area: str = str(DISTRICT), body: int | None = None) -> Actor:
    """An outside system by its key."""
    return Actor(ActorKind.KEY, DISTRICT, "外部系统", key_id=key, grants=(Grant(role, area, body),))


def report(cast: Cast, case: Case, by: Actor | None = None) -> Case:
    facts = {
        "result": "已清运。",
        "reply": "您好，接到反映后已到现场核查，垃圾已清运，并加派保洁。",
        "solved": True,
    }
    return advance((DISTRICT, case.id), Verb.REPORT, by=by or cast.handler, now=LATER, **facts)


def test_an_appeal_goes_all_the_way_round(cast: Cast, appeal: Receipt, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    assert running(with_handler) == {"contact", "handle"}
    advance(ref, Verb.CONTACT, by=cast.handler, now=MONDAY + timedelta(minutes=30), reached=True)
    assert report(cast, with_handler).state == "reported"
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)
    advance(
        ref, Verb.RATE, outcome=Outcome.SOLVED, by=cast.resident(appeal.appeal_id), now=LATER,
        appeal=appeal.appeal_id, satisfaction="satisfied", speed=5,
    )  # fmt: skip
    closed = advance(ref, Verb.CLOSE, by=cast.evaluator, now=LATER)
    assert closed.state == "closed"
    assert closed.closed_at == LATER
    assert closed.due_at is None
    assert running(closed) == set()
    verbs = list(Entry.objects.filter(case_id=closed.id).order_by("seq").values_list("verb", flat=True))
    assert verbs == ["receive", "file", "dispatch", "sign", "contact", "report", "check", "rate", "close"]
    assert bytes(Entry.objects.get(case_id=closed.id, seq=9).seal) == bytes(closed.head) != GENESIS


def test_an_order_sent_wrongly_goes_to_another_body_while_nobody_has_signed_for_it(
    cast: Cast, appeal: Receipt
) -> None:
    ref = (DISTRICT, appeal.case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    wrong = {"body": cast.urban, "reason": "派错了"}
    with pytest.raises(Conflict):
        advance(ref, Verb.REASSIGN, by=cast.dispatcher, now=LATER, **wrong)
    case = advance(ref, Verb.REASSIGN, by=cast.dispatcher, now=LATER, body=cast.water, reason="派错了")
    assert (case.state, case.body_id, running(case)) == (
        "dispatched",
        cast.water,
        {"sign", "contact", "handle"},
    )
    assert dict(Order.objects.values_list("body_id", "state")) == {cast.urban: "recalled", cast.water: "sent"}
    with pytest.raises(NotFound):
        advance(ref, Verb.SIGN, by=cast.handler, now=LATER)
    advance(ref, Verb.SIGN, by=cast.helper, now=LATER)
    with pytest.raises(IllegalStep):
        advance(ref, Verb.REASSIGN, by=cast.dispatcher, now=LATER, body=cast.urban, reason="又想改")


def test_the_same_appeal_given_twice_is_one(cast: Cast) -> None:
    new = NewAppeal(text="路灯不亮", channel="web", area=GRID, idempotency_key="once")
    first = receive(DISTRICT, [new, new], by=cast.system, now=MONDAY)
    again = receive(DISTRICT, [new], by=cast.system, now=LATER)[0]
    assert {first[0].receipt, first[1].receipt, again.receipt} == {first[0].receipt}
    assert [first[0].is_new, first[1].is_new, again.is_new] == [True, False, False]
    assert Case.objects.count() == 1


def test_a_step_under_one_key_happens_once(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    first = advance(ref, Verb.NOTE, by=cast.handler, now=LATER, key="k1", note="已到场")
    second = advance(ref, Verb.NOTE, by=cast.handler, now=LATER, key="k1", note="已到场")
    assert first.length == second.length
    with pytest.raises(Conflict):
        advance(ref, Verb.NOTE, by=cast.handler, now=LATER, key="k1", note="别的内容")


def test_who_comes_second_is_told(cast: Cast, with_handler: Case) -> None:
    seen = with_handler.length
    advance((DISTRICT, with_handler.id), Verb.NOTE, by=cast.handler, now=LATER, note="一")
    with pytest.raises(StaleVersion):
        advance(
            (DISTRICT, with_handler.id), Verb.NOTE, by=cast.dispatcher, now=LATER, expected=seen, note="二"
        )


def test_nobody_checks_their_own_work(cast: Cast, with_handler: Case) -> None:
    report(cast, with_handler)
    with pytest.raises(Denied):
        advance((DISTRICT, with_handler.id), Verb.CHECK, outcome=Outcome.PASSED, by=cast.handler, now=LATER)


def test_outside_systems_check_what_another_body_did_and_never_their_own(
    cast: Cast, with_handler: Case
) -> None:
    ref = (DISTRICT, with_handler.id)
    report(cast, with_handler, by=outside(1, Role.DEPARTMENT_HANDLER, body=cast.urban))
    own = outside(2, Role.STREET_DISPATCHER, STREET, cast.urban)
    with pytest.raises(Denied):
        advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=own, now=LATER)
    other = outside(3, Role.STREET_DISPATCHER, STREET)
    assert advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=other, now=LATER).state == "checked"


def test_one_key_is_not_two_people(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    key = outside(1, Role.COMMUNITY_STATION)
    report(cast, with_handler, by=key)
    with pytest.raises(Denied):
        advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=key, now=LATER)
    other = outside(2, Role.COMMUNITY_STATION)
    assert advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=other, now=LATER).state == "checked"


def test_one_key_does_not_approve_what_it_recommended(cast: Cast, with_handler: Case) -> None:
    ref, key = (DISTRICT, with_handler.id), outside(1, Role.STREET_LEADER)
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="材料未到")
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=key, now=LATER)
    with pytest.raises(Conflict):
        advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=key, now=LATER)
    advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=outside(2, Role.STREET_LEADER), now=LATER)
    assert Delay.objects.get().state == "approved"


def test_a_denied_step_leaves_no_trace(cast: Cast, with_handler: Case) -> None:
    before = Entry.objects.count()
    for by in (cast.outsider, cast.other_dispatcher, cast.stranger_in(990102)):
        with pytest.raises(NotFound):
            advance((DISTRICT, with_handler.id), Verb.NOTE, by=by, now=LATER, note="看不到")
    with pytest.raises(Denied):
        advance((DISTRICT, with_handler.id), Verb.SUPERVISE, by=cast.handler, now=LATER, supervision="快办")
    with pytest.raises(IllegalStep):
        advance((DISTRICT, with_handler.id), Verb.FILE, by=cast.dispatcher, now=LATER, item="X")
    with pytest.raises(MissingFact) as missing:
        advance((DISTRICT, with_handler.id), Verb.REPORT, by=cast.handler, now=LATER, result="好")
    assert set(missing.value.fields) == {"reply", "solved"}
    assert Entry.objects.count() == before


def test_a_dissatisfied_caller_brings_the_case_back(cast: Cast, appeal: Receipt, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    report(cast, with_handler)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)
    back = advance(
        ref, Verb.RATE, outcome=Outcome.UNSOLVED, by=cast.resident(appeal.appeal_id), now=LATER,
        appeal=appeal.appeal_id,
    )  # fmt: skip
    assert (back.state, back.reworks, back.unhappy) == ("handling", 1, 1)
    assert running(back) == {"handle"}


def test_assisting_bodies_finish_before_the_lead_may(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.ADD_BODY, by=cast.dispatcher, now=LATER, body=cast.water)
    with pytest.raises(Conflict):
        report(cast, with_handler)
    advance(ref, Verb.SIGN, by=cast.helper, now=LATER)
    advance(ref, Verb.REPORT, by=cast.helper, now=LATER, result="已疏通", solved=True)
    assert report(cast, with_handler).state == "reported"
    assert running(with_handler) == {"check"}


def test_an_upheld_dispute_passes_the_order_on(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.DISPUTE, by=cast.handler, now=LATER, grounds="属水务管理", proposed=cast.water)
    with pytest.raises(Conflict):
        advance(ref, Verb.DISPUTE, by=cast.handler, now=LATER, grounds="再提一次")
    ruled = advance(
        ref, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER, ruling="由水务局办理",
        body=cast.water, reach="district",
    )  # fmt: skip
    assert (ruled.state, ruled.body_id) == ("dispatched", cast.water)
    assert running(ruled) == {"sign", "contact", "handle"}
    states = dict(Order.objects.filter(case_id=ruled.id).values_list("body_id", "state"))
    assert states == {cast.urban: "recalled", cast.water: "sent"}


def test_more_time_takes_two_other_people(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    due = Clock.objects.get(case_id=with_handler.id, kind="handle").due_at
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="等配件")
    with pytest.raises(Conflict):
        advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=cast.leader, now=LATER)
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.leader, now=LATER)
    with pytest.raises(Conflict):
        advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=cast.leader, now=LATER)
    advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=cast.supervisor, now=LATER)
    clock = Clock.objects.get(case_id=with_handler.id, kind="handle")
    assert clock.due_at > due
    assert clock.extensions == 1


def test_a_suspension_holds_the_clock_and_gives_the_time_back(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    due = Clock.objects.get(case_id=with_handler.id, kind="handle").due_at
    until = LATER + timedelta(days=30)
    advance(ref, Verb.ASK_SUSPENSION, by=cast.handler, now=LATER, reason="列入明年计划", until=until)
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=LATER)
    held = advance(ref, Verb.APPROVE, outcome=Outcome.SUSPENDED, by=cast.supervisor, now=LATER)
    assert held.due_at is None
    assert "suspension" in running(held)
    advance(ref, Verb.RESUME, by=cast.system, now=until)
    clock = Clock.objects.get(case_id=with_handler.id, kind="handle")
    assert clock.paused_at is None
    assert clock.due_at > due + timedelta(days=20)
    assert (
        Pause.objects.filter(ends_at=until).count()
        == Clock.objects.filter(case_id=held.id, stopped_at=None).count()
    )
    assert Delay.objects.get().resumed_at == until


def test_one_corner_four_problems(cast: Cast, appeal: Receipt) -> None:
    """BH's street corner: illegal parking, rubble, broken tiles, damaged green go to four bodies (R110)."""
    parts = [{"title": title, "item": f"X{number}"} for number, title in enumerate(["渣土", "破砖", "绿地"])]
    advance((DISTRICT, appeal.case_id), Verb.SPLIT, by=cast.dispatcher, now=LATER, parts=parts)
    assert CaseAppeal.objects.filter(appeal_id=appeal.appeal_id).count() == 4
    assert Case.objects.filter(split_from=appeal.case_id, state="filed").count() == 3


def test_merged_callers_keep_their_receipts(cast: Cast, appeal: Receipt, with_handler: Case) -> None:
    new = NewAppeal(text="春风路又是垃圾", channel="web", area=GRID)
    second = receive(DISTRICT, [new], by=cast.system, now=LATER)[0]
    merged = advance(
        (DISTRICT, second.case_id), Verb.MERGE, by=cast.dispatcher, now=LATER, into=with_handler.id
    )
    assert (merged.state, merged.merged_into) == ("merged", with_handler.id)
    linked = CaseAppeal.objects.filter(case_id=with_handler.id, until=None)
    assert set(linked.values_list("appeal_id", flat=True)) == {appeal.appeal_id, second.appeal_id}
    assert Case.objects.get(district=DISTRICT, id=with_handler.id).appeals == 2


def test_only_the_last_caller_ends_the_case(cast: Cast, appeal: Receipt, with_handler: Case) -> None:
    new = NewAppeal(text="春风路又是垃圾", channel="web", area=GRID)
    second = receive(DISTRICT, [new], by=cast.system, now=LATER)[0]
    advance((DISTRICT, second.case_id), Verb.MERGE, by=cast.dispatcher, now=LATER, into=with_handler.id)
    ref = (DISTRICT, with_handler.id)
    first = advance(
        ref, Verb.WITHDRAW, by=cast.resident(appeal.appeal_id), now=LATER, appeal=appeal.appeal_id
    )
    assert (first.state, first.appeals) == ("handling", 1)
    last = advance(ref, Verb.WITHDRAW, by=cast.resident(second.appeal_id), now=LATER, appeal=second.appeal_id)
    assert last.state == "withdrawn"
    assert running(last) == set()


def test_what_a_street_cannot_solve_goes_up(cast: Cast, with_handler: Case) -> None:
    up = advance(
        (DISTRICT, with_handler.id), Verb.HAND_UP, by=cast.dispatcher, now=LATER, reason="需区级协调"
    )
    assert (up.state, up.level, up.body_id) == ("filed", "district", None)
    with pytest.raises(Conflict):
        advance((DISTRICT, up.id), Verb.HAND_UP, by=cast.dispatcher, now=LATER, reason="再上")


def test_a_supervision_order_wants_its_reply(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.SUPERVISE, by=cast.leader, now=LATER, supervision="三日内办结")
    with pytest.raises(Conflict):
        advance(ref, Verb.SUPERVISE, by=cast.leader, now=LATER, supervision="再督")
    assert ClockKind.SUPERVISION in running(with_handler)
    advance(ref, Verb.REPLY_SUPERVISION, by=cast.handler, now=LATER, note="今天完成")
    assert ClockKind.SUPERVISION not in running(with_handler)


def test_no_office_publishes_a_number_that_names_a_person(cast: Cast, appeal: Receipt) -> None:
    ref = (DISTRICT, appeal.case_id)
    reply = "您好，请直接联系李师傅13812345678。"
    for verb, facts in ((Verb.ANSWER, {}), (Verb.REJECT, {"ground": "beyond_duty"})):
        with pytest.raises(Invalid) as refused:
            advance(ref, verb, by=cast.dispatcher, now=LATER, reply=reply, **facts)
        assert "reply" in refused.value.fields
    assert Case.objects.get(id=appeal.case_id).state == "received"


def test_a_result_is_judged_once_by_each_caller_and_anew_when_it_is_another(
    cast: Cast, appeal: Receipt, with_handler: Case
) -> None:
    ref, by = (DISTRICT, with_handler.id), cast.resident(appeal.appeal_id)

    def rate(outcome: Outcome) -> Case:
        word = "satisfied" if outcome is Outcome.SOLVED else "unsatisfied"
        said = {"appeal": appeal.appeal_id, "satisfaction": word}
        return advance(ref, Verb.RATE, outcome=outcome, by=by, now=LATER, **said)

    report(cast, with_handler)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)
    assert rate(Outcome.UNSOLVED).state == "handling"
    report(cast, with_handler)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)
    rate(Outcome.SOLVED)
    with pytest.raises(Conflict):
        rate(Outcome.SOLVED)
    said = {"appeal": appeal.appeal_id, "satisfaction": "satisfied"}
    with pytest.raises(Conflict):
        advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=cast.evaluator, now=LATER, **said)
    advance(ref, Verb.CLOSE, by=cast.evaluator, now=LATER)
    with pytest.raises(Conflict):
        rate(Outcome.SOLVED)
    assert Rating.objects.filter(solved=True).count() == 1
    # What comes back after all opens the case again.
    assert rate(Outcome.UNSOLVED).state == "filed"


def test_a_caller_may_contradict_what_was_written_down_for_them(
    cast: Cast, appeal: Receipt, with_handler: Case
) -> None:
    ref, said = (DISTRICT, with_handler.id), {"appeal": appeal.appeal_id, "satisfaction": "satisfied"}
    report(cast, with_handler)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)
    advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=cast.evaluator, now=LATER, **said)
    with pytest.raises(Conflict):
        advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=cast.seat, now=LATER, **said)
    said["satisfaction"] = "unsatisfied"
    by = cast.resident(appeal.appeal_id)
    assert advance(ref, Verb.RATE, outcome=Outcome.UNSOLVED, by=by, now=LATER, **said).state == "handling"


def test_a_direct_answer_is_judged_once_and_again_after_another_answer(cast: Cast, appeal: Receipt) -> None:
    ref, by = (DISTRICT, appeal.case_id), cast.resident(appeal.appeal_id)
    said = {"appeal": appeal.appeal_id, "satisfaction": "satisfied"}

    def answer(minutes: int) -> None:
        now = MONDAY + timedelta(minutes=minutes)
        advance(ref, Verb.ANSWER, by=cast.seat, now=now, reply="您好，请到街道便民服务中心二楼窗口办理。")

    def rate(minutes: int) -> None:
        advance(
            ref, Verb.RATE, outcome=Outcome.SOLVED, by=by, now=MONDAY + timedelta(minutes=minutes), **said
        )

    answer(1)
    rate(2)
    with pytest.raises(Conflict):
        rate(3)
    advance(ref, Verb.REOPEN, by=cast.supervisor, now=MONDAY + timedelta(minutes=4), reason="答复有误")
    answer(5)
    rate(6)
    with pytest.raises(Conflict):
        rate(7)
