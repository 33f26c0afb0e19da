"""服务点单: asked, arranged, done, reviewed; taken back, called off, reminded; and who asked goes in time."""

import uuid
from datetime import date, time, timedelta

import pytest

from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.notices.models import Notice
from huying.people.models import Viewing
from huying.services.actions import (
    Arrangement,
    arrange,
    call_off,
    cancel_own,
    cancel_slot,
    clear_asks,
    end_service,
    except_days,
    finish,
    look_at,
    offer,
    open_slots,
    rate,
    remind_due,
)
from huying.services.models import Ask, Service, Slot
from huying.services.queries import (
    SoughtAsks,
    ask_for,
    asks_for,
    link_of,
    own_ask,
    service_of,
    services_for,
    slots_of,
    states_for,
)
from huying.services.rules.entries import NewException
from huying.services.rules.kinds import AskState
from huying.services.rules.slots import NewService, Pattern
from huying.texts.rules.occasions import Occasion
from tests.cast import COMMUNITY, DISTRICT, MONDAY
from tests.services.conftest import NEXT, NEXT_DAY, Town, after

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def texted() -> list[str]:
    rows = Notice.objects.filter(phone_sealed__isnull=False).order_by("id")
    return list(rows.values_list("occasion", flat=True))


def test_a_place_is_asked_for_arranged_done_and_reviewed(town: Town) -> None:
    service = town.serve()
    slot = town.slots(service)[0]
    made = town.ask(service, slot, words="要轮椅")
    assert (made.state, made.fresh) == (AskState.ASKED, True)
    by = town.cast.dispatcher
    (listed,) = asks_for(by)
    assert (listed.name, listed.phone, listed.starts_at) == ("居**", "138****0001", NEXT)
    arrange(by, made.id, Arrangement(slot, None, "王秀英", "带换洗衣物"), after(hours=1))
    link = link_of(DISTRICT, made.id)
    held = own_ask(link, after(hours=2))
    assert (held.state, held.told, held.words, held.may_cancel, held.may_rate) == (
        AskState.ARRANGED, "带换洗衣物", "要轮椅", True, False,
    )  # fmt: skip
    with pytest.raises(Conflict):
        finish(by, made.id, True, NEXT - timedelta(minutes=1))
    finish(by, made.id, True, NEXT + timedelta(hours=1))
    finish(by, made.id, True, NEXT + timedelta(hours=2))
    with pytest.raises(Invalid):
        rate(DISTRICT, made.id, 0, "", NEXT)
    rate(DISTRICT, made.id, 5, "很周到", NEXT + timedelta(hours=3))
    with pytest.raises(Conflict):
        rate(DISTRICT, made.id, 1, "", NEXT + timedelta(hours=4))
    assert own_ask(link, NEXT).review == "很周到"
    assert states_for(by) == {AskState.DONE: 1}
    assert texted() == [Occasion.SERVICE_ARRANGED.value]


def test_a_slot_holds_no_more_than_it_holds(town: Town) -> None:
    service = town.serve(capacity=2)
    slot = town.slots(service)[0]
    town.ask(service, slot, 1)
    town.ask(service, slot, 2)
    with pytest.raises(Conflict):
        town.ask(service, slot, 3)
    assert Slot.objects.get(id=slot).taken == 2
    assert Ask.objects.count() == 2


def test_the_same_form_is_one_ask_and_the_same_number_one_place(town: Town) -> None:
    service, key = town.serve(capacity=5), uuid.uuid4()
    slot, other = town.slots(service)
    first = town.ask(service, slot, key=key)
    again = town.ask(service, slot, key=key)
    assert (again.id, again.number, again.fresh) == (first.id, first.number, False)
    with pytest.raises(Conflict):
        town.ask(service, slot)
    town.ask(service, other)
    assert [Slot.objects.get(id=one).taken for one in (slot, other)] == [1, 1]


def test_who_has_too_much_waiting_asks_no_more(town: Town) -> None:
    service = town.serve()
    for _ in range(5):
        town.ask(service)
    with pytest.raises(Conflict):
        town.ask(service)
    town.ask(service, None, 2)


def test_what_a_resident_takes_back_is_anothers_place(town: Town) -> None:
    service = town.serve(capacity=1)
    slot = town.slots(service)[0]
    made = town.ask(service, slot)
    with pytest.raises(Conflict):
        cancel_own(DISTRICT, made.id, NEXT)
    cancel_own(DISTRICT, made.id, after(hours=1))
    cancel_own(DISTRICT, made.id, after(hours=2))
    assert (town.row(made.id).state, town.row(made.id).by_resident, Slot.objects.get(id=slot).taken) == (
        "cancelled", True, 0,
    )  # fmt: skip
    town.ask(service, slot, 2)
    with pytest.raises(Conflict):
        arrange(town.cast.dispatcher, made.id, Arrangement(slot), after(hours=3))


