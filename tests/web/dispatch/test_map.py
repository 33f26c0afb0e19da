"""The queue on a map beside the list: what has a place, within what the reader may see."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from tests.cast import DISTRICT, GRID, OTHER_STREET, Cast
from tests.web.desks import desk
from tests.web.dispatch.test_desk import number, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def points(client: Client, query: str = "") -> list[dict[str, object]]:
    page = client.get(f"/dispatch/map{query}").content.decode()
    found = re.search(r'<script id="desk-map" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    drawn: list[dict[str, object]] = json.loads(found[1])["points"]
    return drawn


def test_what_has_a_place_is_on_the_map_and_opens_beside_the_list(dispatcher: Client, listed: Cast) -> None:
    case = said(listed, "路口污水井盖丢失，很危险")
    receive(
        DISTRICT, [NewAppeal(text="哪里都行", channel="web", area=GRID)], by=listed.system, now=clock.now()
    )
    (point,) = points(dispatcher)
    assert point["href"] == f"/dispatch/?case={number(case)}"
    assert "1 件没有坐标" in dispatcher.get("/dispatch/map").content.decode()


def test_the_map_shows_what_the_list_shows_and_no_more(dispatcher: Client, listed: Cast) -> None:
    said(listed, "路灯不亮")
    assert points(dispatcher, "?tab=handling") == []
    assert points(desk(Role.STREET_DISPATCHER, OTHER_STREET)) == []
    assert desk(Role.AUDITOR).get("/dispatch/map").status_code == 403


def test_the_map_asks_as_often_for_one_case_as_for_many(dispatcher: Client, listed: Cast) -> None:
    said(listed, "路灯不亮")
    points(dispatcher)
    with CaptureQueriesContext(connection) as few:
        points(dispatcher)
    for at in range(12):
        said(listed, f"第 {at} 盏路灯不亮", north=at * 10.0)
    with CaptureQueriesContext(connection) as many:
        points(dispatcher)
    assert len(many) == len(few) <= 8


def test_outlines_are_those_of_the_readers_street(dispatcher: Client, listed: Cast) -> None:
    answer = dispatcher.get("/case/areas.geojson")
    assert answer.json()["type"] == "FeatureCollection"
    assert all(one["properties"]["code"].startswith(GRID[:9]) for one in answer.json()["features"])
