from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.loop.allocate.rules.history.contexts import VIEWS, Features, view_keys
from huying.loop.allocate.rules.history.evidence import Tally, advantage
from huying.loop.allocate.rules.history.roles import role_by_name
from huying.loop.allocate.rules.history.suggester import Suggester

START = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
LAMP = Features(START, "市政", "照明", "路灯不亮", street="龙田街道", community="龙田社区", source="热线")
RUBBISH = Features(START, "环卫", "垃圾", "暴露垃圾", street="龙田街道", community="龙田社区", source="热线")


def taught(*lessons: tuple[Features, str], times: int = 5) -> Suggester:
    suggester = Suggester()
    for round_ in range(times):
        for features, body in lessons:
            suggester.learn(replace(features, at=features.at + timedelta(hours=round_)), body)
    return suggester


def test_knows_nothing_before_the_first_body() -> None:
    assert Suggester().suggest(LAMP) == []


def test_suggests_who_took_such_cases() -> None:
    suggester = taught((LAMP, "交通局"), (RUBBISH, "城管局"))
    assert suggester.suggest(LAMP)[0].body == "交通局"
    assert suggester.suggest(RUBBISH)[0].body == "城管局"


def test_a_role_learned_in_one_street_serves_the_next() -> None:
    elsewhere = replace(RUBBISH, street="坑梓街道", community="金沙社区")
    suggester = taught((RUBBISH, "龙田街道综合执法队"), (LAMP, "交通局"))
    suggester.know(["龙田街道综合执法队", "坑梓街道综合执法队", "交通局"])
    assert suggester.suggest(elsewhere)[0].body == "坑梓街道综合执法队"


def test_follows_a_change_of_hands() -> None:
    suggester = taught((LAMP, "交通局"), (RUBBISH, "城管局"), times=12)
    later = replace(LAMP, at=START + timedelta(days=200))
    for day in range(8):
        suggester.learn(replace(later, at=later.at + timedelta(days=day)), "城管局")
    assert suggester.suggest(replace(later, at=later.at + timedelta(days=9)))[0].body == "城管局"


def test_a_body_that_is_no_more_is_not_suggested() -> None:
    suggester = taught((LAMP, "交通局"), (RUBBISH, "城管局"))
    suggester.know(["城管局", "水务局"])
    assert {guess.body for guess in suggester.suggest(LAMP)} == {"城管局", "水务局"}


def test_a_new_item_is_judged_by_what_it_is_named_like() -> None:
    suggester = taught((LAMP, "交通局"), (RUBBISH, "城管局"), times=10)
    new = replace(LAMP, class_name="新", group="新", leaf="路灯灯杆倾斜")
    assert suggester.suggest(new)[0].body == "交通局"


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from([LAMP, RUBBISH]), st.sampled_from("甲乙丙丁")), min_size=1, max_size=25
    )
)
def test_probabilities_are_shares_of_one(lessons: list[tuple[Features, str]]) -> None:
    suggester = taught(*lessons, times=1)
    guesses = suggester.suggest(LAMP, limit=10)
    assert sum(guess.probability for guess in guesses) == pytest.approx(1.0)
    assert [g.probability for g in guesses] == sorted((g.probability for g in guesses), reverse=True)
    assert suggester.learned == len(lessons)


@given(st.lists(st.floats(0, 400), min_size=1, max_size=20))
def test_a_tally_fades_as_its_half_life_says(days: list[float]) -> None:
    tally, days = Tally(day=min(days)), sorted(days)
    for day in days:
        tally.add(1, day, half_life=50.0)
    expected = sum(0.5 ** ((days[-1] - day) / 50.0) for day in days)
    assert tally.total == pytest.approx(expected, abs=0.03)


def test_no_experience_gives_no_advice() -> None:
    none, always, never = advantage(np.array([0.0, 5.0, 0.0]), np.array([0.0, 5.0, 5.0]), 40, doubt=1.0)
    assert none == 0.0
    assert always > 0 > never


def test_every_view_has_its_own_key() -> None:
    assert len(set(view_keys(LAMP))) == len(VIEWS)


def test_the_name_of_the_place_is_taken_out_of_the_role() -> None:
    assert role_by_name("龙田社区", LAMP) == "<社区>"
    assert role_by_name("城建办(龙田街道)", LAMP) == "城建办(<街道>)"
    assert role_by_name("金沙社区", LAMP) == "金沙社区"
