"""Leading a card to its end: handing over outside, standing down, the review, and who may do none of it."""

from dataclasses import replace

import pytest

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Entry, Statement
from huying.emergency.actions import (
    answer,
    answer_for,
    arrive,
    hand_outside,
    look,
    next_ring,
    open_card,
    stand_down,
    take_over,
    write_review,
)
from huying.emergency.models import Emergency, Mark, Outside, Review
from huying.emergency.queries import called_by, card_for, cards_for
from huying.emergency.queries.cards import CardFilter
from huying.emergency.queries.links import link_of, read_link
from huying.emergency.rules.kinds import Answer
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.notices.models import Notice
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET, actor
from tests.emergency.conftest import Ground, after, alarm

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_after_the_end_an_answer_is_thanked_and_everybody_was_told(ground: Ground) -> None:
    ground.stand("甲", 100)
    ground.stand("乙", 200)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    alerts = ground.alerts(opened.id)
    answer(DISTRICT, alerts["甲"].id, Answer.ACCEPTED, after(5))
    stand_down(ground.cast.district_dispatcher, opened.id, "已送医", after(60))
    stand_down(ground.cast.district_dispatcher, opened.id, "再按一次", after(61))
    late = answer(DISTRICT, alerts["乙"].id, Answer.ACCEPTED, after(65))
    assert (late.answer, late.over) == (Answer.NOT_NEEDED, True)
    assert Notice.objects.filter(district=DISTRICT, occasion="stood_down").count() == 2
    with pytest.raises(Conflict):
        arrive(DISTRICT, alerts["甲"].id, after(70))
    assert look(after(1000)) == 0
    notes = Statement.objects.filter(district=DISTRICT, case_id=opened.case_id, name="note")
    assert any("应急解除：已送医（1 人响应，0 人到场）" in one.text for one in notes)


def test_a_hand_over_outside_is_written_once_with_its_number(ground: Ground) -> None:
    by = ground.cast.seat
    opened = open_card(by, alarm(), MONDAY)
    for _press in range(2):
        hand_outside(by, opened.id, "120", "JJ-0417", "两人昏迷", after(40), "form-1", after(50))
    row = Outside.objects.get(district=DISTRICT)
    assert (row.line, row.reference, row.words, row.at, row.by) == (
        "120",
        "JJ-0417",
        "两人昏迷",
        after(40),
        by.name,
    )
    mark = Mark.objects.get(district=DISTRICT, kind="outside")
    assert mark.at == after(40)
    entries = Statement.objects.filter(district=DISTRICT, case_id=opened.case_id, name="note")
    assert sum("移交 120，编号 JJ-0417" in one.text for one in entries) == 1
    with pytest.raises(Invalid):
        hand_outside(by, opened.id, "", "", "", after(40), "form-2", after(50))
    with pytest.raises(Invalid):
        hand_outside(by, opened.id, "119", "", "", after(4000), "form-3", after(50))


def test_what_was_said_by_telephone_is_written_down_with_who_wrote_it(ground: Ground) -> None:
    ground.stand("甲", 100)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    row = ground.alerts(opened.id)["甲"]
    answer_for(ground.cast.seat, opened.id, row.id, Answer.ACCEPTED, after(9))
    assert ground.alerts(opened.id)["甲"].answered_by == "周小芳"
    with pytest.raises(NotFound):
        answer_for(ground.cast.other_dispatcher, opened.id, row.id, Answer.DECLINED, after(10))
    with pytest.raises(Denied):
        answer_for(ground.cast.grid_worker, opened.id, row.id, Answer.DECLINED, after(10))
    assert ground.alerts(opened.id)["甲"].answer == "accepted"


def test_two_who_press_for_the_next_ring_at_once_alert_one(ground: Ground) -> None:
    ground.stand("甲", 100)
    ground.stand("乙", 700)
    ground.stand("丙", 2000)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    by = ground.cast.district_dispatcher
    assert next_ring(by, opened.id, 1, after(3)) == 1
    assert next_ring(by, opened.id, 1, after(3)) == 0
    assert list(ground.alerts(opened.id)) == ["甲", "乙"]


