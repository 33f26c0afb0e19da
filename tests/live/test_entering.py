"""Who may listen, and to what: the same roles and scopes as the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site

from huying.access.permissions import Permission as P
from huying.access.roles import ROLES, Role
from huying.cases.policy import audience_of
from huying.cases.queries.desks.happenings import START, happenings_after, last_happenings, recent_for
from huying.kernel import clock
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.live.entering import Asked, Screen, SignedOut, enter
from huying.live.wire import event_of
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, actor
from tests.web.desks import desk
from tests.web.matters import TEXT, handled

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _enter(client: Any, query: str = "", last: str = "", later: timedelta = timedelta()) -> Screen:
    cookie = f"{site.SESSION_COOKIE_NAME}={client.cookies[site.SESSION_COOKIE_NAME].value}"
    return enter(Asked(cookie, query, last), clock.now() + later)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RESIDENT])
def test_only_those_who_read_boards_and_cases_may_listen(cast: Cast, role: Role) -> None:
    client = desk(role, str(DISTRICT), cast.water if role is Role.DEPARTMENT_HANDLER else None)
    if {P.BOARD_READ, P.CASE_READ} <= ROLES[role]:
        assert _enter(client).audience.district == DISTRICT
    else:
        with pytest.raises(Denied):
            _enter(client)


@pytest.mark.parametrize(
    "cookie", ["", "sessionid=", "sessionid=made-up", "other=1", "sessionid=\x00;;=", ";"]
)
def test_nobody_listens_without_a_session(cast: Cast, cookie: str) -> None:
    with pytest.raises(SignedOut):
        enter(Asked(cookie, "", ""), clock.now())


def test_a_session_that_is_over_opens_nothing(cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    session = client.session
    session["seen"] = session["since"] = clock.now().timestamp()
    session.save()
    assert _enter(client)
    with pytest.raises(SignedOut):
        _enter(client, later=timedelta(minutes=31))
    client.get("/account/sign-out")
    client.logout()
    with pytest.raises(SignedOut):
        enter(Asked(f"{site.SESSION_COOKIE_NAME}={session.session_key}", "", ""), clock.now())


def test_a_screen_hears_its_own_posts_and_can_only_hear_less(cast: Cast) -> None:
    assert audience_of(cast.supervisor).hears("", None)
    ours = audience_of(cast.leader)
    assert ours.hears(GRID, None)
    assert not ours.hears(f"{OTHER_STREET}001001", None)
    assert not ours.hears("", None)
    less = audience_of(cast.supervisor, STREET)
    assert less.hears(GRID, None)
    assert not less.hears(OTHER_STREET, None)
    with pytest.raises(NotFound):
        audience_of(cast.leader, OTHER_STREET)
    with pytest.raises(Denied):
        audience_of(cast.seat)
    with pytest.raises(Denied):
        audience_of(cast.resident(1))
    within = actor("水务", 300, Role.STREET_LEADER, STREET, cast.water)
    assert audience_of(within).hears(GRID, cast.water)
    assert not audience_of(within).hears(GRID, cast.urban)


def test_the_address_says_from_where_on_and_a_break_says_it_better(cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    assert _enter(client).place is None
    assert _enter(client, "since=4-5-6").place == (4, 5, 6)
    assert _enter(client, "since=4-5-6", "7-8-9").place == (7, 8, 9)
    assert _enter(client, "", "nonsense").lost
    with pytest.raises(Invalid):
        _enter(client, "area=x")
    with pytest.raises(NotFound):
        _enter(desk(Role.STREET_LEADER, STREET), f"area={OTHER_STREET}")


def test_the_ledger_is_read_in_its_order_from_any_place_on(cast: Cast) -> None:
    case = handled(cast)
    every = happenings_after(DISTRICT, START, MONDAY, 100)
    # The test's own transaction has not ended, so nothing of it is settled yet.
    assert every == []
    assert last_happenings(DISTRICT, MONDAY, 100) == []
    assert recent_for(cast.supervisor, "", MONDAY, 10) == (START, [])
    assert case.length == 4


@pytest.mark.django_db(transaction=True)
def test_what_is_settled_is_told_once_and_never_a_persons_words(cast: Cast) -> None:
    case = handled(cast)
    every = happenings_after(DISTRICT, START, MONDAY, 100)
    assert [one.verb.value for one in every] == ["receive", "file", "dispatch", "sign"]
    assert every == last_happenings(DISTRICT, MONDAY, 100)
    for known, one in enumerate(every):
        assert happenings_after(DISTRICT, one.place, MONDAY, 100) == every[known + 1 :]
    assert happenings_after(DISTRICT, START, MONDAY, 2) == every[:2]
    told = b"".join(event_of(one, "zh-hans") for one in every).decode()
    assert TEXT not in told
    assert case.title not in told
    end, heard = recent_for(cast.leader, "", MONDAY, 3)
    assert (end, heard) == (every[-1].place, every[:0:-1])
    assert recent_for(cast.other_dispatcher, "", MONDAY, 3) == (end, [])
