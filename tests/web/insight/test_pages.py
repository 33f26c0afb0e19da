"""民情: one sentence, themes, places; every number opens to exactly its cases, and only to who may see them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from huying.access.permissions import Permission as P
from huying.access.roles import ROLES, Role
from huying.kernel import clock
from huying.reports.rules.chance import Verdict
from huying.reports.rules.themes import RECENT, WEEKS, risen, themes
from tests.cast import COMMUNITY, GRID, OTHER_STREET, STREET, Cast
from tests.reports.conftest import live
from tests.teams.conftest import draw
from tests.web.desks import desk
from tests.web.numbers import walked

MOST_QUERIES = 18
weeks = st.dictionaries(st.integers(0, WEEKS - 1), st.integers(0, 60))


@given(st.dictionaries(st.text("0123", min_size=1, max_size=4), weeks), st.integers(0, 99))
def test_every_case_of_the_two_stretches_is_told_once(found: dict[str, dict[int, int]], then: int) -> None:
    told = themes(found, dict.fromkeys(found, then))
    recent = range(WEEKS - RECENT, WEEKS)
    assert sum(one.now for one in told) == sum(
        n for one in found.values() for w, n in one.items() if w in recent
    )
    assert [one.now for one in told] == sorted((one.now for one in told), reverse=True)
    assert all(one.change == one.now - one.before for one in told)
    assert all(one.verdict is not Verdict.UP or one.change > 0 for one in told)


def test_one_more_is_chance_and_thirty_more_are_not() -> None:
    steady = {f"{n:04}": {11: 5, 7: 4} for n in range(10)}
    assert risen(themes(steady, {})) is None
    told = risen(themes({**steady, "9999": {11: 40, 7: 10}}, {}))
    assert told is not None
    assert (told.key, told.before, told.now) == ("9999", 10, 40)


@pytest.fixture
def talked(cast: Cast) -> Cast:
    draw(cast)
    now = clock.now()
    for days, item, area in (
        (2, "X10101", GRID), (3, "X10101", GRID), (4, "X10102", GRID), (9, "Y20202", f"{OTHER_STREET}001001"),
        (33, "X10101", GRID), (40, "Y20202", GRID), (60, "X10101", GRID), (366, "X10101", GRID),
    ):  # fmt: skip
        live(cast, now - timedelta(days=days), area=area, item=item, closed=False)
    return cast


pages = pytest.mark.django_db
stored = pytest.mark.database


@stored
@pages
def test_every_number_opens_to_exactly_its_cases(talked: Cast) -> None:
    whole, street = desk(Role.SUPERVISOR), desk(Role.STREET_LEADER, STREET)
    for client, address in (
        (whole, "/insight/"), (street, "/insight/"), (whole, f"/insight/?area={COMMUNITY}"),
    ):  # fmt: skip
        opened, wrong = walked(client, address)
        assert opened > 8
        assert wrong == []


@stored
@pages
def test_a_chief_reads_what_is_said_most_and_where(talked: Cast) -> None:
    page = desk(Role.STREET_LEADER, STREET).get("/insight/").text
    assert "说得最多的是" in page
    assert "没有哪一类的变化超出偶然" in page
    assert page.count('<tr><th scope="row">') >= 2


@stored
@pages
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RESIDENT])
def test_who_reads_it(talked: Cast, role: Role) -> None:
    # Who handles holds a post within one body, as the demonstration's people do.
    body = (
        talked.urban if role in {Role.DEPARTMENT_HANDLER, Role.COMMUNITY_STATION, Role.GRID_WORKER} else None
    )
    client = desk(role, STREET, body)
    assert client.get("/insight/").status_code == (200 if P.INSIGHT_READ in ROLES[role] else 403)
    if P.INSIGHT_READ in ROLES[role]:
        assert client.get("/insight/hot/").status_code == 200


@stored
@pages
def test_another_street_does_not_exist_for_a_streets_chief(talked: Cast) -> None:
    client = desk(Role.STREET_LEADER, STREET)
    assert client.get(f"/insight/?area={OTHER_STREET}").status_code == 404
    assert client.get(f"/insight/borders.geojson?area={OTHER_STREET}").status_code == 404
    assert client.get("/insight/?area=%27x").status_code == 200


@stored
@pages
def test_a_page_asks_the_same_few_questions_however_much_there_is(talked: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    client.get("/insight/")
    cache.clear()
    with CaptureQueriesContext(connection) as few:
        client.get("/insight/")
    for hours in range(6):
        live(talked, clock.now() - timedelta(days=2, hours=hours), item="Z30303", closed=False)
    cache.clear()
    with CaptureQueriesContext(connection) as many:
        client.get("/insight/")
    assert len(few) == len(many) <= MOST_QUERIES


@stored
@pages
def test_what_was_counted_is_kept_for_others_and_for_no_other_area(talked: Cast) -> None:
    desk(Role.SUPERVISOR).get("/insight/")
    other = desk(Role.DISTRICT_DISPATCHER)
    assert _counted(other, "/insight/") == 0
    assert _counted(other, f"/insight/?area={STREET}") == 2
    assert _counted(other, f"/insight/?area={STREET}") == 0


def _counted(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return sum("date_bin" in one["sql"] for one in asked)


@stored
@pages
def test_a_district_where_nobody_called_says_so(cast: Cast) -> None:
    assert "近四周没有诉求" in desk(Role.SUPERVISOR).get("/insight/").text
