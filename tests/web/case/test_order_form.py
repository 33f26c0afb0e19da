"""An order on paper says what is to be done, by when and when it is done; the caller stays masked on it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel import clock
from huying.kernel.numbers import case_number
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def case_id(cast: Cast) -> int:
    new = NewAppeal(text="春风路垃圾没人收，臭得很", channel="web", area=GRID, place_text="春风路 8 号门口")
    return receive(DISTRICT, [new], by=cast.system, now=clock.now())[0].case_id


def given(cast: Cast, case_id: int) -> str:
    ref = (DISTRICT, case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=clock.now(), item="X1")
    advance(
        ref,
        Verb.DISPATCH,
        by=cast.dispatcher,
        now=clock.now(),
        body=cast.urban,
        assists=[cast.water],
        note="先清再查",
    )
    return f"/case/{case_number(DISTRICT, case_id)}/order-form"


def test_the_sheet_says_who_what_where_and_by_when(cast: Cast, case_id: int) -> None:
    page = desk(Role.STREET_DISPATCHER, STREET).get(given(cast, case_id)).content.decode()
    for said in (
        "呼应区",
        "春风路垃圾没人收",
        "春风路 8 号门口",
        "城市管理局",
        "水务局",
        "先清再查",
        "签收",
        "处置",
        "承办人签字",
    ):
        assert said in page, said


def test_there_is_no_sheet_before_anybody_is_given_the_case(cast: Cast, case_id: int) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    address = f"/case/{case_number(DISTRICT, case_id)}/order-form"
    assert client.get(address).status_code == 404
    assert client.get(given(cast, case_id)).status_code == 200


def test_another_street_has_no_such_sheet(cast: Cast, case_id: int) -> None:
    assert desk(Role.STREET_DISPATCHER, OTHER_STREET).get(given(cast, case_id)).status_code == 404


def test_a_sheet_costs_no_more_than_the_page(cast: Cast, case_id: int) -> None:
    address, client = given(cast, case_id), Client()
    client = desk(Role.STREET_DISPATCHER, STREET)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert len(asked) <= 10
