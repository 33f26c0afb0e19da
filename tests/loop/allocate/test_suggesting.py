"""Who is suggested for a case, and why (R204, R205, R206)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.allocate import actions
from huying.loop.allocate.actions import LearnedBody, LearnedItem, NewPrecedent
from huying.loop.allocate.models import BodyLesson, DispatchRule, ItemLesson, Precedent
from huying.loop.allocate.queries import Asked, precedents_for, suggest_bodies, suggest_items, thresholds
from huying.loop.allocate.queries.held import forget
from huying.loop.allocate.rules.weighing import Source, Suggestion, Thresholds
from tests.loop.allocate.town import COVER, DISTRICT, EAST, GU, MA, NOW, WEST, Town, make_town

pytestmark = pytest.mark.django_db
CASE = Asked(COVER, EAST, "complaint", "hotline", NOW)
RULING = NewPrecedent(COVER, EAST, 0, 77, 5, "990201-26-000077", "谁最有效谁先上")


@pytest.fixture
def town() -> Town:
    return make_town()


def suggested(case: Asked = CASE) -> list[Suggestion]:
    [found] = suggest_bodies(DISTRICT, [case], case.at)
    return found


def lessons(body_id: int, times: int = 20, area: str = EAST, first: int = 1) -> list[LearnedBody]:
    return [
        LearnedBody(
            first + n, 3, NOW - timedelta(days=2, hours=-n), COVER, area, "complaint", "hotline", body_id
        )
        for n in range(times)
    ]


def test_on_day_one_the_list_speaks_and_the_street_judges_first(town: Town) -> None:
    first, second = suggested()
    assert (first.body_id, first.source) == (town.east, Source.LIST)
    assert first.reasons == ("首判：“污水井盖”先由东河街道处置",)
    assert second.body_id == town.water
    assert "由区水务局牵头" in second.reasons[0]


def test_an_unlisted_item_without_history_has_no_suggestion(town: Town) -> None:
    assert suggested(replace(CASE, item="nowhere")) == []


def test_after_one_ruling_the_next_like_case_goes_to_the_ruled_body_and_says_why(town: Town) -> None:
    actions.record_precedent(replace(RULING, body_id=town.east_team), by=GU, now=NOW)
    first = suggested()[0]
    assert (first.body_id, first.source) == (town.east_team, Source.PRECEDENT)
    assert first.reasons[0].startswith("先例：2026-03 裁定（案件 990201-26-000077）")
    assert first.probability > 0.95
    assert suggested(replace(CASE, area=WEST))[0].body_id == town.west


def test_a_ruling_binds_once_from_its_time_until_it_is_revoked(town: Town) -> None:
    new, at = replace(RULING, body_id=town.east_team), NOW + timedelta(hours=1)
    told, again = (actions.record_precedent(new, by=GU, now=at) for _ in range(2))
    assert told == again
    assert [suggested(replace(CASE, at=when))[0].body_id for when in (NOW, at)] == [town.east, town.east_team]
    actions.revoke_precedent(told, by=GU, now=NOW + timedelta(days=1))
    assert suggested(replace(CASE, at=NOW + timedelta(days=2)))[0].body_id == town.east
    assert [row.case_number for row in precedents_for(GU)] == ["990201-26-000077"]
    with pytest.raises(NotFound):
        actions.revoke_precedent(told, by=GU, now=NOW)


def test_a_ruling_on_one_condition_leaves_the_others_alone(town: Town) -> None:
    actions.record_precedent(replace(RULING, body_id=town.east_team, condition=2), by=GU, now=NOW)
    assert suggested(replace(CASE, condition=2))[0].body_id == town.east_team
    assert suggested(replace(CASE, condition=1))[0].body_id == town.east


def test_a_dispatcher_may_not_rule_and_leaves_no_trace(town: Town) -> None:
    with pytest.raises(Denied):
        actions.record_precedent(replace(RULING, body_id=town.east_team), by=MA, now=NOW)
    with pytest.raises(Invalid):
        actions.record_precedent(replace(RULING, area="110101", body_id=town.water), by=GU, now=NOW)
    assert not Precedent.objects.exists()


def test_history_outweighs_the_list_in_time_and_says_how_often(town: Town) -> None:
    actions.learn_bodies(DISTRICT, lessons(town.east_team))
    forget(DISTRICT)
    first = suggested()[0]
    assert (first.body_id, first.source) == (town.east_team, Source.HISTORY)
    assert first.reasons[-1] == "历史：近 90 天东河街道最近 20 件同类中 20 件由东河执法队办理"


def test_what_one_street_learned_serves_the_other(town: Town) -> None:
    actions.learn_bodies(DISTRICT, lessons(town.east_team, times=30))
    forget(DISTRICT)
    assert suggested(replace(CASE, area=WEST))[0].body_id == town.west_team


def test_a_lesson_told_twice_counts_once(town: Town) -> None:
    for _ in range(2):
        actions.learn_bodies(DISTRICT, lessons(town.east_team, times=4))
    assert BodyLesson.objects.filter(district=DISTRICT).count() == 4


def test_the_packed_memory_suggests_the_same_as_the_lessons(town: Town) -> None:
    actions.learn_bodies(DISTRICT, lessons(town.east_team, 6) + lessons(town.water, 6, WEST, first=100))
    forget(DISTRICT)
    replayed = suggested()
    assert actions.keep_memory(DISTRICT, NOW, after=12)
    assert not actions.keep_memory(DISTRICT, NOW, after=12)
    forget(DISTRICT)
    unpacked = suggested()
    assert [s.body_id for s in unpacked] == [s.body_id for s in replayed]
    assert [s.probability for s in unpacked] == pytest.approx([s.probability for s in replayed])
    actions.learn_bodies(DISTRICT, lessons(town.east_team, 1, first=500))
    forget(DISTRICT)
    assert suggested() != unpacked


def test_residents_words_find_the_item_on_day_one(town: Town) -> None:
    [guesses] = suggest_items(DISTRICT, ["小区门口的下水道井盖不见了，往外冒臭水"])
    assert COVER in [guess.code for guess in guesses[:3]]
    assert guesses[0].words


def test_no_texts_have_no_items(town: Town) -> None:
    assert suggest_items(DISTRICT, []) == []


def test_a_correction_is_remembered_without_its_text(town: Town) -> None:
    text = "张三家门前那个会唱歌的铁圈子"
    learned = LearnedItem(9, 2, NOW, text, COVER)
    for _ in range(2):
        actions.learn_items(DISTRICT, [learned])
    forget(DISTRICT)
    assert suggest_items(DISTRICT, [text])[0][0].code == COVER
    [row] = ItemLesson.objects.values()
    assert "张三" not in str(row)


def test_thresholds_are_kept_with_who_and_when(town: Town) -> None:
    assert thresholds(DISTRICT) == Thresholds()
    actions.set_thresholds(Thresholds(0.95, 0.6, 3), by=GU, now=NOW)
    actions.set_thresholds(Thresholds(1.01, 0.6, 3), by=GU, now=NOW)
    assert thresholds(DISTRICT).automatic_above == 1.01
    assert DispatchRule.objects.filter(made_by="顾裁").count() == 2
    with pytest.raises(Denied):
        actions.set_thresholds(Thresholds(), by=MA, now=NOW)
    with pytest.raises(Invalid):
        actions.set_thresholds(Thresholds(automatic_above=0.1), by=GU, now=NOW)
