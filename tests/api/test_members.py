"""No endpoint drops what it does not know: a made-up member is refused by name everywhere and leaves no trace."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.api.members import unknown
from huying.api.urls import urlpatterns
from huying.api.v1.emergencies import Alarm
from huying.api.v1.interface import api
from huying.api.v1.steps import ASKED
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, Deed, Entry, Statement
from huying.emergency.models import Alert, Emergency
from huying.notices.models import Notice
from tests.cast import Cast

assert urlpatterns
VALID = {
    "/api/v1/appeals": {"text": "路口积水很深", "kind": "complaint"},
    "/api/v1/emergencies": {"kind": "sos", "device": "SOS-7", "key": "press-1"},
}


def _every() -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (way, path, told["requestBody"]["content"]["application/json"]["schema"])
        for path, item in api.get_openapi_schema()["paths"].items()
        for way, told in item.items()
        if "application/json" in told.get("requestBody", {}).get("content", ())
    ]


@given(name=st.text(min_size=1, max_size=60), known=st.sets(st.text(min_size=1, max_size=12), max_size=8))
def test_a_name_is_refused_exactly_where_it_is_not_known(name: str, known: set[str]) -> None:
    assert bool(unknown([name], known)) == (name not in known)
    assert unknown(known, known) == {}


@pytest.mark.parametrize(
    ("name", "near"),
    [("place", "place_text"), ("plase_text", "place_text"), ("latt", "lat"), ("phone_number", "phone"), ("q", "")],
)  # fmt: skip
def test_the_nearest_known_name_is_told(name: str, near: str) -> None:
    words = unknown([name], {"place_text", "lat", "lon", "phone", "words"})[name]
    assert (near in words) if near else words == "没有这个字段，请核对写法。"


def test_of_thousands_the_first_are_told_at_once() -> None:
    assert len(unknown([f"{n}{'x' * 60_000}" for n in range(500)], {"text", "kind"})) == 20


def test_the_description_allows_nothing_it_does_not_name() -> None:
    schemas = api.get_openapi_schema()["components"]["schemas"]
    named = [
        (path, schemas[one["$ref"].rsplit("/", 1)[-1]] if "$ref" in one else one)
        for _way, path, one in _every()
    ]
    assert len(named) > len(ASKED) + len(VALID)
    assert [path for path, one in named if one.get("additionalProperties") is not False] == []
    assert set(Alarm.model_fields) == set(schemas["Alarm"]["properties"])


def _address(path: str, case: str) -> str:
    known = {"/cases/{number}": f"/cases/{case}", "/texts/{kind}": "/texts/notice"}
    for pattern, value in known.items():
        path = path.replace(pattern, value)
    return re.sub(r"\{\w+\}", "1", path.removeprefix("/api/v1/"))


def _rows() -> list[int]:
    kept = (Appeal, Case, Deed, Entry, Statement, Emergency, Alert, Notice)
    return [model._default_manager.count() for model in kept]


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize("made_up", ["colour", "表情", "__proto__", "by", "x" * 500])
def test_a_made_up_member_is_refused_everywhere_and_leaves_no_trace(
    cast: Cast, outside: Any, made_up: str
) -> None:
    centre = outside(Role.DISTRICT_DISPATCHER)
    seat = outside(Role.SEAT, scopes=[Permission.EMERGENCY_OPEN])
    case = centre.post("appeals", VALID["/api/v1/appeals"]).json()["case"]
    before = _rows()
    for way, path, _schema in _every():
        client = seat if path.endswith("emergencies") else centre
        for value in ("x", None):
            body = {**VALID.get(path, {}), made_up: value}
            answer = client.send(way, _address(path, case), body)
            assert answer.status_code == 400, path
            assert answer.headers["Content-Type"] == "application/problem+json", path
            assert made_up[:40] in {one["field"] for one in answer.json()["errors"]}, path
    assert _rows() == before


@pytest.mark.django_db
@pytest.mark.database
def test_an_alarm_with_a_place_by_another_name_says_which_and_in_english(cast: Cast, outside: Any) -> None:
    seat = outside(Role.SEAT, scopes=[Permission.EMERGENCY_OPEN])
    body = {**VALID["/api/v1/emergencies"], "place": "春风路 12 号"}
    assert seat.post("emergencies", body).json()["errors"] == [
        {"field": "place", "detail": "没有这个字段，最接近的是 place_text。"}
    ]
    english = seat.post("emergencies", body, Accept_Language="en").json()["errors"][0]["detail"]
    assert english == "There is no such field; the nearest is place_text."
    strange = seat.post("emergencies", {"表情": 1}, Accept_Language="en").json()["errors"][0]["detail"]
    assert strange.isascii()


@pytest.mark.django_db
@pytest.mark.database
def test_a_member_within_a_member_is_known_too(cast: Cast, outside: Any) -> None:
    centre = outside(Role.DISTRICT_DISPATCHER)
    case = centre.post("appeals", VALID["/api/v1/appeals"]).json()["case"]
    parts = [{"title": "路面破损", "item": "X10101"}, {"titel": "绿地损坏", "item": "X10101"}]
    told = centre.post(f"cases/{case}/{Verb.SPLIT.value}", {"parts": parts}).json()
    assert told["errors"] == [{"field": "parts[1].titel", "detail": "没有这个字段，最接近的是 title。"}]
