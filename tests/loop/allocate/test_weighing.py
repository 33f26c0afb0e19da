from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.loop.allocate.rules.history.contexts import Features
from huying.loop.allocate.rules.history.memory import packed, unpack
from huying.loop.allocate.rules.history.suggester import Suggester
from huying.loop.allocate.rules.weighing import Source, Suggestion, Thresholds, Word, is_sure, weigh

LISTED = [Word(1, "清单")]
RULED = Word(3, "先例")
shares = st.dictionaries(st.integers(1, 6), st.floats(0.01, 1.0), max_size=5).map(
    lambda found: {body: share / sum(found.values()) for body, share in found.items()}
)


def test_the_list_speaks_alone_without_history() -> None:
    assert weigh(None, LISTED, {}, 0.0, 6.0) == [Suggestion(1, 0.85, Source.LIST, ("清单",))]


def test_history_speaks_alone_for_an_unlisted_item() -> None:
    [only] = weigh(None, [], {2: 0.7}, 0.5, 6.0)
    assert (only.probability, only.source) == (0.7, Source.HISTORY)


@pytest.mark.parametrize(("experience", "first"), [(0.0, 1), (2.0, 1), (60.0, 2)])
def test_history_grows_into_its_say(experience: float, first: int) -> None:
    assert weigh(None, LISTED, {2: 0.9, 1: 0.1}, experience, 6.0)[0].body_id == first


@given(shares, st.floats(0, 500), st.booleans())
def test_a_ruling_is_always_first_and_shares_never_exceed_one(
    guessed: dict[int, float], experience: float, listed: bool
) -> None:
    found = weigh(RULED, LISTED if listed else [], guessed, experience, 6.0)
    assert (found[0].body_id, found[0].source) == (3, Source.PRECEDENT)
    assert found[0].reasons[0] == "先例"
    assert sum(suggestion.probability for suggestion in found) <= 1.0 + 1e-9


def test_automatic_only_above_what_the_district_set() -> None:
    found = [Suggestion(1, 0.9, Source.LIST, ())]
    assert is_sure(found, Thresholds(automatic_above=0.9))
    assert not is_sure(found, Thresholds(automatic_above=0.91))
    assert not is_sure([], Thresholds())


def test_another_layout_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = packed(Suggester())
    monkeypatch.setattr("huying.loop.allocate.rules.history.memory._LAYOUT", [0])
    assert not unpack(content, Suggester())


def test_packing_loses_nothing() -> None:
    taught, copy = Suggester(), Suggester()
    cases = [
        (
            Features(
                datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=n),
                "甲",
                "乙",
                "丙" * (n % 3 + 1),
                street="东街道",
            ),
            f"局{n % 4}",
        )
        for n in range(30)
    ]
    for features, body in cases[:20]:
        taught.learn(features, body)
    assert unpack(packed(taught), copy)
    for features, body in cases[20:]:
        assert copy.suggest(features) == taught.suggest(features)
        taught.learn(features, body)
        copy.learn(features, body)
