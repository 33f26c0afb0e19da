"""One alarm: its card, its case, its first ring, what follows when people answer, and when nobody does."""

import pytest

from huying.cases.models import Case, Statement
from huying.emergency.actions import (
    answer,
    arrive,
    leave,
    look,
    open_card,
    report_position,
    rest,
    stand_down,
    take_over,
)
from huying.emergency.models import Alert, Mark, Responder
from huying.emergency.queries import card_for
from huying.emergency.queries.links import link_of
from huying.emergency.rules.hours import Hours
from huying.emergency.rules.kinds import Answer, Source
from huying.emergency.tasks import clear_positions
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Conflict, Invalid
from huying.notices.models import Notice
from huying.people.models import Post
from huying.teams.actions import CellEdit, NewMember, create_post, ensure_member, put_cells, put_turn
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyRole
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY
from tests.emergency.conftest import SPOT, Ground, after, alarm
from tests.teams.conftest import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_alarm_opens_a_card_on_an_urgent_case_and_alerts_the_nearest(ground: Ground) -> None:
    for name, metres in (("近", 100), ("中", 200), ("远", 390), ("圈外", 900)):
        ground.stand(name, metres)
    ground.stand("会灭火", 50, "fire")
    opened = open_card(ground.cast.seat, alarm(words="老人晕倒"), MONDAY)
    assert opened.is_new
    assert opened.alerted == 3
    alerts = ground.alerts(opened.id)
    assert list(alerts) == ["近", "中", "远"]
    assert [row.metres for row in alerts.values()] == [100, 200, 390]
    case = Case.objects.get(district=DISTRICT, id=opened.case_id)
    assert (case.urgency, case.area, case.channel) == (3, GRID, "hotline")
    assert "老人晕倒" in case.title
    notes = Statement.objects.filter(district=DISTRICT, case_id=opened.case_id, name="note", public=False)
    assert [
        text for text in notes.values_list("text", flat=True) if "发起应急（急病），首圈告警 3 人" in text
    ]
    assert ground.said(opened.id) == ["opened", "ring"]


def test_each_alerted_gets_one_message_with_a_link_of_their_own(ground: Ground) -> None:
    ground.stand("近", 100)
    ground.stand("中", 200)
    opened = open_card(ground.cast.seat, alarm(place_text="春风路 12 号"), MONDAY)
    sent = list(Notice.objects.filter(district=DISTRICT, way="sms", occasion="respond"))
    assert len(sent) == 2
    assert all(one.urgent and one.next_at == MONDAY and one.phone_sealed for one in sent)
    links = {link_of(DISTRICT, row.id) for row in ground.alerts(opened.id).values()}
    assert {one.link.rsplit("/", 1)[1] for one in sent} == links
    assert all("春风路 12 号" in one.text and one.link in one.text for one in sent)


def test_who_leads_nearby_is_told_in_their_pages_and_whoever_opened_it_is_not(ground: Ground) -> None:
    open_card(ground.folk.actor(ground.folk.dispatcher), alarm(), MONDAY)
    told = Notice.objects.filter(district=DISTRICT, occasion="emergency", way="page")
    assert set(told.values_list("account_id", flat=True)) == {ground.folk.leader}


def test_the_same_form_sent_twice_is_one_card(ground: Ground) -> None:
    ground.stand("近", 100)
    first = open_card(ground.cast.seat, alarm(), MONDAY)
    again = open_card(ground.cast.seat, alarm(), after(2))
    assert (again.id, again.is_new, again.alerted) == (first.id, False, 1)
    assert Alert.objects.count() == 1
    assert Case.objects.count() == 1


def test_a_device_that_repeats_its_alarm_is_heard_once_and_noted(ground: Ground) -> None:
    said = alarm(source=Source.DEVICE, device="SOS-1", key="press")
    first = open_card(ground.cast.seat, said, MONDAY)
    again = open_card(ground.cast.seat, said, after(60))
    assert again.id == first.id
    assert ground.said(first.id).count("again") == 1
    stand_down(ground.cast.district_dispatcher, first.id, "误报", after(90))
    within = open_card(ground.cast.seat, said, after(60 + 500))
    assert within.id == first.id
    later = open_card(ground.cast.seat, said, after(60 + 500 + 601))
    assert later.is_new
    assert later.case_id != first.case_id


def test_two_buttons_on_one_case_open_one_card(ground: Ground) -> None:
    first = open_card(ground.cast.seat, alarm(), MONDAY)
    again = open_card(
        ground.cast.district_dispatcher,
        alarm(key="other", case_id=first.case_id, lon=None, lat=None),
        after(5),
    )
    assert again.id == first.id


