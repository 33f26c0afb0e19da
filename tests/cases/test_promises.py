"""有诺必果 (R303): what was promised has its own clock, outlives the case, and opens it again when broken."""

from datetime import datetime, timedelta

import pytest

from huying.cases.actions import Receipt, advance, fire_due
from huying.cases.lifecycle import ClockKind, Outcome, Verb
from huying.cases.models import Case, Clock, Entry, Promise
from huying.cases.queries.desks.promises import PromiseFilter, kept_shares, promises_for
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.actions.bodies import close_body
from tests.cases.invariants import check_all, print_of_all
from tests.cast import DISTRICT, MONDAY, Cast

LATER = MONDAY + timedelta(hours=1)
SPRING = "2026-spring"


@pytest.fixture
def promised(cast: Cast, appeal: Receipt, with_handler: Case) -> Case:
    """Turf now, the trees in spring; the case itself is closed."""
    ref = (DISTRICT, with_handler.id)
    advance(
        ref, Verb.REPORT, by=cast.handler, now=LATER, result="已铺草皮。", solved=True,
        reply="您好，接到反映后已到现场核查，绿地已用草皮覆盖，树木按季节补种。", season=SPRING,
        promise="春季补种行道树三棵",
    )  # fmt: skip
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)
    advance(
        ref, Verb.RATE, outcome=Outcome.SOLVED, by=cast.resident(appeal.appeal_id), now=LATER,
        appeal=appeal.appeal_id, satisfaction="satisfied",
    )  # fmt: skip
    return advance(ref, Verb.CLOSE, by=cast.evaluator, now=LATER)


@pytest.mark.parametrize(
    "said",
    [
        {"promise": "三日内清完，业主 13812345678 已同意"},
        {"promise": "三日内清完", "proviso": "440301199001011234 同意后"},
    ],
)
def test_a_promise_names_no_person_by_number(cast: Cast, with_handler: Case, said: dict[str, str]) -> None:
    ref = (DISTRICT, with_handler.id)
    with pytest.raises(Invalid) as refused:
        advance(
            ref, Verb.PROMISE, by=cast.handler, now=LATER, promise_until=LATER + timedelta(days=3), **said
        )
    assert set(refused.value.fields) == {list(said)[-1]}
    assert not Promise.objects.exists()


def the_promise() -> Promise:
    return Promise.objects.get()


def sweep_to(now: datetime) -> None:
    while fire_due(now):
        pass


def test_a_promise_outlives_its_case_and_is_nobodys_next_duty(promised: Case) -> None:
    assert promised.state == "closed"
    assert promised.due_at is None
    clock = Clock.objects.get(case_id=promised.id, stopped_at=None)
    assert (clock.kind, clock.promise_id, clock.due_at) == (
        ClockKind.PROMISE,
        the_promise().id,
        the_promise().until,
    )
    check_all()


def test_a_broken_promise_opens_the_case_again(cast: Cast, promised: Case) -> None:
    sweep_to(the_promise().until + timedelta(seconds=1))
    case = Case.objects.get(id=promised.id)
    assert (case.state, the_promise().state) == ("filed", "broken")
    last = Entry.objects.filter(case_id=case.id).latest("seq")
    assert (last.verb, last.outcome, last.body_id) == ("break_promise", "overdue", cast.urban)
    check_all()


def test_a_promise_is_called_to_mind_before_its_day(promised: Case) -> None:
    promise = the_promise()
    sweep_to(LATER + (promise.until - LATER) * 0.9)
    told = Entry.objects.filter(case_id=promised.id, verb="warn")
    assert [entry.facts["pledge"] for entry in told] == [promise.id]
    assert the_promise().state == "open"


def test_a_kept_promise_never_breaks(cast: Cast, promised: Case) -> None:
    promise = the_promise()
    advance(
        (DISTRICT, promised.id), Verb.KEEP_PROMISE, by=cast.handler, now=promise.until - timedelta(days=3),
        pledge=promise.id, progress="三棵香樟已种好。",
    )  # fmt: skip
    sweep_to(promise.until + timedelta(days=30))
    assert the_promise().state == "kept"
    assert Case.objects.get(id=promised.id).state == "closed"
    check_all()


