"""A draft edited line by line and by spreadsheet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from huying.catalogue import actions, queries
from huying.catalogue.queries.live import forget
from huying.catalogue.queries.reading import content
from huying.catalogue.rules import DEFAULTS, AppealKind
from huying.catalogue.rules.lines import Content, ItemLine
from huying.catalogue.rules.sheets import workbook
from huying.catalogue.rules.starter import starter
from huying.kernel.errors import Denied, Invalid, NotFound, StaleVersion
from huying.worktime.units import Limit, Unit
from tests.catalogue.cast import ADMINISTRATOR, DISTRICT, NOW, ONE_STREET_ADMINISTRATOR, SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAMP = next(line for line in starter().items if line.name == "路灯不亮")
NEW = replace(LAMP, code="019901", name="智慧灯杆", keywords=("灯杆屏幕坏",))


@pytest.fixture
def draft() -> int:
    forget(DISTRICT)
    return actions.new_draft(ADMINISTRATOR, actions.load_starter(SYSTEM, DISTRICT, NOW), "草稿", NOW)


def line(draft: int, code: str) -> ItemLine | None:
    return next((each for each in content(draft).items if each.code == code), None)


def test_an_item_is_added_changed_and_removed(draft: int) -> None:
    actions.put_item(ADMINISTRATOR, draft, NEW, NOW)
    assert line(draft, "019901") == NEW
    changed = replace(NEW, keywords=(), conditions=NEW.conditions[:1])
    for _ in range(2):
        actions.put_item(ADMINISTRATOR, draft, changed, NOW)
        assert line(draft, "019901") == changed
    for _ in range(2):
        actions.remove_item(ADMINISTRATOR, draft, "019901", NOW)
        assert line(draft, "019901") is None


def test_conditions_keep_their_numbers_when_one_goes(draft: int) -> None:
    extra = replace(LAMP.conditions[0], text="灯罩脱落")
    assert actions.add_condition(ADMINISTRATOR, draft, LAMP.code, extra, NOW) == 3
    actions.remove_condition(ADMINISTRATOR, draft, LAMP.code, 1, NOW)
    kept = line(draft, LAMP.code)
    assert kept is not None
    assert [each.number for each in kept.conditions] == [2, 3]
    assert kept.conditions[1] == replace(extra, number=3)


def test_a_condition_is_set_and_a_missing_item_is_named(draft: int) -> None:
    slow = replace(LAMP.conditions[0], handle=Limit("0.5", Unit.WORK_DAY))
    actions.put_condition(ADMINISTRATOR, draft, LAMP.code, slow, NOW)
    assert line(draft, LAMP.code) == replace(LAMP, conditions=(slow, LAMP.conditions[1]))
    with pytest.raises(NotFound, match="000000"):
        actions.put_condition(ADMINISTRATOR, draft, "000000", slow, NOW)


def test_limits_by_kind_are_part_of_the_edition(draft: int) -> None:
    quick = replace(DEFAULTS[AppealKind.HELP], handle=Limit(5, Unit.WORK_DAY))
    actions.put_kind_limits(ADMINISTRATOR, draft, AppealKind.HELP, quick, NOW)
    assert queries.limits(DISTRICT, None, kind=AppealKind.HELP).handle == Limit(10, Unit.WORK_DAY)
    actions.go_live(ADMINISTRATOR, draft, NOW)
    assert queries.limits(DISTRICT, None, kind=AppealKind.HELP) == quick


def test_an_unsound_line_is_refused_field_by_field(draft: int) -> None:
    bad = replace(
        LAMP, name=" ", standard="GB", conditions=(replace(LAMP.conditions[0], danger=4, text="两\n行"),)
    )
    with pytest.raises(Invalid) as refused:
        actions.put_item(ADMINISTRATOR, draft, bad, NOW)
    assert set(refused.value.fields) == {"name", "standard", "1.danger", "1.text"}
    assert line(draft, LAMP.code) == LAMP


def test_the_second_of_two_editors_is_told(draft: int) -> None:
    seen = queries.edition_for(ADMINISTRATOR, 2).edited_at
    later = NOW + timedelta(minutes=1)
    actions.put_item(ADMINISTRATOR, draft, NEW, later, seen_at=seen)
    with pytest.raises(StaleVersion):
        actions.remove_item(ADMINISTRATOR, draft, NEW.code, later, seen_at=seen)
    assert line(draft, NEW.code) == NEW


def test_an_import_shows_first_then_does_all_then_nothing_more(draft: int) -> None:
    wanted = Content((replace(LAMP, name="路灯熄灭"), NEW), DEFAULTS)
    data = workbook(wanted)
    shown = actions.import_excel(ADMINISTRATOR, draft, data, NOW, dry_run=True)
    assert not shown.applied
    assert shown.difference is not None
    assert [each.code for each in shown.difference.added] == ["019901"]
    assert content(draft) == starter()
    done = actions.import_excel(ADMINISTRATOR, draft, data, NOW, dry_run=False)
    assert done.applied
    assert content(draft) == wanted
    again = actions.import_excel(ADMINISTRATOR, draft, data, NOW, dry_run=False)
    assert not again.difference


def test_one_fault_and_nothing_is_imported(draft: int) -> None:
    unsound = Content((replace(LAMP, conditions=(replace(LAMP.conditions[0], danger=7),)),), DEFAULTS)
    report = actions.import_excel(ADMINISTRATOR, draft, workbook(unsound), NOW, dry_run=False)
    assert [str(fault) for fault in report.faults] == ["“立案条件”第 2 行“危险性”：应为 0～3"]
    assert not report.applied
    assert content(draft) == starter()


def test_what_is_exported_is_imported_as_no_change(draft: int) -> None:
    data = queries.export_excel_for(ADMINISTRATOR, 2)
    report = actions.import_excel(ADMINISTRATOR, draft, data, NOW, dry_run=True)
    assert report.faults == ()
    assert not report.difference


def test_a_post_in_one_street_may_not_change_the_district_s_list(draft: int) -> None:
    with pytest.raises(Denied):
        actions.import_excel(ONE_STREET_ADMINISTRATOR, draft, b"", NOW, dry_run=True)
