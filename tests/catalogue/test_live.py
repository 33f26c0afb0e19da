"""The live list as the rest of the platform asks for it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from huying.catalogue import actions, queries
from huying.catalogue.actions.writing import write_content
from huying.catalogue.models import Edition
from huying.catalogue.queries.live import forget
from huying.catalogue.queries.reading import content
from huying.catalogue.rules import DEFAULTS, AppealKind
from huying.catalogue.rules.lines import Content
from huying.catalogue.rules.starter import starter
from huying.kernel.errors import NotFound
from huying.worktime.units import Limit, Unit
from tests.catalogue.cast import ADMINISTRATOR, DISTRICT, ELSEWHERE, NOW, SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    forget(DISTRICT)
    forget(ELSEWHERE)


def test_without_a_list_matters_run_on_the_platform_s_defaults() -> None:
    assert queries.limits(ELSEWHERE, "010101", 1, AppealKind.REPORT) == DEFAULTS[AppealKind.REPORT]
    assert queries.live_edition(ELSEWHERE) is None
    with pytest.raises(NotFound):
        queries.item(ELSEWHERE, "010101")


def test_an_item_its_limits_and_its_texts_are_at_hand() -> None:
    actions.load_starter(SYSTEM, DISTRICT, NOW)
    manhole = queries.item(DISTRICT, "010101")
    assert (manhole.name, manhole.duty, manhole.level.zh) == ("供水井盖", "water_supply", "街道")
    assert queries.limits(DISTRICT, "010101", 2).handle == Limit(2, Unit.URGENT_HOUR)
    assert queries.search_items(DISTRICT, "自来水井盖", 1)[0].item == manhole
    texts = queries.items_for_text(DISTRICT)
    assert len(texts) == len(starter().items)
    assert texts[0].names == ("市政设施", "井盖", "供水井盖")
    with pytest.raises(NotFound, match="999999"):
        queries.item(DISTRICT, "999999")


def test_asking_again_asks_no_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    actions.load_starter(SYSTEM, DISTRICT, NOW)
    queries.limits(DISTRICT, "010101")
    with django_assert_num_queries(0):
        for _ in range(100):
            queries.limits(DISTRICT, "010101", 1, AppealKind.HELP)


def test_a_change_made_by_another_process_is_seen_after_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    first = actions.load_starter(SYSTEM, DISTRICT, NOW)
    draft = actions.new_draft(ADMINISTRATOR, first, "他处", NOW)
    assert queries.live_edition(DISTRICT) == first
    Edition.objects.filter(pk=first).update(state="retired")
    Edition.objects.filter(pk=draft).update(state="live")
    assert queries.live_edition(DISTRICT) == first
    monkeypatch.setattr("huying.catalogue.queries.live.CHECK_SECONDS", 0.0)
    assert queries.live_edition(DISTRICT) == draft


def test_a_list_of_4096_items_is_read_by_as_few_questions_as_a_short_one() -> None:
    base = starter().items
    lines = [
        replace(base[at % len(base)], code=f"{at:06d}", name=f"{base[at % len(base)].name}{at}")
        for at in range(4096)
    ]
    draft = actions.new_empty_draft(ADMINISTRATOR, DISTRICT, "四千项", NOW)
    write_content(Edition.objects.get(pk=draft), Content(tuple(lines), DEFAULTS))
    with CaptureQueriesContext(connection) as asked:
        loaded = content(draft)
    assert loaded.items == tuple(lines)
    assert len(asked) <= 4
