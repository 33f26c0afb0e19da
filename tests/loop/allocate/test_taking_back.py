"""What was learned is taught to a machine, and taken back as if it had never been."""

from datetime import timedelta
from typing import Any

import pytest

from huying.access.roles import Role
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.allocate import actions
from huying.loop.allocate.actions import LearnedItem, teaching
from huying.loop.allocate.models import ItemLesson, ItemMemory
from huying.loop.allocate.queries import suggest_items
from huying.loop.allocate.queries.held import forget
from huying.loop.allocate.queries.lessons import lessons_for, similar_cases
from tests.loop.allocate.town import COVER, DISTRICT, MA, NOW, Town, make_town, person

KEEPER = person("管清", Role.ADMINISTRATOR)
TEXT = "张三家门前那个会唱歌的铁圈子"
ASKED = [TEXT, "路灯不亮", "工地半夜还在打桩"]


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def said() -> list[list[tuple[str, float]]]:
    forget(DISTRICT)
    return [
        [(guess.code, round(guess.probability, 6)) for guess in guesses]
        for guesses in suggest_items(DISTRICT, ASKED)
    ]


def test_one_correction_taken_back_is_as_if_it_had_not_been(town: Town) -> None:
    before = said()
    actions.learn_items(DISTRICT, [LearnedItem(9, 2, NOW, TEXT, COVER, 7)])
    assert said() != before
    actions.take_back(9, 2, "看错了", by=KEEPER, now=NOW)
    assert said() == before
    row = ItemLesson.objects.get()
    assert (row.taken_back_by, row.taken_back_why) == ("管清", "看错了")
    with pytest.raises(NotFound):
        actions.take_back(9, 2, "再撤一次", by=KEEPER, now=NOW)


def test_all_of_an_account_are_taken_back_and_others_stay(town: Town) -> None:
    actions.learn_items(DISTRICT, [LearnedItem(8, 2, NOW, "楼下黑灯影响走路", COVER, 1)])
    before = said()
    actions.learn_items(DISTRICT, [LearnedItem(n, 2, NOW, TEXT + str(n), COVER, 7) for n in range(10, 15)])
    assert actions.take_back_all(7, "账号被盗用", by=KEEPER, now=NOW) == 5
    assert said() == before


def test_nobody_takes_back_without_right_or_reason(town: Town) -> None:
    actions.learn_items(DISTRICT, [LearnedItem(9, 2, NOW, TEXT, COVER, 7)])
    with pytest.raises(Denied):
        actions.take_back(9, 2, "看错了", by=MA, now=NOW)
    with pytest.raises(Invalid):
        actions.take_back(9, 2, "  ", by=KEEPER, now=NOW)
    assert not ItemMemory.objects.exists()
    assert ItemLesson.objects.filter(taken_back_at=None).count() == 1


def test_corrections_are_listed_with_whose_they_are_and_from_what(town: Town) -> None:
    actions.learn_items(
        DISTRICT, [LearnedItem(9, 2, NOW, TEXT, COVER, 7), LearnedItem(8, 1, NOW, TEXT, COVER)]
    )
    [shown] = lessons_for(KEEPER)
    assert (shown.case_id, shown.account_id, shown.item) == (9, 7, COVER)
    assert lessons_for(MA) == []
    assert lessons_for(KEEPER, account_id=8) == []


def test_past_cases_that_decided_are_told(town: Town) -> None:
    actions.learn_items(DISTRICT, [LearnedItem(9, 2, NOW, TEXT, COVER, 7)])
    forget(DISTRICT)
    assert [case_id for case_id, _ in similar_cases(DISTRICT, TEXT, COVER)] == [9]
    assert similar_cases(DISTRICT, "完全无关的话题", COVER) == []


def test_enough_lessons_teach_a_machine_that_every_process_takes_up(town: Town) -> None:
    lamp = suggest_items(DISTRICT, ["路灯不亮"])[0][0].code
    words = {COVER: "会唱歌的铁圈子又响了", lamp: "巷子黑洞洞看不见路"}
    lessons = [
        LearnedItem(n, 1, NOW + timedelta(hours=n), f"{n}号门前{words[code]}", code)
        for n, code in enumerate([COVER, lamp] * 60, start=1)
    ]
    actions.learn_items(DISTRICT, lessons)
    assert actions.keep_items(DISTRICT, NOW)
    assert not actions.keep_items(DISTRICT, NOW)
    memory = ItemMemory.objects.get()
    assert memory.trust > 0
    assert memory.content
    forget(DISTRICT)
    assert suggest_items(DISTRICT, ["隔壁巷子黑洞洞"])[0][0].code == lamp


def test_too_few_lessons_teach_no_machine(town: Town) -> None:
    actions.learn_items(DISTRICT, [LearnedItem(9, 2, NOW, TEXT, COVER, 7)])
    assert not actions.keep_items(DISTRICT, NOW)
    assert actions.teach_items(DISTRICT, NOW).trust == 0.0


def test_lessons_that_make_no_machine_are_not_tried_again_every_time(town: Town) -> None:
    def learned(first: int, last: int, code: str = COVER) -> None:
        lessons = [LearnedItem(n, 1, NOW, f"{n}号门前的铁圈子", code) for n in range(first, last)]
        actions.learn_items(DISTRICT, lessons)

    learned(0, 120)
    assert actions.keep_items(DISTRICT, NOW)
    assert not ItemMemory.objects.get().content
    assert not actions.keep_items(DISTRICT, NOW)
    learned(120, 319, "no-longer-listed")
    assert not actions.keep_items(DISTRICT, NOW)
    learned(319, 320, "no-longer-listed")
    assert actions.keep_items(DISTRICT, NOW)
    assert not actions.keep_items(DISTRICT, NOW)
    actions.take_back(3, 1, "看错了", by=KEEPER, now=NOW)
    assert actions.keep_items(DISTRICT, NOW)


def test_the_first_machine_comes_with_the_hundredth_lesson_whatever_was_tried_before(town: Town) -> None:
    lamp = suggest_items(DISTRICT, ["路灯不亮"])[0][0].code
    lessons = [
        LearnedItem(n, 1, NOW, f"{n}号门前{code}的铁圈子", code) for n, code in enumerate([COVER, lamp] * 50)
    ]
    actions.learn_items(DISTRICT, lessons[:60])
    actions.teach_items(DISTRICT, NOW)
    actions.learn_items(DISTRICT, lessons[60:])
    assert actions.keep_items(DISTRICT, NOW)
    assert ItemMemory.objects.get().content


def test_a_machine_taught_while_a_lesson_was_taken_back_is_thrown_away(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    lamp = suggest_items(DISTRICT, ["路灯不亮"])[0][0].code
    lessons = [
        LearnedItem(n, 1, NOW + timedelta(hours=n), f"{n}号门前{code}的铁圈子", code, 7)
        for n, code in enumerate([COVER, lamp] * 60, start=1)
    ]
    actions.learn_items(DISTRICT, lessons)
    taught = teaching.teach

    def slowly(*given: Any) -> Any:
        actions.take_back(1, 1, "看错了", by=KEEPER, now=NOW)
        return taught(*given)

    monkeypatch.setattr(teaching, "teach", slowly)
    actions.teach_items(DISTRICT, NOW)
    assert not ItemMemory.objects.get().content
    monkeypatch.undo()
    assert actions.keep_items(DISTRICT, NOW)
    assert ItemMemory.objects.get().content