def test_whoever_asked_may_say_that_it_was_not_done(cast: Cast, appeal: Receipt, promised: Case) -> None:
    ref, promise = (DISTRICT, promised.id), the_promise()
    keep = {"pledge": promise.id, "progress": "已种好。"}
    advance(ref, Verb.KEEP_PROMISE, by=cast.handler, now=LATER, **keep)
    advance(
        ref, Verb.BREAK_PROMISE, outcome=Outcome.DENIED, by=cast.resident(appeal.appeal_id),
        now=LATER + timedelta(days=2), pledge=promise.id, appeal=appeal.appeal_id, words="一棵也没有看到",
    )  # fmt: skip
    assert (Case.objects.get(id=promised.id).state, the_promise().state) == ("filed", "broken")
    check_all()


def test_after_fifteen_days_a_kept_promise_stands(cast: Cast, appeal: Receipt, promised: Case) -> None:
    ref, promise = (DISTRICT, promised.id), the_promise()
    advance(ref, Verb.KEEP_PROMISE, by=cast.handler, now=LATER, pledge=promise.id, progress="已种好。")
    before = print_of_all()
    with pytest.raises(Conflict):
        advance(
            ref, Verb.BREAK_PROMISE, outcome=Outcome.CONTESTED, by=cast.dispatcher, now=LATER + timedelta(days=16),
            pledge=promise.id, reason="现场没有树",
        )  # fmt: skip
    assert print_of_all() == before


def test_what_was_broken_can_still_be_done_and_stays_broken(cast: Cast, promised: Case) -> None:
    promise = the_promise()
    sweep_to(promise.until + timedelta(seconds=1))
    advance(
        (DISTRICT, promised.id), Verb.KEEP_PROMISE, by=cast.handler, now=promise.until + timedelta(days=2),
        pledge=promise.id, progress="今天补种完成。",
    )  # fmt: skip
    assert the_promise().state == "broken"
    assert the_promise().kept_at is not None
    with pytest.raises(Conflict):
        advance(
            (DISTRICT, promised.id), Verb.KEEP_PROMISE, by=cast.handler, now=promise.until + timedelta(days=3),
            pledge=promise.id, progress="再报一次。",
        )  # fmt: skip
    check_all()


def test_nobody_keeps_the_promise_of_another(cast: Cast, promised: Case) -> None:
    ref, before = (DISTRICT, promised.id), print_of_all()
    facts = {"pledge": the_promise().id, "progress": "已种好。"}
    with pytest.raises(NotFound):
        advance(ref, Verb.KEEP_PROMISE, by=cast.outsider, now=LATER, **facts)
    with pytest.raises((Denied, Conflict)):
        advance(ref, Verb.KEEP_PROMISE, by=cast.dispatcher, now=LATER, **facts)
    with pytest.raises((Conflict, NotFound)):
        advance(ref, Verb.KEEP_PROMISE, by=cast.handler, now=LATER, pledge=987654321, progress="已种好。")
    assert print_of_all() == before


def test_a_promise_without_a_day_is_refused_and_nothing_is_written(cast: Cast, with_handler: Case) -> None:
    before = print_of_all()
    with pytest.raises(Invalid) as wrong:
        advance((DISTRICT, with_handler.id), Verb.PROMISE, by=cast.handler, now=LATER, promise="尽快修好")
    assert set(wrong.value.fields) == {"promise_until"}
    with pytest.raises(Invalid):
        advance(
            (DISTRICT, with_handler.id), Verb.REPORT, by=cast.handler, now=LATER, result="已办", solved=True,
            reply="您好，接到反映后已到现场核查，已修好。", season=SPRING,
        )  # fmt: skip
    assert print_of_all() == before