def test_a_card_of_a_case_stands_where_the_case_lies(ground: Ground) -> None:
    ground.stand("近", 100)
    first = open_card(ground.cast.seat, alarm(), MONDAY)
    stand_down(ground.cast.district_dispatcher, first.id, "误报", after(1))
    second = open_card(
        ground.cast.seat,
        alarm(key="k-2", case_id=first.case_id, lon=None, lat=None, source=Source.CASE),
        after(2),
    )
    assert second.alerted == 1
    assert (ground.card(second.id).lon, ground.card(second.id).lat) == SPOT


def test_a_position_in_another_datum_is_the_same_place(ground: Ground) -> None:
    ground.stand("近", 100)
    lon, lat = convert(*SPOT, Datum.CGCS2000, Datum.GCJ02)
    assert abs(lon - SPOT[0]) > 1e-3
    opened = open_card(ground.cast.seat, alarm(lon=lon, lat=lat, datum="gcj02"), MONDAY)
    assert ground.alerts(opened.id)["近"].metres == 100


@pytest.mark.parametrize(
    ("lon", "lat", "datum"),
    [
        (120.0, 30.0, "wgs84"),
        (999.0, 22.0, "wgs84"),
        (float("nan"), 22.0, "wgs84"),
        (114.005, 22.005, "mars"),
    ],
)
def test_a_position_that_cannot_be_costs_no_alarm(ground: Ground, lon: float, lat: float, datum: str) -> None:
    ground.stand("近", 100)
    opened = open_card(ground.cast.seat, alarm(lon=lon, lat=lat, datum=datum), MONDAY)
    card = ground.card(opened.id)
    assert (card.lon, card.area, opened.alerted) == (None, str(DISTRICT), 0)
    first = Mark.objects.filter(district=DISTRICT, emergency_id=card.id).order_by("id").first()
    assert first is not None
    assert datum in first.facts["dropped"]
    assert ground.said(card.id) == ["opened", "nobody", "nobody"]


def test_enough_that_can_go_end_the_rings_and_the_next_is_thanked(ground: Ground) -> None:
    for name, metres in (("甲", 100), ("乙", 200), ("丙", 300)):
        ground.stand(name, metres)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    alerts = ground.alerts(opened.id)
    assert answer(DISTRICT, alerts["甲"].id, Answer.ACCEPTED, after(8)).answer is Answer.ACCEPTED
    assert answer(DISTRICT, alerts["甲"].id, Answer.ACCEPTED, after(9)).answer is Answer.ACCEPTED
    assert answer(DISTRICT, alerts["乙"].id, Answer.ACCEPTED, after(12)).answer is Answer.ACCEPTED
    assert answer(DISTRICT, alerts["丙"].id, Answer.ACCEPTED, after(15)).answer is Answer.NOT_NEEDED
    assert ground.card(opened.id).next_at is None
    assert look(after(1000)) == 0
    assert ground.said(opened.id) == ["opened", "ring", "accepted", "accepted", "enough", "not_needed"]
    arrive(DISTRICT, alerts["乙"].id, after(200))
    arrive(DISTRICT, alerts["乙"].id, after(260))
    line = card_for(ground.cast.system, opened.id).line
    assert (line.accepted, line.arrived, line.first_yes, line.first_there) == (2, 1, 8, 200)


def test_silence_widens_the_rings_in_their_time_and_nobody_is_called_twice(ground: Ground) -> None:
    for name, metres in (("甲", 100), ("乙", 700), ("丙", 2000)):
        ground.stand(name, metres)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    assert look(after(29)) == 0
    assert look(after(30)) == 1
    assert list(ground.alerts(opened.id)) == ["甲", "乙"]
    assert look(after(31)) == 0
    assert look(after(75)) == 1
    assert {name: row.ring for name, row in ground.alerts(opened.id).items()} == {"甲": 1, "乙": 2, "丙": 3}


def test_a_ring_without_anybody_is_passed_over_at_once(ground: Ground) -> None:
    ground.stand("远", 900)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    assert opened.alerted == 1
    assert ground.said(opened.id) == ["opened", "nobody", "ring"]


def test_when_all_who_were_asked_cannot_the_next_ring_does_not_wait(ground: Ground) -> None:
    ground.stand("甲", 100)
    ground.stand("乙", 700)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    answer(DISTRICT, ground.alerts(opened.id)["甲"].id, Answer.DECLINED, after(5))
    assert list(ground.alerts(opened.id)) == ["甲", "乙"]


def test_with_nobody_registered_those_who_lead_are_asked_at_once_level_by_level(ground: Ground) -> None:
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    assert ground.said(opened.id) == ["opened", "nobody", "nobody", "nobody", "handed"]
    asked = Notice.objects.filter(district=DISTRICT, occasion="handed_over", way="page")
    assert set(asked.values_list("account_id", flat=True)) == {ground.folk.dispatcher, ground.folk.leader}
    take_over(ground.folk.actor(ground.folk.leader), opened.id, after(20))
    assert look(after(500)) == 0
    with pytest.raises(Conflict):
        take_over(ground.folk.actor(ground.folk.dispatcher), opened.id, after(30))


