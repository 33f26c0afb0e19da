"""A made district in the database: nothing refused, the chain whole, everybody able to see their work."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from huying.places.queries import Level, areas, districts, locate_point
from huying.simulate.land import Size, district
from huying.simulate.loading import Loaded, load
from huying.site.cli import main

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Made once for the module, in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(11, NOW, streets=1, days=40, cases=250)
        transaction.set_rollback(True)


def count(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row: tuple[int] = cursor.fetchone()
        return row[0]


def test_the_knowledge_base_has_its_articles_and_who_answers_for_them(loaded: Loaded) -> None:
    articles = count("SELECT count(*) FROM knowledge_articleversion")
    assert articles >= 40
    assert count("SELECT count(body_id) FROM knowledge_articleversion") > 0.9 * articles


def test_a_whole_district_is_lived_through(loaded: Loaded) -> None:
    lived = loaded.lived
    assert lived.refused == ()
    assert 180 < lived.cases < 320
    assert count("SELECT count(*) FROM cases_appeal") == lived.appeals
    split = count("SELECT count(*) FROM cases_entry WHERE verb = 'split_off'")
    assert split == 3
    assert count("SELECT count(*) FROM cases_case") == lived.appeals + split
    absorbed = count("SELECT count(*) FROM cases_entry WHERE verb = 'absorb'")
    assert count("SELECT count(*) FROM cases_entry") == lived.deeds + lived.appeals + absorbed + split
    assert (
        count("SELECT count(*) FROM cases_case WHERE state = 'merged'")
        == absorbed
        == lived.appeals - lived.cases
    )
    assert count(f"SELECT count(*) FROM cases_entry WHERE at >= '{NOW.isoformat()}'") == 0


def test_open_cases_run_on_a_clock_and_closed_ones_do_not(loaded: Loaded) -> None:
    running = "SELECT 1 FROM cases_clock k WHERE k.case_id = c.id AND k.stopped_at IS NULL"
    assert count("SELECT count(*) FROM cases_case WHERE closed_at IS NULL") > 3
    assert count(f"SELECT count(*) FROM cases_case c WHERE closed_at IS NULL AND NOT EXISTS ({running})") == 0
    assert count(f"SELECT count(*) FROM cases_case c WHERE closed_at IS NOT NULL AND EXISTS ({running})") == 0


def test_areas_and_places_can_be_asked_as_in_any_district(loaded: Loaded) -> None:
    number = int(loaded.land.code)
    assert [row.code for row in districts()] == [number]
    grid = loaded.land.of("grid")[3]
    found = locate_point(number, grid.lon, grid.lat)
    assert found is not None
    assert found.code == grid.code
    assert len(areas(number, Level.GRID)) == len(loaded.land.of("grid"))


def test_the_cast_signs_in_with_the_printed_password(loaded: Loaded) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT login, password FROM people_account")
        kept = dict(cursor.fetchall())
    assert all(kept[person.login].startswith("argon2") for person in loaded.cast)
    others = set(kept) - {person.login for person in loaded.cast}
    assert all(kept[login].startswith("!") for login in others)


def test_the_command_makes_it_once(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--streets", "1", "--days", "5", "--cases", "20", "--seed", "3", "--json"]) == 0
    assert district(3, Size(streets=1)).name in capsys.readouterr().out
    assert main(["demo", "--if-empty", "--json"]) == 0
    assert '"made": false' in capsys.readouterr().out
    assert main(["demo"]) == 1
    assert "只装进空的数据库" in capsys.readouterr().err


def test_reports_of_the_last_days_show_what_the_list_demands(loaded: Loaded) -> None:
    shown = (
        "FROM cases_attachment p JOIN cases_entry e USING (district, case_id, seq) WHERE e.verb = 'report'"
    )
    assert count(f"SELECT count(*) {shown} AND p.stage = 'before'") > 0
    assert count(f"SELECT count(*) {shown} AND p.stage = 'after'") > 0
    assert count(f"SELECT count(*) {shown} AND e.at < timestamptz '2026-11-06 10:30+08'") == 0
    # The same picture is one file.
    assert count("SELECT count(DISTINCT sha256) FROM cases_attachment") <= 12
