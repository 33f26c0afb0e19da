"""Which limits hold for a matter."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.catalogue.rules import AppealKind
from huying.catalogue.rules.holding import Held
from huying.catalogue.rules.limits import DEFAULTS, URGENT_CHECK, URGENT_SIGN, resolve
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.search import normal
from huying.catalogue.rules.starter import starter
from huying.worktime.units import Limit, Unit
from tests.catalogue.strategies import contents, limits

HELD = Held(starter())
MANHOLE = "010101"
HELP = DEFAULTS[AppealKind.HELP]


def test_defaults_follow_the_hotline_rules() -> None:
    assert DEFAULTS[AppealKind.INQUIRY].handle == Limit(2, Unit.WORK_DAY)
    assert HELP.handle == DEFAULTS[AppealKind.SUGGESTION].handle == Limit(10, Unit.WORK_DAY)
    assert DEFAULTS[AppealKind.COMPLAINT].handle == Limit(15, Unit.WORK_DAY)
    assert DEFAULTS[AppealKind.REPORT].handle == Limit(15, Unit.WORK_DAY)
    assert {each.contact for each in DEFAULTS.values()} == {Limit(24, Unit.URGENT_HOUR)}
    assert set(DEFAULTS) == set(AppealKind)


def test_a_missing_cover_and_a_rattling_one_differ() -> None:
    rattling = HELD.limits(MANHOLE, 1, AppealKind.HELP)
    missing = HELD.limits(MANHOLE, 2, AppealKind.HELP)
    assert rattling.handle == Limit(2, Unit.WORK_DAY)
    assert missing.handle == Limit(2, Unit.URGENT_HOUR)


def test_what_is_handled_by_night_is_signed_for_by_night() -> None:
    missing = HELD.limits(MANHOLE, 2, AppealKind.COMPLAINT)
    assert (missing.sign, missing.contact, missing.check) == (URGENT_SIGN, URGENT_SIGN, URGENT_CHECK)
    rattling = HELD.limits(MANHOLE, 1, AppealKind.COMPLAINT)
    assert rattling.sign == HELP.sign


def test_a_question_about_a_manhole_is_still_a_question() -> None:
    assert HELD.limits(MANHOLE, None, AppealKind.INQUIRY) == DEFAULTS[AppealKind.INQUIRY]
    assert HELD.limits(MANHOLE, None, AppealKind.SUGGESTION) == DEFAULTS[AppealKind.SUGGESTION]
    assert HELD.limits(MANHOLE, None, AppealKind.REPORT).handle == Limit(2, Unit.WORK_DAY)


@settings(max_examples=50, deadline=None)
@given(contents(), st.sampled_from([*AppealKind, None]), st.none() | st.integers(1, 8))
def test_a_matter_never_stops_because_the_list_moved_on(
    content: Content, kind: AppealKind | None, number: int | None
) -> None:
    held = Held(content)
    assert held.limits("不在清单", number, kind) == content.kinds[kind or AppealKind.OTHER]
    for line in content.items:
        for each in line.conditions:
            own = held.limits(line.code, each.number, kind)
            assert own.handle == (each.handle or content.kinds[kind or AppealKind.OTHER].handle)
            assert each.sign in (None, own.sign)


@given(st.none() | limits, st.none() | limits, st.none() | limits)
def test_what_the_condition_says_always_wins(
    sign: Limit | None, contact: Limit | None, handle: Limit | None
) -> None:
    got = resolve(HELP, sign, contact, handle)
    assert got.sign == sign or sign is None
    assert got.contact == contact or contact is None
    assert got.handle == (handle or HELP.handle)
    assert got == replace(HELP, sign=got.sign, contact=got.contact, handle=got.handle, check=got.check)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我家门口井盖不见了，小孩差点掉进去", 2),
        ("井盖破了一个角，走路要小心", 3),
        ("车一压井盖就咣当响", None),
        ("井盖裂了，今天干脆丢了", 2),
    ],
)
def test_words_speak_for_a_condition_and_the_more_dangerous_wins(words: str, number: int | None) -> None:
    found = HELD.condition_for(MANHOLE, words)
    assert (found.number if found else None) == number


def test_beaten_now_weighs_more_than_beaten_before() -> None:
    found = HELD.condition_for("240401", "他以前就经常打我，现在正在打，快来人")
    assert found is not None
    assert found.handle == Limit(1, Unit.URGENT_HOUR)


@settings(max_examples=50, deadline=None)
@given(contents(), st.text("街道井盖路灯水管AB=", max_size=30))
def test_only_a_condition_whose_cue_was_said_is_chosen(content: Content, words: str) -> None:
    held = Held(content)
    for line in content.items:
        found = held.condition_for(line.code, words)
        said = [
            each
            for each in line.conditions
            if any(normal(cue) and normal(cue) in normal(words) for cue in each.cues)
        ]
        assert (found in said) if said else found is None
    assert held.condition_for("不在清单", words) is None


def test_a_further_condition_of_the_starter_list_always_has_cues() -> None:
    silent = [
        (line.code, each.number)
        for line in HELD.items.values()
        for each in line.conditions[1:]
        if not each.cues
    ]
    assert silent == []