def test_a_review_is_written_after_the_end_and_kept_in_every_writing(ground: Ground) -> None:
    by = ground.cast.district_dispatcher
    opened = open_card(by, alarm(), MONDAY)
    with pytest.raises(Conflict):
        write_review(by, opened.id, "早", "", after(5))
    stand_down(by, opened.id, "已送医", after(60))
    write_review(by, opened.id, "缺 AED", "社区配一台", after(100))
    write_review(by, opened.id, "缺 AED", "社区配一台", after(101))
    write_review(by, opened.id, "缺 AED，路窄", "社区配一台", after(200))
    assert Review.objects.count() == 2
    assert card_for(by, opened.id).reviews[0].lessons == "缺 AED，路窄"


def test_who_may_not_leaves_no_trace(ground: Ground) -> None:
    auditor = ground.cast.auditor
    with pytest.raises(Denied):
        open_card(auditor, alarm(), MONDAY)
    assert not Emergency.objects.exists()
    assert not Entry.objects.exists()
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    before = ground.said(opened.id)
    for outsider in (ground.cast.other_dispatcher, ground.cast.outsider, auditor):
        with pytest.raises(NotFound):
            card_for(outsider, opened.id)
        with pytest.raises(NotFound):
            take_over(outsider, opened.id, after(5))
        assert cards_for(outsider, CardFilter()) == []
    with pytest.raises(Denied):
        stand_down(ground.cast.grid_worker, opened.id, "误报", after(5))
    assert ground.said(opened.id) == before


def test_whoever_opened_it_sees_it_and_may_call_it_off(ground: Ground) -> None:
    handler = ground.cast.handler
    opened = open_card(handler, alarm(), MONDAY)
    assert card_for(handler, opened.id).may_end
    stand_down(handler, opened.id, "按错了", after(9))
    assert not card_for(handler, opened.id).line.open


def test_another_district_sees_nothing(ground: Ground) -> None:
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    with pytest.raises(NotFound):
        card_for(ground.cast.stranger_in(990102), opened.id)


def test_only_the_link_that_was_given_opens_an_alert(ground: Ground) -> None:
    ground.stand("甲", 100)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    row = ground.alerts(opened.id)["甲"]
    link = link_of(DISTRICT, row.id)
    assert read_link(link) == (DISTRICT, row.id)
    assert called_by(link).name == "甲"
    for wrong in (
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        link_of(DISTRICT + 1, row.id),
        "x",
        "1-2-3",
        "",
    ):
        with pytest.raises(NotFound):
            called_by(wrong)


def test_a_case_that_was_closed_meanwhile_takes_no_note_and_the_card_goes_on(ground: Ground) -> None:

    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    advance(
        (DISTRICT, opened.case_id),
        Verb.ANSWER,
        by=ground.cast.system,
        now=after(30),
        reply="您好，已派人到场处理完毕。",
    )
    stand_down(ground.cast.district_dispatcher, opened.id, "已送医", after(60))
    assert not card_for(ground.cast.seat, opened.id).line.open


def test_a_grid_worker_sees_the_cards_of_their_grid(ground: Ground) -> None:
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    assert card_for(ground.cast.grid_worker, opened.id).line.id == opened.id
    elsewhere = actor("别处", 900, Role.GRID_WORKER, f"{COMMUNITY}002", ground.cast.street_body)
    with pytest.raises(NotFound):
        card_for(elsewhere, opened.id)
    assert [line.id for line in cards_for(ground.cast.leader, CardFilter(open=True, area=STREET))] == [
        opened.id
    ]


def test_an_unknown_kind_and_an_invisible_case_are_no_alarms(ground: Ground) -> None:
    with pytest.raises(NotFound):
        open_card(ground.cast.seat, alarm("aliens"), MONDAY)
    opened = open_card(ground.cast.seat, alarm(), MONDAY)
    stand_down(ground.cast.district_dispatcher, opened.id, "误报", after(1))
    with pytest.raises(NotFound):
        open_card(ground.cast.other_dispatcher, replace(alarm(key="z"), case_id=opened.case_id), after(2))
