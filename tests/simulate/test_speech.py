"""Appeals in residents' words, for every item of the list."""

from collections import Counter
from random import Random

import pytest

from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.starter import starter
from huying.simulate.folk import caller
from huying.simulate.land import Spot
from huying.simulate.speech import matter_of, tell
from huying.simulate.speech.noise import spoil
from huying.simulate.speech.phrases import frames, scenes

MATTERS = [matter_of(1, line) for line in starter().items]
SPOT = Spot("estate", "锦绣花园", ("锦绣",), 123.0, 29.0, "990101001001001", "振源路12号")
WHO = caller(1, "990101001001001", 3)


def told(seed: int, kind: AppealKind = AppealKind.COMPLAINT, number: int = 0) -> str:
    return tell(Random(seed), MATTERS[number], kind, SPOT, street="福坞", caller=WHO, hour=10).text


@pytest.mark.parametrize("kind", list(AppealKind))
def test_every_item_can_be_told_as_every_kind(kind: AppealKind) -> None:
    for number, matter in enumerate(MATTERS):
        text = tell(Random(number), matter, kind, SPOT, street="福坞", caller=WHO, hour=23).text
        assert 4 <= len(text) <= 200
        assert not set("{}[]") & set(text)


def test_a_text_says_the_matter_in_words_of_its_item_or_of_its_scene() -> None:
    for number, matter in enumerate(MATTERS):
        text = tell(Random(number), matter, AppealKind.COMPLAINT, SPOT, street="", caller=None, hour=9).text
        assert any(word in text for word in (*matter.line.keywords, matter.line.name))


def test_there_are_at_least_sixty_frames_and_scenes_by_hand() -> None:
    by_kind = {kind: part for kind, part in frames().items() if kind not in ("asks", "times")}
    assert sum(len(lines) for part in by_kind.values() for lines in part.values()) >= 60
    assert sum(len(scene.says) for scene in scenes()) >= 100


def test_the_same_seed_says_the_same_and_others_say_it_otherwise() -> None:
    assert told(5) == told(5)
    assert len({told(seed) for seed in range(60)}) > 45


def test_moods_sound_different() -> None:
    loud = Counter("！" in told(seed) for seed in range(200))
    assert 20 < loud[True] < 180


def test_some_callers_leave_out_the_place() -> None:
    places = [
        tell(Random(seed), MATTERS[0], AppealKind.COMPLAINT, SPOT, street="", caller=WHO, hour=9).place
        for seed in range(300)
    ]
    assert 15 < places.count("") < 150
    assert any("锦绣" in place for place in places)


def test_slips_change_some_texts_and_without_them_none() -> None:
    text = "楼下的垃圾没人收，已经三天了，影响很大。"
    assert all(spoil(Random(seed), text, most=0) == text for seed in range(50))
    spoilt = [spoil(Random(seed), text) for seed in range(300)]
    assert 30 < sum(one != text for one in spoilt) < 200


def test_a_scene_speaks_of_what_the_item_is_about() -> None:
    for matter in MATTERS:
        words = {
            text[i : i + 2]
            for text in (matter.line.name, *matter.line.keywords)
            for i in range(len(text) - 1)
        }
        for says in matter.says:
            assert any(says[i : i + 2] in words for i in range(len(says) - 1)), (matter.line.name, says)