def test_a_body_may_promise_more_than_once(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(
        ref,
        Verb.PROMISE,
        by=cast.handler,
        now=LATER,
        promise="先围挡",
        promise_until=LATER + timedelta(days=1),
    )
    advance(
        ref,
        Verb.PROMISE,
        by=cast.handler,
        now=LATER,
        promise="再铺路",
        promise_until=LATER + timedelta(days=9),
    )
    first, second = Promise.objects.order_by("id")
    advance(
        ref,
        Verb.KEEP_PROMISE,
        by=cast.handler,
        now=LATER + timedelta(hours=2),
        pledge=first.id,
        progress="已围挡",
    )
    assert [row.state for row in Promise.objects.order_by("id")] == ["kept", "open"]
    sweep_to(second.until + timedelta(seconds=1))
    assert [row.state for row in Promise.objects.order_by("id")] == ["kept", "broken"]
    assert Case.objects.get(id=with_handler.id).state == "handling"
    check_all()


def test_a_case_with_a_promise_is_not_merged_away_and_its_withdrawal_ends_the_promise(
    cast: Cast, appeal: Receipt, with_handler: Case
) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(
        ref,
        Verb.PROMISE,
        by=cast.handler,
        now=LATER,
        promise="先围挡",
        promise_until=LATER + timedelta(days=1),
    )
    with pytest.raises(Conflict, match="没到期的承诺"):
        advance(ref, Verb.MERGE, by=cast.district_dispatcher, now=LATER, into=with_handler.id)
    advance(ref, Verb.WITHDRAW, by=cast.resident(appeal.appeal_id), now=LATER, appeal=appeal.appeal_id)
    assert the_promise().state == "lapsed"
    check_all()


def give(cast: Cast, case: Case) -> tuple[int, int]:
    ref = (DISTRICT, case.id)
    day = LATER + timedelta(days=2)
    advance(ref, Verb.PROMISE, by=cast.handler, now=LATER, promise="两日内清运", promise_until=day)
    return ref


def taken_away(cast: Cast, ref: tuple[int, int], way: Verb) -> None:
    if way is Verb.HAND_UP:
        advance(ref, way, by=cast.dispatcher, now=LATER, reason="需区级协调")
        return
    advance(ref, Verb.DISPUTE, by=cast.handler, now=LATER, grounds="非本单位职责")
    facts = {"ruling": "归水务", "body": cast.water}
    advance(ref, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER, **facts)


@pytest.mark.parametrize("way", [Verb.HAND_UP, Verb.RULE])
def test_the_word_of_a_body_that_the_case_was_taken_from_ends_and_is_not_broken(
    cast: Cast, with_handler: Case, way: Verb
) -> None:
    ref = give(cast, with_handler)
    taken_away(cast, ref, way)
    assert the_promise().state == "lapsed"
    stopped = [kind for kind, *_ in Entry.objects.filter(case_id=ref[1]).latest("seq").facts["stopped"]]
    assert stopped.count("promise") == 1
    sweep_to(the_promise().until + timedelta(minutes=1))
    assert not Entry.objects.filter(verb="break_promise").exists()
    check_all()


def test_the_word_of_a_body_that_stays_on_the_case_as_called_is_still_to_be_kept(
    cast: Cast, with_handler: Case
) -> None:
    ref = give(cast, with_handler)
    advance(ref, Verb.CALL, by=cast.dispatcher, now=LATER, called=[cast.urban], demand="请到场")
    taken_away(cast, ref, Verb.HAND_UP)
    assert the_promise().state == "open"
    facts = {"pledge": the_promise().id, "progress": "已清运，每日一次。"}
    advance(ref, Verb.KEEP_PROMISE, by=cast.handler, now=LATER, **facts)
    assert the_promise().state == "kept"
    check_all()


def test_a_unit_that_was_closed_keeps_its_name_beside_its_word(cast: Cast, promised: Case) -> None:
    close_body(cast.system, cast.urban, LATER)
    later = LATER + timedelta(days=2)
    names = {cast.urban: "城市管理局"}
    assert {one.body_id: one.body_name for one in kept_shares(DISTRICT, later)} == names
    line = promises_for(cast.supervisor, later, PromiseFilter())[0][0]
    assert (line.body_name, line.line.body_name) == (names[cast.urban], names[cast.urban])
