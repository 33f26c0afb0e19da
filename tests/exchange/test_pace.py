"""A backlog takes its time while somebody is at a desk, and none when nobody is."""

from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.db import connection

from huying.cases.queries.busy import is_somebody_at_a_desk
from huying.exchange.tasks import lanes
from huying.exchange.tasks.lanes import Lanes
from huying.kernel.breathing import PAGES
from huying.live.waking import listen


@pytest.mark.parametrize(
    ("open_page", "done", "took", "rested"),
    [
        (True, 200, 0.5, 9.5),
        (True, 200, 1.0, 15.0),
        (True, 20, 1.5, 22.5),
        (True, 2000, 1.0, 60.0),
        (True, 20, 9.0, 60.0),
        (False, 200, 1.0, None),
    ],
)
def test_so_many_letters_a_second_while_a_page_is_open(
    open_page: bool, done: int, took: float, rested: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lane = Lanes("in", lambda peer, now: 0, lambda peer: True, at_desks=20)
    breaths: list[float] = []
    monkeypatch.setattr(lanes, "is_somebody_at_a_desk", lambda: open_page)
    monkeypatch.setattr(lanes, "breathe", breaths.append)
    with patch.object(lane._ending, "wait") as wait:
        lane._rest(done, took)
    assert [call.args[0] for call in wait.call_args_list] == ([] if rested is None else [rested])
    assert breaths == ([took] if rested is None else [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_somebody_is_at_a_desk_where_a_page_asked_the_database_a_moment_ago() -> None:
    assert not is_somebody_at_a_desk()
    told: dict[str, Any] = connection.get_connection_params()
    address = {name: told[name] for name in ("dbname", "user", "password", "host", "port") if name in told}
    with psycopg.connect(**address, application_name=PAGES) as page:
        page.execute("SELECT 1")
        assert is_somebody_at_a_desk()


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_a_screen_that_is_told_of_news_is_nobody_at_a_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    # As in the process that answers pages.
    monkeypatch.setenv("PGAPPNAME", PAGES)
    connection.close()
    names = []
    for step in (lambda: None, listen):
        step()
        with connection.cursor() as cursor:
            cursor.execute("SHOW application_name")
            names.append(cursor.fetchone()[0])
    connection.close()
    assert names == [PAGES, "huying live"]
