"""附近办了什么: from where somebody stands, lives or names, nearest first, and nobody's own point in any address."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from shapely.geometry import box

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel import clock
from huying.places.actions import add_places, put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from huying.web.citizen.public import views
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EAST, FAR = f"{STREET}002", f"{STREET}003"


@pytest.fixture(autouse=True)
def drawn(cast: Cast) -> Iterator[None]:
    """Three communities in a row, 10 km each, and an estate of one name in two of them."""
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, box(114.2, 22.6, 114.5, 22.7), str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, box(114.2, 22.6, 114.5, 22.7), STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, box(114.2, 22.6, 114.3, 22.7), COMMUNITY),
        AreaDraft("东桥社区", Level.COMMUNITY, box(114.3, 22.6, 114.4, 22.7), EAST),
        AreaDraft("远山社区", Level.COMMUNITY, box(114.4, 22.6, 114.5, 22.7), FAR),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    places = [("春风花园", 114.21), ("东桥花园", 114.31), ("东桥花园二期", 114.41)]
    add_places(DISTRICT, [PlaceDraft(name, PlaceKind.ESTATE, lon, 22.61) for name, lon in places])
    forget(DISTRICT)
    yield
    forget(DISTRICT)


def _done(cast: Cast, area: str, reply: str, kind: str = "complaint") -> None:
    at = clock.now() - timedelta(days=2)
    new = NewAppeal(text="路灯不亮", channel="web", kind=kind, area=area, lon=114.2345, lat=22.6543)
    kept = receive(DISTRICT, [new], by=cast.system, now=at)[0]
    told = {"reply": f"您好，{reply}，感谢您的反映。"}
    advance((DISTRICT, kept.case_id), Verb.ANSWER, by=cast.district_dispatcher, now=at, **told)


def test_the_nearest_comes_first_and_distances_are_said(cast: Cast) -> None:
    for area, reply in ((FAR, "远山的灯修好了"), (EAST, "东桥的灯修好了"), (COMMUNITY, "桂花的灯修好了")):
        _done(cast, area, reply)
    page = Client().get(f"/public?near={EAST}").text
    assert "东桥社区附近办了什么" in page
    assert page.index("东桥的灯") < min(page.index("桂花的灯"), page.index("远山的灯"))
    assert page.count("约 10.3 公里") == 2
    page = Client().get(f"/public?near={COMMUNITY}").text
    assert page.index("桂花的灯") < page.index("东桥的灯") < page.index("远山的灯")


def test_what_was_only_asked_or_told_in_confidence_is_not_what_was_done(cast: Cast) -> None:
    for kind in ("inquiry", "report", "thanks"):
        _done(cast, COMMUNITY, f"不该出现的{kind}", kind)
    page = Client().get(f"/public?near={COMMUNITY}").text
    assert "不该出现的" not in page
    assert "附近还没有可公开的" in page


def test_a_position_becomes_its_community_and_nothing_nearer(cast: Cast) -> None:
    _done(cast, EAST, "东桥的灯修好了")
    answer = Client().post("/public/near", {"lon": "114.3456", "lat": "22.6543"})
    assert answer["Location"] == f"/public?near={EAST}#around"
    page = Client().get(answer["Location"]).text
    assert "114.23" not in page
    assert "114.3456" not in page


def test_a_position_elsewhere_is_told_and_the_page_stays_of_use(cast: Cast) -> None:
    answer = Client().post("/public/near", {"lon": "121.4", "lat": "31.2"})
    assert answer.status_code == 400
    assert "不在呼应区" in answer.text
    assert f'value="{EAST}"' in answer.text


def test_a_name_leads_there_and_one_of_several_places_is_asked_about(cast: Cast) -> None:
    client = Client()
    assert client.post("/public/near", {"place": "春风"})["Location"] == f"/public?near={COMMUNITY}#around"
    asked = client.post("/public/near", {"place": "东桥花"})
    assert asked.status_code == 200
    assert set(re.findall(r"\?near=(\d+)#", asked.text)) == {EAST, FAR}
    assert client.post("/public/near", {"place": "东桥花园"})["Location"] == f"/public?near={EAST}#around"


@pytest.mark.parametrize(
    "given", [{}, {"place": "没有的地方"}, {"area": "110101001001"}, {"lon": "x", "lat": "1"}]
)
def test_what_leads_nowhere_is_told_and_kept(given: dict[str, str]) -> None:
    answer = Client().post("/public/near", given)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert given.get("place", "") in answer.text


def test_without_scripts_the_list_is_enough(cast: Cast) -> None:
    assert Client().post("/public/near", {"area": STREET})["Location"] == f"/public?near={STREET}#around"
    assert "青石街道附近办了什么" in Client().get(f"/public?near={STREET}").text


@pytest.mark.parametrize("code", ["999999001001", "abc", "1", f"{STREET}999", f"{STREET}00100"])
def test_a_code_that_is_none_of_ours_opens_the_whole_board(code: str) -> None:
    answer = Client().get("/public", {"near": code})
    assert answer.status_code == 200
    assert "附近办了什么</h2>" in answer.text


def test_the_page_asks_a_bounded_number_of_questions(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for area in (COMMUNITY, EAST, FAR):
        _done(cast, area, "灯修好了")
    Client().get(f"/public?near={EAST}")
    with django_assert_max_num_queries(14):
        Client().get(f"/public?near={EAST}")


def test_who_asks_without_end_is_told_to_wait_and_the_list_of_areas_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.clear()
    monkeypatch.setattr(views, "_MOST_ASKED", 2)
    client = Client()
    answers = [client.post("/public/near", {"place": "春风"}) for _ in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert "找得太多了" in answers[2].text
    assert client.get(f"/public?near={EAST}").status_code == 200
    cache.clear()