def test_who_is_on_duty_gets_a_message_before_the_wider_level(ground: Ground) -> None:
    by = ground.cast.system
    ensure_member(by, NewMember("值班员", COMMUNITY, "13811112222"), MONDAY)
    post = create_post(by, COMMUNITY, "老渡社区值班室", MONDAY)
    turn = put_turn(by, post, DAY, MONDAY)
    put_cells(by, post, [CellEdit(Cell(turn, MONDAY.date(), DutyRole.OFFICER), "值班员")], MONDAY)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    sms = Notice.objects.filter(district=DISTRICT, occasion="handed_over", way="sms")
    assert sms.count() == 1
    assert "接手" in sms.get().text
    assert not Notice.objects.filter(district=DISTRICT, occasion="handed_over", way="page").exists()
    assert look(after(60)) == 1
    asked = Notice.objects.filter(district=DISTRICT, occasion="handed_over", way="page")
    assert set(asked.values_list("account_id", flat=True)) == {ground.folk.dispatcher, ground.folk.leader}
    assert ground.said(opened.id).count("handed") == 2


def test_where_nobody_at_all_could_be_told_the_card_says_so(ground: Ground) -> None:
    Post.objects.all().delete()
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    last = Mark.objects.filter(district=DISTRICT, emergency_id=opened.id).order_by("-id").first()
    assert last is not None
    assert (last.kind, last.facts) == ("nobody", {"why": "duty"})


def test_who_leaves_the_register_in_between_is_counted_on_no_more(ground: Ground) -> None:
    ground.stand("甲", 100)
    ground.stand("乙", 200)
    ground.stand("丙", 700)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    alerts = ground.alerts(opened.id)
    answer(DISTRICT, alerts["甲"].id, Answer.ACCEPTED, after(5))
    answer(DISTRICT, alerts["乙"].id, Answer.ACCEPTED, after(6))
    leave(ground.cast.system, ground.people["甲"], after(10))
    assert "丙" in ground.alerts(opened.id)
    with pytest.raises(Conflict):
        answer(DISTRICT, alerts["甲"].id, Answer.ACCEPTED, after(12))
    assert card_for(ground.cast.system, opened.id).line.accepted == 1


def test_who_cannot_after_all_is_replaced(ground: Ground) -> None:
    ground.stand("甲", 100)
    ground.stand("乙", 700)
    opened = open_card(ground.cast.seat, alarm("lift", key="lift"), MONDAY)
    assert opened.alerted == 0
    ground.stand("电工", 300, "lift")
    second = open_card(ground.cast.seat, alarm("lift", key="lift-2"), after(1))
    ground.stand("电工二", 800, "lift")
    answer(DISTRICT, ground.alerts(second.id)["电工"].id, Answer.ACCEPTED, after(3))
    assert answer(DISTRICT, ground.alerts(second.id)["电工"].id, Answer.LEFT, after(9)).answer is Answer.LEFT
    assert "电工二" in ground.alerts(second.id)


def test_who_rests_or_is_off_is_not_woken(ground: Ground) -> None:
    ground.stand("休息的", 50)
    rest(DISTRICT, ground.people["休息的"], True, MONDAY)
    ground.stand("周末的", 60, hours=Hours("67"))
    ground.stand("在的", 70)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    assert list(ground.alerts(opened.id)) == ["在的"]


def test_a_reported_position_counts_for_two_hours_and_no_longer(ground: Ground) -> None:
    ground.stand("走动的", 3000)
    Responder.objects.filter(district=DISTRICT).update(now_lon=SPOT[0], now_lat=SPOT[1], now_at=MONDAY)
    near = open_card(ground.cast.seat, alarm(), after(60))
    assert ground.alerts(near.id)["走动的"].reported
    stand_down(ground.cast.district_dispatcher, near.id, "误报", after(70))
    late = open_card(ground.cast.seat, alarm(key="k-2"), after(7200))
    assert late.alerted == 0
    assert clear_positions(DISTRICT, after(7200)) == 1
    assert Responder.objects.get(district=DISTRICT).now_lon is None


def test_a_position_is_told_when_pressed_and_refused_after_the_end(ground: Ground) -> None:
    ground.stand("甲", 300)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    row = ground.alerts(opened.id)["甲"]
    assert report_position(DISTRICT, row.id, *SPOT, after(20)) == 0
    with pytest.raises(Invalid):
        report_position(DISTRICT, row.id, float("nan"), 22.0, after(21))
    stand_down(ground.cast.district_dispatcher, opened.id, "已送医", after(60))
    with pytest.raises(Conflict):
        report_position(DISTRICT, row.id, *SPOT, after(70))
