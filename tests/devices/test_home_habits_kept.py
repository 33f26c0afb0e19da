"""Habits found again are those that were kept."""

import json
from datetime import timedelta

from huying.devices.rules.home.habits.keeping import found_again, kept
from huying.devices.rules.home.habits.learning import UNKNOWN, learned
from huying.devices.rules.home.silences import silences
from huying.devices.rules.home.standard import USUAL
from tests.devices.homes import START, lived


def test_kept_and_found_again_they_judge_alike() -> None:
    events = lived(11, 20).events
    found = silences(sorted(events), USUAL.alive_within)
    habits = learned(found, START + timedelta(days=20))
    again = found_again(json.loads(json.dumps(kept(habits))))
    assert again.days == habits.days > 0
    assert again.bars == habits.bars
    for where in habits.rates:
        for hour in (3, 9, 15, 22):
            at = START + timedelta(hours=hour)
            assert abs(again.rate(where, at) - habits.rate(where, at)) < 1e-5


def test_nothing_kept_is_nothing_known() -> None:
    assert found_again({}) == UNKNOWN
    assert found_again(kept(UNKNOWN)).days == 0
