"""The starter list: large enough, sound line by line, concrete, and honest about outside codes."""

import re

from huying.catalogue.rules import Duty, Evidence
from huying.catalogue.rules.checking import item_faults
from huying.catalogue.rules.starter import starter
from huying.worktime.units import Unit

ITEMS = starter().items
CONDITIONS = [(line, condition) for line in ITEMS for condition in line.conditions]


def test_it_covers_what_a_district_hears() -> None:
    assert len({line.class_name for line in ITEMS}) >= 20
    assert len(ITEMS) >= 330
    assert len(CONDITIONS) >= 500


def test_every_line_is_sound_and_every_item_has_a_usual_condition_and_words() -> None:
    assert {line.code: faults for line in ITEMS if (faults := item_faults(line))} == {}
    assert [line.code for line in ITEMS if not line.conditions or not line.keywords] == []


def test_codes_and_names_say_each_thing_once() -> None:
    assert len({line.code for line in ITEMS}) == len(ITEMS)
    assert len({line.name for line in ITEMS}) == len(ITEMS)
    assert all(re.fullmatch("[0-9]{6}", line.code) for line in ITEMS)


def test_a_middle_class_has_one_code_and_a_code_one_middle_class() -> None:
    groups = {(line.class_name, line.group_name) for line in ITEMS}
    assert len(groups) == len({line.code[:4] for line in ITEMS})
    assert len(groups) == len({(line.code[:4], line.group_name) for line in ITEMS})


def test_only_known_duties_bear_conditions_and_each_duty_bears_one() -> None:
    borne = {duty for _, condition in CONDITIONS for duty in (condition.lead, *condition.assisting)}
    assert borne == {duty.value for duty in Duty}


def test_outside_codes_name_their_standard_with_its_year() -> None:
    coded = [line for line in ITEMS if line.standard_code]
    assert coded
    assert all(re.search(r"-\d{4}$", line.standard) for line in coded)


def test_every_condition_has_a_limit_an_end_that_can_be_checked_and_evidence_for_it() -> None:
    for line, condition in CONDITIONS:
        assert condition.handle is not None, line.code
        assert len(condition.closing_standard) >= 6 or "亮" in condition.closing_standard, line.code
        assert condition.evidence, line.code


def test_life_in_danger_is_never_counted_in_working_days() -> None:
    for line, condition in CONDITIONS:
        if condition.danger == 3 and condition.disorder == 3:
            assert condition.handle is not None
            assert condition.handle.unit is Unit.URGENT_HOUR, line.code
            assert condition.handle.amount <= 2, line.code


def test_work_on_parts_in_the_street_is_proved_by_photos_or_records() -> None:
    proofs = {
        Evidence.AFTER,
        Evidence.REPAIR,
        Evidence.TEST,
        Evidence.CALL,
        Evidence.INSPECT,
        Evidence.REPLY,
    }
    assert all(proofs & set(condition.evidence) for line, condition in CONDITIONS if line.type == "part")
