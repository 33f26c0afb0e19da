"""An order of the city becomes a case, what is done with it goes back, and what is wrong waits for a person."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from huying.access.actor import system
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Case, Entry, Statement
from huying.exchange.actions.mending import drop, mend, resend
from huying.exchange.actions.peers import put_map, switch
from huying.exchange.models import Health, Incoming, Linked, Mending, Outgoing, Peer
from huying.exchange.queries.held import OpenPeer, forget, open_peers
from huying.exchange.rules.kinds import InState, OutState, Way
from huying.exchange.tasks.turning import once
from huying.kernel.errors import Conflict, Denied, Invalid
from huying.people.models import ApiKey, Viewing
from huying.simulate.city import dialect
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.exchange.conftest import follow

pytestmark = pytest.mark.django_db
Orders = Callable[..., list[dict[str, Any]]]
REPLY = "经核实，路灯已于当天修复，并安排每晚巡查，感谢您的监督。"


def the_case(number: str) -> Case:
    return Case.objects.get(id=Linked.objects.get(number=number).case_id)


def worked(cast: Cast, number: str) -> Case:
    """Filed, dispatched, signed, reported and checked."""
    ref = (DISTRICT, the_case(number).id)
    steps: list[tuple[Verb, Any, Outcome | None, dict[str, Any]]] = [
        (Verb.FILE, cast.district_dispatcher, None, {"item": "X1", "area": GRID}),
        (Verb.DISPATCH, cast.district_dispatcher, None, {"body": cast.urban}),
        (Verb.SIGN, cast.handler, None, {}),
        (Verb.NOTE, cast.handler, None, {"note": "等配件", "progress": "已到现场查看。"}),
        (Verb.REPORT, cast.handler, None, {"result": "已修", "reply": REPLY, "solved": True}),
        (Verb.CHECK, cast.district_dispatcher, Outcome.PASSED, {}),
    ]
    for minutes, (verb, by, outcome, facts) in enumerate(steps, 1):
        advance(ref, verb, by=by, now=MONDAY + timedelta(minutes=minutes), outcome=outcome, **facts)
    return Case.objects.get(id=ref[1])


def test_an_order_becomes_a_case_and_the_city_hears_of_every_step(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(3))
    assert once(peer, MONDAY)["taken"] == 3
    appeal = Appeal.objects.get(external_number="SZ000001")
    assert (appeal.source, appeal.channel) == ("市12345", "hotline")
    assert appeal.caller_id is not None
    worked(cast, "SZ000001")
    follow()
    once(peer, MONDAY + timedelta(minutes=10))
    told = city.holding.summary()["told"]
    assert told["SZ000002"] == ["RECEIPT:10"]
    assert told["SZ000001"] == [
        "RECEIPT:10", "STATUS:20", "STATUS:30", "STATUS:40", "PROGRESS:40", "STATUS:50", "REPLY:60", "STATUS:60",
    ]  # fmt: skip
    reply = city.holding.told["SZ000001"][6]
    assert reply["replyContent"] == REPLY
    assert reply["dept"] == "城市管理局"
    assert "等配件" not in str(city.holding.told)
    assert "已修" not in str(city.holding.told)


def test_what_they_give_twice_is_one_case_and_one_letter(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.moods.set({"twice": 1.0, "shuffled": 1.0})
    city.holding.send([*orders(5), *orders(5)])
    once(peer, MONDAY)
    once(peer, MONDAY + timedelta(minutes=1))
    assert Incoming.objects.count() == 5
    assert Case.objects.count() == 5


def test_the_ledger_names_the_system(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send(orders(1))
    once(peer, MONDAY)
    entry = Entry.objects.get()
    assert entry.actor_kind == "key"
    assert ApiKey.objects.get(pk=entry.key_id).name == "市12345"


def test_letters_about_an_order_are_steps_of_the_table(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(2))
    once(peer, MONDAY)
    later = MONDAY + timedelta(hours=1)
    worked(cast, "SZ000001")
    city.holding.send([
        dialect.about("URGE", "SZ000002", later, reason="市民又来电"),
        dialect.about("VISIT", "SZ000001", later, solved="1", satisfaction="5"),
        dialect.about("REVOKE", "SZ000002", later, reason="市民说不用了"),
    ])  # fmt: skip
    once(peer, later)
    assert the_case("SZ000002").state == "withdrawn"
    verbs = (
        Entry.objects.filter(case_id=the_case("SZ000002").id).order_by("seq").values_list("verb", flat=True)
    )
    assert list(verbs) == ["receive", "remind", "withdraw"]
    followed = Entry.objects.get(case_id=the_case("SZ000001").id, verb="follow_up")
    assert (followed.outcome, followed.facts["satisfaction"]) == ("solved", "satisfied")
    follow()
    once(peer, later)
    # What the city said itself it does not hear again.
    assert "VISIT:60" not in city.holding.summary()["told"]["SZ000001"]


def test_a_redo_sends_the_work_back(cast: Cast, city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send(orders(1))
    once(peer, MONDAY)
    worked(cast, "SZ000001")
    later = MONDAY + timedelta(hours=1)
    city.holding.send([dialect.about("BACK", "SZ000001", later, reason="灯又灭了")])
    once(peer, later)
    assert the_case("SZ000001").state == "handling"


def test_a_letter_before_its_order_waits_for_it(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send([dialect.about("URGE", "SZ000001", MONDAY, reason="快点")])
    once(peer, MONDAY)
    assert Incoming.objects.get().state == InState.WAITING
    city.holding.send(orders(1))
    once(peer, MONDAY + timedelta(minutes=2))
    assert set(Incoming.objects.values_list("state", flat=True)) == {InState.TAKEN.value}
    assert Entry.objects.filter(verb="remind").count() == 1


def test_an_urge_that_a_withdrawal_overtook_needs_nobody(city: City, peer: OpenPeer, orders: Orders) -> None:
    withdrawn = dialect.about("REVOKE", "SZ000001", MONDAY, reason="市民撤回")
    city.holding.send([*orders(1), withdrawn, dialect.about("URGE", "SZ000001", MONDAY, reason="又来电")])
    once(peer, MONDAY)
    assert set(Incoming.objects.values_list("state", flat=True)) == {InState.TAKEN.value}
    assert list(Entry.objects.order_by("seq").values_list("verb", flat=True)) == ["receive", "withdraw"]


def test_a_system_whose_secret_does_not_open_holds_up_no_other(
    peer: OpenPeer, caplog: pytest.LogCaptureFixture
) -> None:
    by, lost = system(DISTRICT, "高敏"), Peer.objects.get(pk=peer.id)
    lost.pk, lost.code, lost.secret_sealed = None, "lost", b"sealed by another key ring"
    lost.save(force_insert=True)
    put_map(by, "lost", dialect.the_map(), "初版", MONDAY)
    switch(by, "lost", True, "联调通过", MONDAY)
    for _look in range(2):
        forget(DISTRICT)
        assert [one.code for one in open_peers(DISTRICT)] == ["city"]
    assert caplog.text.count("lost rests") == 1


def test_a_letter_whose_order_never_comes_is_left_to_a_person(city: City, peer: OpenPeer) -> None:
    city.holding.send([dialect.about("URGE", "SZ000009", MONDAY)])
    for hours in range(40):
        once(peer, MONDAY + timedelta(hours=hours))
    row = Incoming.objects.get()
    assert (row.state, row.reason) == (InState.PERSON.value, "还没有收到这一单")


def test_an_order_that_changed_is_a_note_and_no_second_case(
    city: City, peer: OpenPeer, orders: Orders
) -> None:
    first = orders(1)[0]
    city.holding.send([first])
    once(peer, MONDAY)
    city.holding.send([{**first, "address": "青石街道8号后门", "linkPhone": "13900009999"}])
    once(peer, MONDAY + timedelta(minutes=2))
    assert Case.objects.count() == 1
    note = Statement.objects.get(name="note")
    assert "地点：青石街道8号后门" in note.text
    assert "13900009999" not in note.text
    assert not note.public


def test_what_is_not_mapped_waits_for_a_person_who_mends_it(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    one = {**orders(1)[0], "appealType": "诉愿"}
    city.holding.send([one, *orders(1, first=2)])
    once(peer, MONDAY)
    assert Case.objects.count() == 1
    row = Incoming.objects.get(state=InState.PERSON)
    assert row.reason == "诉求类型：“诉愿”没有对应。"
    with pytest.raises(Denied):
        mend(cast.handler, Way.IN, row.id, {"appealType": "投诉"}, "笔误", MONDAY)
    with pytest.raises(Invalid):
        mend(cast.administrator, Way.IN, row.id, {"appealType": "投诉"}, "", MONDAY)
    mend(cast.administrator, Way.IN, row.id, {"appealType": "投诉"}, "对方新增的类型", MONDAY)
    once(peer, MONDAY + timedelta(minutes=1))
    assert Appeal.objects.get(external_number="SZ000001").kind == "complaint"
    mending = Mending.objects.get()
    assert (mending.by, mending.fields, mending.why) == ("高敏", ["appealType"], "对方新增的类型")
    with pytest.raises(Conflict):
        mend(cast.administrator, Way.IN, row.id, {"appealType": "举报"}, "再改", MONDAY)


def test_a_changed_schema_or_rubbish_loses_nothing(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send(orders(3))
    city.moods.set({"schema": 1.0})
    once(peer, MONDAY)
    assert "结构变了" in Health.objects.get().ask_error
    city.moods.set({"rubbish": 1.0})
    once(peer, MONDAY + timedelta(minutes=10))
    city.moods.set({})
    once(peer, MONDAY + timedelta(hours=1))
    assert Case.objects.count() == 3


def test_a_letter_without_a_number_is_kept_for_a_person(city: City, peer: OpenPeer, orders: Orders) -> None:
    one = orders(1)[0]
    del one["orderNo"]
    city.holding.send([one])
    # The stand-in's own list needs a number; the letter is what counts here.
    once(peer, MONDAY)
    assert Incoming.objects.get().state == InState.PERSON


def test_a_refused_letter_is_dead_at_once_and_holds_back_only_its_own_case(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(2))
    once(peer, MONDAY)
    follow()
    city.moods.set({"refuse": 1.0})
    once(peer, MONDAY + timedelta(minutes=1))
    assert set(Outgoing.objects.values_list("state", flat=True)) == {OutState.DEAD.value}
    assert "内容不合要求" in Outgoing.objects.order_by("id")[0].error
    city.moods.set({})
    worked(cast, "SZ000001")
    follow()
    once(peer, MONDAY + timedelta(minutes=20))
    assert city.holding.summary()["told"] == {}
    dead = Outgoing.objects.get(state="dead", number="SZ000001")
    mend(cast.administrator, Way.OUT, dead.id, {"receiptNo": "改过的"}, "对方要求", MONDAY)
    assert drop(cast.administrator, Way.OUT, [Outgoing.objects.get(state="dead").id], "对方已知", MONDAY) == 1
    once(peer, MONDAY + timedelta(minutes=30))
    told = city.holding.summary()["told"]
    assert told["SZ000001"][0] == "RECEIPT:10"
    assert city.holding.told["SZ000001"][0]["receiptNo"] == "改过的"
    assert "SZ000002" not in told


def test_an_outage_costs_no_letter_a_try_and_ends_by_itself(
    city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(3))
    once(peer, MONDAY)
    follow()
    city.moods.set({"cut": 1.0})
    for minutes in range(1, 120):
        once(peer, MONDAY + timedelta(minutes=minutes), most=3)
    assert set(Outgoing.objects.values_list("tries", flat=True)) == {0}
    assert Health.objects.get().ask_failures > 3
    city.moods.set({})
    once(peer, MONDAY + timedelta(hours=3))
    once(peer, MONDAY + timedelta(hours=3))
    assert len(city.holding.summary()["told"]) == 3
    assert Health.objects.get().ask_failures == 0


def test_what_asks_for_time_is_given_it(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.moods.set({"busy": 1.0})
    once(peer, MONDAY)
    assert Health.objects.get().ask_rests_until == MONDAY + timedelta(seconds=1)


def test_a_lost_acknowledgement_is_told_again_and_counted_once(
    city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(2))
    once(peer, MONDAY)
    follow()
    city.moods.set({"lost": 1.0})
    once(peer, MONDAY + timedelta(minutes=1))
    city.moods.set({})
    once(peer, MONDAY + timedelta(hours=1))
    held = city.holding.summary()
    assert held["again"] >= 1
    assert held["told"] == {"SZ000001": ["RECEIPT:10"], "SZ000002": ["RECEIPT:10"]}


def test_the_caller_goes_back_only_where_the_mapping_says_so(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(1))
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY + timedelta(minutes=1))
    assert "linkPhone" not in city.holding.told["SZ000001"][0]
    assert not Viewing.objects.exists()


def test_resending_all_dead_letters_of_a_system(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(4))
    once(peer, MONDAY)
    follow()
    city.moods.set({"refuse": 1.0})
    once(peer, MONDAY)
    city.moods.set({})
    assert resend(cast.administrator, Way.OUT, MONDAY, peer_id=peer.id) == 4
    once(peer, MONDAY)
    assert len(city.holding.summary()["told"]) == 4


def test_a_reaction_told_twice_queues_once(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send(orders(2))
    once(peer, MONDAY)
    follow()
    follow()
    assert Outgoing.objects.count() == 2
