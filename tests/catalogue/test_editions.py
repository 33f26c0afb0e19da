"""Editions: made, put in force, brought back, and kept as they were."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from huying.catalogue import actions, queries
from huying.catalogue.models import Edition
from huying.catalogue.queries.live import forget
from huying.catalogue.rules import EditionState
from huying.catalogue.rules.starter import starter
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.catalogue.cast import (
    ADMINISTRATOR,
    DISPATCHER,
    DISTRICT,
    EVERYBODY_ELSE,
    NEIGHBOUR,
    NOW,
    SYSTEM,
    TOMORROW,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LAMP = next(line for line in starter().items if line.name == "路灯不亮")


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget(DISTRICT)


@pytest.fixture
def first() -> int:
    return actions.load_starter(SYSTEM, DISTRICT, NOW)


def renamed(draft: int, name: str) -> None:
    actions.put_item(ADMINISTRATOR, draft, replace(LAMP, name=name), NOW)


def states() -> list[tuple[int, str]]:
    return [(each.number, each.state.zh) for each in queries.editions_for(ADMINISTRATOR)]


def test_the_starter_list_is_stored_as_it_is_and_live_at_once(first: int) -> None:
    assert queries.content_for(ADMINISTRATOR, 1) == starter()
    assert queries.live_edition(DISTRICT) == first
    assert states() == [(1, "生效")]


def test_loading_the_starter_list_again_changes_nothing(first: int) -> None:
    assert actions.load_starter(SYSTEM, DISTRICT, TOMORROW) == first
    assert Edition.objects.count() == 1


def test_a_draft_begins_equal_and_changes_alone(first: int) -> None:
    draft = actions.new_draft(ADMINISTRATOR, first, "二季度修订", NOW)
    assert not queries.compare(first, draft)
    renamed(draft, "路灯熄灭")
    (change,) = queries.compare_for(ADMINISTRATOR, 1, 2).changed
    assert (change.field_zh, change.before, change.after) == ("小类", "路灯不亮", "路灯熄灭")
    assert queries.item(DISTRICT, LAMP.code).name == "路灯不亮"


def test_going_live_retires_the_former_and_is_seen_at_once(first: int) -> None:
    draft = actions.new_draft(ADMINISTRATOR, first, "新版", NOW)
    renamed(draft, "路灯熄灭")
    queries.item(DISTRICT, LAMP.code)
    actions.go_live(ADMINISTRATOR, draft, TOMORROW)
    assert queries.item(DISTRICT, LAMP.code).name == "路灯熄灭"
    assert states() == [(2, "生效"), (1, "停用")]
    assert queries.edition_for(ADMINISTRATOR, 1).retired_at == TOMORROW
    actions.go_live(ADMINISTRATOR, draft, TOMORROW)
    assert states() == [(2, "生效"), (1, "停用")]


def test_an_edition_may_wait_for_its_day(first: int) -> None:
    draft = actions.new_draft(ADMINISTRATOR, first, "四月版", NOW)
    actions.go_live(ADMINISTRATOR, draft, NOW, valid_from=TOMORROW)
    assert states() == [(2, "待生效"), (1, "生效")]
    assert actions.start_due(NOW) == 0
    with pytest.raises(Conflict, match="只有草稿"):
        renamed(draft, "改不了")
    assert actions.start_due(TOMORROW) == 1
    assert actions.start_due(TOMORROW) == 0
    assert states() == [(2, "生效"), (1, "停用")]
    assert queries.live_edition(DISTRICT) == draft


def test_a_waiting_edition_may_be_called_off_and_only_one_waits(first: int) -> None:
    second = actions.new_draft(ADMINISTRATOR, first, "甲", NOW)
    third = actions.new_draft(ADMINISTRATOR, first, "乙", NOW)
    actions.go_live(ADMINISTRATOR, second, NOW, valid_from=TOMORROW)
    with pytest.raises(Conflict, match="等待生效"):
        actions.go_live(ADMINISTRATOR, third, NOW, valid_from=TOMORROW)
    actions.call_off(ADMINISTRATOR, second, NOW)
    assert actions.start_due(TOMORROW) == 0
    with pytest.raises(Conflict):
        actions.call_off(ADMINISTRATOR, first, NOW)


def test_rolling_back_makes_a_new_edition_equal_to_the_old_one(first: int) -> None:
    draft = actions.new_draft(ADMINISTRATOR, first, "坏版本", NOW)
    renamed(draft, "错名")
    actions.go_live(ADMINISTRATOR, draft, NOW)
    back = actions.roll_back(ADMINISTRATOR, first, TOMORROW)
    assert back not in (first, draft)
    assert not queries.compare(first, back)
    assert states() == [(3, "生效"), (2, "停用"), (1, "停用")]
    assert actions.roll_back(ADMINISTRATOR, first, TOMORROW) == back
    assert Edition.objects.count() == 3


def test_what_is_in_force_or_was_cannot_be_edited_or_thrown_away(first: int) -> None:
    for forbidden in (
        lambda: renamed(first, "改历史"),
        lambda: actions.remove_item(ADMINISTRATOR, first, LAMP.code, NOW),
        lambda: actions.discard_draft(ADMINISTRATOR, first, NOW),
    ):
        with pytest.raises(Conflict):
            forbidden()
    assert queries.content_for(ADMINISTRATOR, 1) == starter()


def test_a_retired_edition_goes_live_only_by_rolling_back(first: int) -> None:
    actions.go_live(ADMINISTRATOR, actions.new_draft(ADMINISTRATOR, first, "新版", NOW), NOW)
    with pytest.raises(Conflict, match="恢复旧版"):
        actions.go_live(ADMINISTRATOR, first, TOMORROW)


def test_a_discarded_draft_is_gone_and_discarding_it_again_is_no_error(first: int) -> None:
    draft = actions.new_draft(ADMINISTRATOR, first, "不要了", NOW)
    child = actions.new_draft(ADMINISTRATOR, draft, "由草稿来", NOW)
    actions.discard_draft(ADMINISTRATOR, draft, NOW)
    actions.discard_draft(ADMINISTRATOR, draft, NOW)
    assert [each.number for each in queries.editions_for(ADMINISTRATOR)] == [3, 1]
    assert queries.edition_for(ADMINISTRATOR, 3).based_on == 1
    assert not queries.compare(first, child)


def test_an_unfinished_list_does_not_go_live(first: int) -> None:
    empty = actions.new_empty_draft(ADMINISTRATOR, DISTRICT, "自建", NOW)
    with pytest.raises(Invalid, match="还没有事项"):
        actions.go_live(ADMINISTRATOR, empty, NOW)
    actions.put_item(ADMINISTRATOR, empty, replace(LAMP, conditions=()), NOW)
    with pytest.raises(Invalid, match="还没有立案条件"):
        actions.go_live(ADMINISTRATOR, empty, NOW)
    assert states()[0] == (2, "草稿")


def test_the_database_itself_allows_one_live_edition(first: int) -> None:
    actions.new_draft(ADMINISTRATOR, first, "抢先", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(number=2).update(state=EditionState.LIVE)


@pytest.mark.parametrize("actor", EVERYBODY_ELSE, ids=lambda actor: actor.name)
def test_a_denied_act_leaves_no_trace(first: int, actor: object) -> None:
    draft = actions.new_draft(ADMINISTRATOR, first, "草稿", NOW)
    before = list(Edition.objects.order_by("pk").values())
    for act in (
        lambda: actions.new_draft(actor, first, "偷改", NOW),  # type: ignore[arg-type]
        lambda: actions.put_item(actor, draft, LAMP, NOW),  # type: ignore[arg-type]
        lambda: actions.go_live(actor, draft, NOW),  # type: ignore[arg-type]
        lambda: actions.roll_back(actor, first, NOW),  # type: ignore[arg-type]
        lambda: actions.discard_draft(actor, draft, NOW),  # type: ignore[arg-type]
    ):
        with pytest.raises(Denied):
            act()
    assert list(Edition.objects.order_by("pk").values()) == before


def test_another_district_s_list_does_not_exist(first: int) -> None:
    for act in (
        lambda: actions.new_draft(NEIGHBOUR, first, "越区", NOW),
        lambda: actions.load_starter(NEIGHBOUR, DISTRICT, NOW),
        lambda: queries.edition_for(NEIGHBOUR, 1),
        lambda: actions.go_live(ADMINISTRATOR, 0, NOW),
    ):
        with pytest.raises(NotFound):
            act()
    assert queries.editions_for(NEIGHBOUR) == []


def test_a_dispatcher_reads_the_list_without_changing_it(first: int) -> None:
    assert queries.content_for(DISPATCHER, 1).items == starter().items
