"""The command screen: true numbers within the reader's posts, each open to exactly its cases, at a fixed cost."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case
from huying.kernel import clock
from huying.people.actions import NewPost
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.teams.conftest import draw, laid
from tests.web.desks import desk
from tests.web.duty.test_pages import on_now
from tests.web.matters import REPLY, TEXT, counted, number

pytestmark = [pytest.mark.django_db, pytest.mark.database]
_FIGURE = re.compile(r'<(?:a|span)[^>]*?(?:href="([^"]*)"[^>]*?)?data-figure="([^"]+)"[^>]*>([^<]*)<')
_TILE = re.compile(r'<a class="tile[^"]*" href="([^"]+)">.*?data-figure="([^"]+)">([^<]+)<', re.S)


def figures(client: Client, path: str = "/command/") -> dict[str, tuple[str, str]]:
    """Each number by its key: what it says, and where it opens."""
    page = client.get(path)
    assert page.status_code == 200
    html = page.content.decode()
    found = {key: (text, unescape(href)) for href, key, text in _FIGURE.findall(html)}
    return found | {key: (text, unescape(href)) for href, key, text in _TILE.findall(html)}


def cases_at(client: Client, href: str) -> set[str]:
    return set(re.findall(r'data-href="/case/(\d{6}-\d{9})"', client.get(href).content.decode()))


def came(cast: Cast, area: str = GRID, count: int = 1, ago: timedelta = timedelta(minutes=5)) -> list[Case]:
    new = [
        NewAppeal(text=f"{TEXT}{n}{area}", channel="web", kind="complaint", area=area) for n in range(count)
    ]
    kept = receive(DISTRICT, new, by=cast.system, now=clock.now() - ago)
    return [Case.objects.get(district=DISTRICT, id=one.case_id) for one in kept]


def test_each_number_opens_to_exactly_its_cases(cast: Cast) -> None:
    ours = came(cast, count=3)
    theirs = came(cast, f"{OTHER_STREET}001001", 2)
    advance((DISTRICT, ours[0].id), Verb.ANSWER, by=cast.seat, now=clock.now(), reply="您好，已答复。")
    advance((DISTRICT, ours[1].id), Verb.FILE, by=cast.seat, now=clock.now(), item="X1")
    counted(clock.now())
    supervisor = desk(Role.SUPERVISOR)
    told = figures(supervisor)
    wanted = {
        "item-X1": {number(ours[1])},
        "received": {number(one) for one in ours + theirs},
        "open": {number(one) for one in ours[1:] + theirs},
        "closed": {number(ours[0])},
        f"{STREET}-received": {number(one) for one in ours},
        f"{STREET}-open": {number(one) for one in ours[1:]},
        f"{OTHER_STREET}-open": {number(one) for one in theirs},
    }
    for key, cases in wanted.items():
        text, href = told[key]
        assert int(text) == len(cases), key
        assert cases_at(supervisor, href) == cases, key


def test_what_nobody_could_place_opens_to_its_cases_too(cast: Cast) -> None:
    placed, [nowhere] = came(cast, count=2), came(cast, str(DISTRICT), ago=timedelta(days=60))
    while fire_due(clock.now()):
        pass
    counted(clock.now())
    supervisor = desk(Role.SUPERVISOR)
    told = figures(supervisor)
    for key in ("-received", "-open", "-late"):
        assert told[key][1], key
    assert told["-open"][0] == "1"
    assert cases_at(supervisor, told["-open"][1]) == {number(nowhere)}
    assert told["-late"][0] == "1"
    page = supervisor.get(told["-late"][1]).content.decode()
    assert number(nowhere) in page
    assert all(number(one) not in page for one in placed)


def test_who_is_on_duty_is_a_number_that_opens_to_as_many_people(cast: Cast) -> None:
    ground = laid(cast)
    for client, path in (
        (desk(Role.SUPERVISOR), "/command/"),
        (desk(Role.STREET_LEADER, STREET), "/command/"),
    ):
        text, href = figures(client, path)["duty"]
        assert text == "0"
        assert client.get(href).status_code == 200
    on_now(ground, "张三、李四")
    cache.clear()
    for client, path in (
        (desk(Role.EVALUATOR), "/command/"),
        (desk(Role.STREET_DISPATCHER, STREET), "/command/"),
        (desk(Role.RULING_OFFICER), f"/command/?area={STREET}"),
    ):
        text, href = figures(client, path)["duty"]
        assert int(text) == client.get(href).content.decode().count("<tr data-person>") == 2
    text, href = figures(desk(Role.STREET_LEADER, OTHER_STREET))["duty"]
    assert text == "0"


def test_whoever_holds_several_posts_chooses_whose_screen_it_is(cast: Cast) -> None:
    draw(cast)
    client = desk(Role.STREET_LEADER, STREET, None, NewPost(Role.STREET_LEADER, OTHER_STREET))
    page = client.get("/command/").content.decode()
    assert f'href="/command/?area={OTHER_STREET}"' in page
    came(cast, f"{OTHER_STREET}001001")
    counted(clock.now())
    assert figures(client, f"/command/?area={OTHER_STREET}")["open"][0] == "1"
    assert "wall-posts" not in desk(Role.SUPERVISOR).get("/command/").content.decode()


def test_what_is_late_or_nearly_so_stands_there_and_opens(cast: Cast) -> None:
    [late], [near] = came(cast, ago=timedelta(days=60)), came(cast)
    now = clock.now()
    Case.objects.filter(id=near.id).update(warn_at=now - timedelta(hours=1), due_at=now + timedelta(hours=9))
    while fire_due(now):
        pass
    counted(now)
    supervisor = desk(Role.SUPERVISOR)
    told = figures(supervisor)
    assert told["late"][0] == told[f"{STREET}-late"][0] == "1"
    for key in ("late", f"{STREET}-late"):
        page = supervisor.get(told[key][1]).content.decode()
        assert number(late) in page
        assert number(near) not in page
    assert told["close"][0] == "1"
    assert cases_at(supervisor, told["close"][1]) == {number(near)}


def test_a_street_sees_itself_alone(cast: Cast) -> None:
    [ours], [theirs] = came(cast), came(cast, f"{OTHER_STREET}001001")
    counted(clock.now())
    client = desk(Role.STREET_LEADER, STREET)
    told = figures(client)
    assert (told["received"][0], told["open"][0]) == ("1", "1")
    assert cases_at(client, told["received"][1]) == {number(ours)}
    page = client.get("/command/").content.decode()
    assert OTHER_STREET not in page
    assert number(theirs) not in page
    assert client.get(f"/command/?area={OTHER_STREET}").status_code == 404
    assert client.get(f"/command/now?area={OTHER_STREET}").status_code == 404
    assert client.get(f"/command/areas.geojson?area={OTHER_STREET}").status_code == 404


def test_the_screen_of_a_part_shows_that_part(cast: Cast) -> None:
    came(cast, count=2)
    came(cast, f"{OTHER_STREET}001001")
    counted(clock.now())
    told = figures(desk(Role.SUPERVISOR), f"/command/?area={OTHER_STREET}")
    assert told["open"] == ("1", f"/case/?area={OTHER_STREET}")


def test_no_words_of_a_caller_hang_on_the_wall(cast: Cast) -> None:
    came(cast)
    counted(clock.now())
    assert TEXT[:6] not in desk(Role.SUPERVISOR).get("/command/").content.decode()


def test_an_empty_district_says_what_will_be_there(cast: Cast) -> None:
    page = desk(Role.SUPERVISOR).get("/command/").content.decode()
    for words in ("没有紧急案件", "没有单位超时", "这里会列出刚刚发生的每一步", "今天还没有立案"):
        assert words in page


def test_the_screen_asks_the_same_of_the_database_at_any_size(cast: Cast, settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    supervisor = desk(Role.SUPERVISOR)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert supervisor.get("/command/").status_code == 200
        return len(queries)

    def at_least() -> int:
        # What a process holds of areas and limits is asked for again every few seconds.
        return min(asked() for _time in range(3))

    came(cast)
    counted(clock.now())
    few = at_least()
    came(cast, count=12)
    came(cast, f"{OTHER_STREET}001001", 12)
    assert at_least() == few
    assert few <= 30


def test_the_share_kept_in_time_opens_to_what_was_judged(cast: Cast) -> None:
    kept, _waiting = came(cast, count=2)
    ref, now = (DISTRICT, kept.id), clock.now()
    advance(ref, Verb.FILE, by=cast.seat, now=now, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    advance(ref, Verb.SIGN, by=cast.handler, now=now)
    advance(ref, Verb.REPORT, by=cast.handler, now=now, result="清运", reply=REPLY, solved=True)
    counted(now)
    supervisor = desk(Role.SUPERVISOR)
    text, href = figures(supervisor)["in_time"]
    assert text == "100.0%"
    assert cases_at(supervisor, href) == {number(kept)}


def test_those_who_hold_the_same_posts_share_what_was_reckoned(cast: Cast) -> None:
    first = desk(Role.SUPERVISOR)
    first.get("/command/now")
    with CaptureQueriesContext(connection) as queries:
        first.get("/command/now")
    assert len(queries) <= 5
    # Another post gets numbers of its own.
    came(cast)
    counted(clock.now())
    assert figures(desk(Role.STREET_LEADER, STREET))["open"][0] == "1"


def test_the_cases_behind_a_number_say_how_many_they_are(cast: Cast) -> None:
    came(cast, count=3)
    counted(clock.now())
    page = desk(Role.SUPERVISOR).get("/command/counted?measure=received").content.decode()
    assert 'aria-current="true">受理诉求 <span class="count">3</span>' in page


@pytest.mark.parametrize(
    "query", ["measure=nonsense", "measure=received&by=item&key=", "by=area&key=x", "area=abc"]
)
def test_every_question_is_answered(cast: Cast, query: str) -> None:
    assert desk(Role.SUPERVISOR).get(f"/command/counted?{query}").status_code == 200
    assert desk(Role.SUPERVISOR, STREET).get(f"/command/?{query}").status_code == 200