def test_moved_to_another_slot_the_old_place_is_free(town: Town) -> None:
    service, by = town.serve(capacity=1), town.cast.dispatcher
    nine, ten = town.slots(service)
    made, other = town.ask(service, nine, 1), town.ask(service, ten, 2)
    with pytest.raises(Conflict):
        arrange(by, made.id, Arrangement(ten), after(hours=1))
    assert [Slot.objects.get(id=one).taken for one in (nine, ten)] == [1, 1]
    call_off(by, other.id, "设备检修", after(hours=1))
    arrange(by, made.id, Arrangement(ten), after(hours=2))
    assert [Slot.objects.get(id=one).taken for one in (nine, ten)] == [0, 1]
    own = NEXT + timedelta(days=1)
    arrange(by, made.id, Arrangement(None, own), after(hours=3))
    assert [Slot.objects.get(id=one).taken for one in (nine, ten)] == [0, 0]
    assert town.row(made.id).starts_at == own
    with pytest.raises(Invalid):
        arrange(by, made.id, Arrangement(None, MONDAY - timedelta(days=1)), after(hours=3))


def test_a_service_without_arranging_is_had_at_once_and_needs_a_slot(town: Town) -> None:
    service = town.serve(confirms=False)
    with pytest.raises(Invalid):
        town.ask(service)
    made = town.ask(service, town.slots(service)[0])
    assert made.state is AskState.ARRANGED
    assert texted() == [Occasion.SERVICE_ARRANGED.value]


def test_a_slot_taken_back_leaves_its_people_waiting_and_told(town: Town) -> None:
    service, by = town.serve(), town.cast.dispatcher
    slot = town.slots(service)[0]
    made = town.ask(service, slot)
    arrange(by, made.id, Arrangement(slot, worker="王秀英"), after(hours=1))
    assert cancel_slot(by, service, slot, after(hours=2)) == 1
    assert cancel_slot(by, service, slot, after(hours=3)) == 0
    row = town.row(made.id)
    assert (row.state, row.slot_id, row.starts_at) == ("asked", None, None)
    assert texted()[-1] == Occasion.SERVICE_OFF.value
    with pytest.raises(Conflict):
        town.ask(service, slot, 2)
    pattern = Pattern(NEXT_DAY, NEXT_DAY, frozenset({0}), (time(9),), 1)
    assert open_slots(by, service, pattern, after(hours=4)) == 1


def test_it_is_asked_for_ahead_and_only_while_it_is_offered(town: Town) -> None:
    service = town.serve(notice=24)
    slot = town.slots(service)[0]
    offered = service_of(DISTRICT, service).service
    assert len(slots_of(DISTRICT, offered, NEXT - timedelta(hours=24))) == 2
    assert slots_of(DISTRICT, offered, NEXT - timedelta(hours=20)) == []
    with pytest.raises(Conflict):
        town.ask(service, slot, at=NEXT - timedelta(hours=20))
    end_service(town.cast.dispatcher, service, MONDAY)
    with pytest.raises(NotFound):
        town.ask(service, slot)


