"""Rules of the register: how long data may be kept, numbers that are none, rooms that are the same."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huying.residents.rules.keeping import GRACE, Held, erase_at, purposes
from huying.residents.rules.kinds import CareLevel, LegalBasis, Purpose
from huying.residents.rules.registering import age_of, born_in, is_id_number, room_of
from huying.residents.rules.starter import starter_kinds

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def held(**more: object) -> Held:
    return Held(Purpose.CARE, LegalBasis.CONSENT, NOW, **more)  # type: ignore[arg-type]


def test_data_stay_while_one_ground_has_no_end_and_go_a_month_after_the_last() -> None:
    assert erase_at([held(), held(withdrawn_at=NOW)]) is None
    assert (
        erase_at([held(until=NOW + DAY), held(until=NOW + 9 * DAY, withdrawn_at=NOW + 2 * DAY)])
        == NOW + 2 * DAY + GRACE
    )
    assert erase_at([]) is not None


def test_a_ground_holds_from_its_beginning_to_the_first_of_its_ends() -> None:
    one = held(until=NOW + 9 * DAY, withdrawn_at=NOW + 2 * DAY)
    assert [one.holds(NOW + days * DAY) for days in (-1, 0, 1, 2, 5)] == [False, True, True, False, False]
    assert purposes([one], NOW) == {Purpose.CARE}
    assert purposes([one], NOW + 3 * DAY) == frozenset()


@given(some.text("0123456789", min_size=17, max_size=17), some.sampled_from("0123456789X"))
def test_at_most_one_last_character_makes_an_identity_number(first: str, last: str) -> None:
    right = [one for one in "0123456789X" if is_id_number(first + one)]
    assert len(right) == 1
    assert is_id_number(f" {first}{last.lower()} ") is (last == right[0])


def test_what_is_no_number_is_none() -> None:
    assert not is_id_number("")
    assert not is_id_number("1" * 19)
    assert born_in("110101194203070021") == 1942
    assert born_in("110101194203070027") is None
    assert age_of(None, NOW.date()) is None
    assert age_of(1942, NOW.date()) == 84


@pytest.mark.parametrize(("typed", "kept"), [(" ２单元 ５０１ ", "2单元501"), ("3 - 2", "3-2"), ("", "")])
def test_a_room_is_known_again(typed: str, kept: str) -> None:
    assert room_of(typed) == kept


def test_the_nine_kinds_have_the_levels_of_the_standard() -> None:
    levels = {one.code: one.level for one in starter_kinds()}
    assert len(levels) == 9
    assert {code for code, level in levels.items() if level is CareLevel.HIGH} == {
        "elder_alone", "dementia", "severe_illness",
    }  # fmt: skip
    assert [level.rank for level in CareLevel] == [0, 1, 2]
