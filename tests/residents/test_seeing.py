"""Every look is written down; what is shown is masked by the post of who looks."""

from datetime import timedelta

import pytest

from huying.devices.actions import Given, keep
from huying.devices.actions import make as make_device
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.emergency.models import Emergency
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.models import Viewing
from huying.residents.actions import (
    NewGround,
    add_ground,
    find,
    guard,
    mark,
    put_contact,
    see_card,
    see_list,
    see_whole,
    unguard,
)
from huying.residents.queries import Asked, guarded_at
from huying.residents.rules.kinds import Purpose
from tests.cast import DISTRICT, MONDAY
from tests.residents.conftest import NUMBER, SPOT, Homes, viewed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_card_is_masked_and_its_viewing_written_down(homes: Homes) -> None:
    number = homes.live(phone="13800001111", id_number=NUMBER, note="听力不好")
    put_contact(homes.cast.system, number, "李小红", "女儿", "13900002222", MONDAY)
    card = see_card(homes.cast.grid_worker, number, MONDAY)
    assert (card.line.name, card.phone, card.id_number, card.has_note) == (
        "王**", "138****1111", "110101********0021", True,
    )  # fmt: skip
    assert [(one.name, one.phone) for one in card.contacts] == [("李**", "139****2222")]
    row = Viewing.objects.get()
    assert (row.kind, row.what, row.actor_name) == ("view", f"住户 #{number} 王**", "王秀英")
    with pytest.raises(NotFound):
        see_card(homes.cast.other_dispatcher, number, MONDAY)
    with pytest.raises(Denied):
        see_card(homes.cast.seat, number, MONDAY)
    assert len(viewed()) == 1


def test_whole_data_ask_for_a_post_and_a_reason(homes: Homes) -> None:
    number = homes.live(phone="13800001111", note="听力不好")
    with pytest.raises(Denied):
        see_whole(homes.cast.leader, number, "看看", MONDAY)
    with pytest.raises(Invalid):
        see_whole(homes.cast.grid_worker, number, " ", MONDAY)
    assert viewed("unmask") == []
    told = see_whole(homes.cast.grid_worker, number, "上门前电话联系", MONDAY)
    assert (told.name, told.phone, told.note) == ("王桂英", "13800001111", "听力不好")
    row = Viewing.objects.get()
    assert (row.kind, row.reason) == ("unmask", "上门前电话联系")


def test_what_tells_of_health_is_hidden_from_who_sees_no_whole_data(homes: Homes) -> None:
    number = homes.live(kind="dementia")
    mark(homes.cast.system, number, "empty_nest", None, "", MONDAY)
    (mine,) = see_list(homes.cast.grid_worker, Asked(key=True), MONDAY)
    assert [one.name for one in mine.labels] == ["失智失能老人", "空巢和留守老人"]
    (theirs,) = see_list(homes.cast.leader, Asked(key=True), MONDAY)
    assert [one.name for one in theirs.labels] == ["（不显示）", "空巢和留守老人"]
    assert len(viewed("view")) == 2


def test_the_list_is_narrowed_and_costs_the_same_for_many(
    homes: Homes, django_assert_max_num_queries: object
) -> None:
    homes.live()
    homes.live("李四", kind="")
    homes.live("赵六", kind="empty_nest")
    by = homes.cast.grid_worker

    def ids(**asked: object) -> list[int]:
        return [one.id for one in see_list(by, Asked(**asked), MONDAY)]  # type: ignore[arg-type]

    assert ids() == homes.people
    assert ids(key=True) == [homes.people[0], homes.people[2]]
    assert ids(kind="empty_nest") == [homes.people[2]]
    assert ids(word="春风") == homes.people
    assert ids(word="秋风") == []
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        see_list(by, Asked(), MONDAY)


def test_a_number_finds_whom_it_belongs_to_within_the_area(homes: Homes) -> None:
    number = homes.live(phone="13800001111", id_number=NUMBER)
    assert [one.id for one in find(homes.cast.grid_worker, "138-0000-1111", MONDAY)] == [number]
    assert [one.id for one in find(homes.cast.grid_worker, NUMBER.lower(), MONDAY)] == [number]
    assert find(homes.cast.other_dispatcher, NUMBER, MONDAY) == []
    assert viewed("search") == [
        "住户：按电话，找到 1 人", "住户：按身份证号，找到 1 人", "住户：按身份证号，找到 0 人",
    ]  # fmt: skip
    with pytest.raises(Invalid):
        find(homes.cast.grid_worker, "王桂英", MONDAY)


def test_a_press_of_the_button_opens_the_persons_card_for_who_leads(homes: Homes) -> None:
    number, cast = homes.live(phone="13800001111"), homes.cast
    device = NewDevice(code="SOS-1", kind=DeviceKind.SOS, name="一键呼叫", lon=SPOT[0], lat=SPOT[1])
    make_device(cast.administrator, device, MONDAY)
    with pytest.raises(Conflict):
        guard(cast.grid_worker, number, "SOS-1", MONDAY)
    add_ground(cast.grid_worker, number, NewGround(purpose=Purpose.GUARD), MONDAY)
    with pytest.raises(Invalid):
        guard(cast.grid_worker, number, "SOS-2", MONDAY)
    guarding = guard(cast.grid_worker, number, "SOS-1", MONDAY)
    assert guard(cast.grid_worker, number, "SOS-1", MONDAY) == guarding
    message = {"device": "SOS-1", "at": MONDAY.isoformat(), "alarm": "sos"}
    (kept,) = keep(cast.system, [Given(message)], MONDAY)
    assert kept.emergency_id is not None
    card = kept.emergency_id
    # A seat leads alarms of the whole district and has no post in the register.
    (seen,) = guarded_at(cast.seat, card, MONDAY)
    assert (seen.person_id, seen.name, seen.where) == (number, "王**", "春风小区3栋 101")
    assert see_card(cast.seat, number, MONDAY, card).line.id == number
    assert see_whole(cast.seat, number, "应急处置", MONDAY, card).phone == "13800001111"
    assert f"应急卡 {card}" in set(Viewing.objects.values_list("reason", flat=True))
    with pytest.raises((Denied, NotFound)):
        see_card(cast.handler, number, MONDAY, card)
    assert guarded_at(cast.other_dispatcher, card, MONDAY) == []
    Emergency.objects.filter(district=DISTRICT).update(over_at=MONDAY + timedelta(minutes=9), next_at=None)
    with pytest.raises(Denied):
        see_card(cast.seat, number, MONDAY, card)
    assert guarded_at(cast.seat, card, MONDAY) == []
    unguard(cast.grid_worker, number, guarding, MONDAY)
    assert guarded_at(cast.grid_worker, card, MONDAY) == []