def test_what_is_wrong_is_named_and_takes_no_place(town: Town) -> None:
    service = town.serve(at_home=True)
    slot = town.slots(service)[0]
    for wrong, field in (
        ({"phone": "12"}, "phone"), ({"name": " "}, "name"), ({"address": "长" * 121}, "address"), ({}, "address"),
        ({"address": "春风路 1 号", "community": "990101999999"}, "community"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            town.ask(service, slot, **wrong)
        assert field in refused.value.fields
    assert (Slot.objects.get(id=slot).taken, Ask.objects.count()) == (0, 0)


def test_only_who_runs_the_centre_sees_and_does(town: Town) -> None:
    service = town.serve()
    made = town.ask(service, town.slots(service)[0])
    cast = town.cast
    before = list(Ask.objects.values()), list(Slot.objects.values()), list(Service.objects.values())
    acts = (
        lambda by: arrange(by, made.id, Arrangement(None, NEXT), MONDAY), lambda by: finish(by, made.id, True, NEXT),
        lambda by: call_off(by, made.id, "不办", MONDAY), lambda by: look_at(by, made.id, MONDAY),
        lambda by: cancel_slot(by, service, town.slots(service)[0], MONDAY),
        lambda by: end_service(by, service, MONDAY),
        lambda by: offer(by, town.ids["老渡中心"], NewService(name="又一项"), MONDAY),
    )  # fmt: skip
    for act in acts:
        for by, error in (
            (cast.other_dispatcher, NotFound),
            (cast.seat, Denied),
            (cast.administrator, Denied),
        ):
            with pytest.raises(error):
                act(by)
    assert asks_for(cast.other_dispatcher) == []
    assert services_for(cast.other_dispatcher) == []
    with pytest.raises(NotFound):
        ask_for(cast.other_dispatcher, made.id)
    with pytest.raises(Denied):
        asks_for(cast.leader)
    assert (list(Ask.objects.values()), list(Slot.objects.values()), list(Service.objects.values())) == before
    assert not Viewing.objects.exists()


def test_who_asked_is_seen_whole_only_with_a_line_in_the_audit(town: Town) -> None:
    service = town.serve()
    made = town.ask(service, words="要轮椅")
    seen = look_at(town.cast.dispatcher, made.id, after(hours=1))
    assert (seen.name, seen.phone, seen.words) == ("居民1", "13800000001", "要轮椅")
    line = Viewing.objects.get()
    assert (line.actor_name, made.number in line.what, line.caller_id) == (
        "陈建国",
        True,
        town.row(made.id).caller_id,
    )
    assert "居民1" not in str(list(Ask.objects.values()))


def test_a_reminder_comes_once_a_day_ahead(town: Town) -> None:
    service, by = town.serve(), town.cast.dispatcher
    slot = town.slots(service)[0]
    made, late = town.ask(service, slot, 1), town.ask(service, slot, 2)
    arrange(by, made.id, Arrangement(slot), after(hours=1))
    arrange(by, late.id, Arrangement(slot), NEXT - timedelta(hours=6))
    assert remind_due(DISTRICT, NEXT - timedelta(hours=25)) == 0
    # Who was told this morning needs no reminder.
    assert remind_due(DISTRICT, NEXT - timedelta(hours=5)) == 1
    assert remind_due(DISTRICT, NEXT - timedelta(hours=4)) == 0
    assert texted().count(Occasion.SERVICE_SOON.value) == 1


def test_who_asked_goes_half_a_year_after_its_end_and_the_number_stays(town: Town) -> None:
    service, by = town.serve(), town.cast.dispatcher
    made, waiting = town.ask(service, words="要轮椅"), town.ask(service, None, 2)
    call_off(by, made.id, "停水", after(hours=1))
    assert clear_asks(DISTRICT, after(days=179)) == 0
    assert clear_asks(DISTRICT, after(days=181)) == 1
    row = town.row(made.id)
    assert (row.caller_id, row.name_sealed, row.phone_sealed, row.words_sealed) == (None,) * 4
    assert (row.community, row.state) == (COMMUNITY, "cancelled")
    assert town.row(waiting.id).phone_sealed is not None
    (shown,) = asks_for(by, SoughtAsks(AskState.CANCELLED))
    assert (shown.name, shown.phone) == ("", "")


def test_slots_lie_within_the_hours_of_the_centre(town: Town) -> None:
    by, service = town.cast.dispatcher, town.serve()
    except_days(
        by, town.ids["老渡中心"], NewException(date(2026, 3, 11), date(2026, 3, 11), "", "盘点"), MONDAY
    )
    week = Pattern(
        date(2026, 3, 10), date(2026, 3, 15), frozenset(range(7)), (time(9), time(12), time(17, 30)), 3
    )
    # Tuesday, Thursday and Friday at nine; noon is shut, an hour from half past five would end after closing.
    assert open_slots(by, service, week, MONDAY) == 3
    assert open_slots(by, service, week, MONDAY) == 0
    home = offer(by, town.ids["老渡中心"], NewService(name="上门理发", at_home=True), MONDAY)
    assert open_slots(by, home, week, MONDAY) == 15
    for wrong in (
        Pattern(date(2026, 3, 1), date(2026, 3, 5), frozenset({0}), (time(9),), 1),
        Pattern(NEXT_DAY, NEXT_DAY + timedelta(days=70), frozenset({0}), (time(9),), 1),
        Pattern(NEXT_DAY, NEXT_DAY, frozenset(), (time(9),), 1), Pattern(NEXT_DAY, NEXT_DAY, frozenset({0}), (), 1),
        Pattern(NEXT_DAY, NEXT_DAY, frozenset({0}), (time(9),), 0),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            open_slots(by, service, wrong, MONDAY)


def test_a_centre_offers_a_thing_once(town: Town) -> None:
    town.serve()
    with pytest.raises(Conflict):
        offer(town.cast.dispatcher, town.ids["老渡中心"], NewService(name="助浴"), MONDAY)
