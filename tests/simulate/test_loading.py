"""A made district in the database: nothing refused, the chain whole, everybody able to see their work."""

from collections.abc import Iterator
from datetime import datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from huying.cases.actions.reactions import following, reading
from huying.figures.tasks import count as counted
from huying.places.queries import Level, areas, districts, locate_point
from huying.reports.models import Awaiting, Report
from huying.reports.rules.doc import plain
from huying.simulate.land import Size, district
from huying.simulate.loading import Loaded, load
from huying.simulate.loading.looking_back import look_back
from huying.site import settings as written
from huying.site.cli import main

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))

pytestmark = pytest.mark.database


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """Made once for the module, in a transaction that is taken back."""
    as_used = override_settings(PASSWORD_HASHERS=written.PASSWORD_HASHERS)
    with django_db_blocker.unblock(), transaction.atomic(), as_used:
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
    # What was said at today's meeting comes on top of the days.
    said = count("SELECT count(*) FROM cases_appeal WHERE channel = 'meeting'")
    assert said == 3
    # So do the fire of last month, what cameras and devices told, and what was found in the street.
    cards = (
        "SELECT case_id FROM emergency_emergency UNION SELECT case_id FROM patrol_find "
        "UNION SELECT case_id FROM video_videoalarm WHERE case_id > 0 "
        "UNION SELECT case_id FROM devices_matter WHERE case_id > 0"
    )
    alarmed = f"case_id IN ({cards})"
    said += count(f"SELECT count(*) FROM ({cards}) AS cards")
    assert count("SELECT count(*) FROM patrol_find") >= 4
    assert count("SELECT count(*) FROM patrol_find WHERE kind = 'fixed'") >= 1
    assert count("SELECT count(*) FROM patrol_check") == 1
    assert count("SELECT count(*) FROM devices_matter WHERE kind = 'water' AND until IS NULL") == 1
    # And what was found at visits.
    said += count("SELECT count(*) FROM visits_need")
    noted = count(f"SELECT count(*) FROM cases_entry WHERE verb <> 'receive' AND {alarmed}")
    rated = count("SELECT count(*) FROM cases_entry WHERE verb IN ('rate_call', 'rate_caller')")
    assert count("SELECT count(*) FROM cases_appeal") == lived.appeals + said
    split = count("SELECT count(*) FROM cases_entry WHERE verb = 'split_off'")
    assert split == 3
    assert count("SELECT count(*) FROM cases_case") == lived.appeals + said + split
    absorbed = count("SELECT count(*) FROM cases_entry WHERE verb = 'absorb'")
    made = lived.deeds + lived.appeals + said + absorbed + split + noted + rated
    assert count("SELECT count(*) FROM cases_entry") == made
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
    # A promise outlives its case.
    promised = "SELECT 1 FROM cases_promise p WHERE p.id = k.promise_id AND p.state = 'open'"
    others = f"{running} AND NOT (k.kind = 'promise' AND EXISTS ({promised}))"
    assert count(f"SELECT count(*) FROM cases_case c WHERE closed_at IS NOT NULL AND EXISTS ({others})") == 0


def test_calls_and_promises_of_every_sort_are_there_to_be_looked_at(loaded: Loaded) -> None:
    assert count("SELECT count(*) FROM cases_call WHERE ended_at IS NULL") == 1
    assert count("SELECT count(*) FROM cases_call WHERE ended_at IS NOT NULL") == 2
    # One body has not answered yet, one never did; both sides of what is over spoke of each other.
    assert count("SELECT count(*) FROM cases_called WHERE arrived_at IS NULL") >= 2
    assert count("SELECT count(DISTINCT side) FROM cases_callrating") == 2
    for state in ("open", "kept", "broken"):
        assert count(f"SELECT count(*) FROM cases_promise WHERE kind = 'promise' AND state = '{state}'") > 0
    assert count("SELECT count(*) FROM cases_promise WHERE kind = 'part' AND state = 'open'") == 1


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


def test_a_fire_of_last_month_was_answered_handed_over_put_out_and_looked_back_at(loaded: Loaded) -> None:
    over = "over_at IS NOT NULL AND next_at IS NULL AND taken_by <> ''"
    assert count(f"SELECT count(*) FROM emergency_emergency WHERE {over}") == 2
    assert count("SELECT count(*) FROM emergency_alert WHERE answer = 'accepted'") >= 2
    assert count("SELECT count(*) FROM emergency_alert WHERE arrived_at IS NOT NULL") == 2
    assert count("SELECT count(*) FROM emergency_outside WHERE line = '119'") == 1
    assert count("SELECT count(*) FROM emergency_review") == 1
    closed = "SELECT 1 FROM cases_case c WHERE c.id = e.case_id AND c.state = 'closed'"
    assert count(f"SELECT count(*) FROM emergency_emergency e WHERE EXISTS ({closed})") == 2
    # Nobody is told today of a fire of last month.
    assert count("SELECT count(*) FROM notices_notice WHERE state = 'waiting'") == 0


def test_the_last_month_is_closed_and_its_report_signed(loaded: Loaded) -> None:
    district_code = int(loaded.land.code)
    # Within a test's one transaction nothing else is under way.
    with patch.object(reading, "horizon", lambda: 2**62):
        while following.follow("figures", district_code, counted, NOW, 1000):
            pass
    assert look_back(district_code, NOW)
    assert count("SELECT count(*) FROM figures_closedperiod WHERE first = '2026-10-01' AND rows > 0") == 1
    report = Report.objects.get(kind="month", area=loaded.land.code)
    assert (str(report.first), report.signing.post) == ("2026-10-01", "supervisor")
    words = "".join(plain(block["p"]) for block in report.text["zh-hans"]["blocks"] if "p" in block)
    for said in ("本月发起呼叫 1 次", "本月作出承诺", "本月启动应急 1 起：火情 1 起"):
        assert said in words
    assert not Awaiting.objects.exists()


def test_a_history_too_young_for_a_month_closes_none(db: None) -> None:
    load(5, NOW, streets=1, days=3, cases=10)
    assert not look_back(int(district(5, Size(streets=1)).code), NOW)
