"""Keys, languages, and what others need to speak with us."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.api.intake.brakes import Brake
from huying.api.v1 import appeals
from huying.api.v1.interface import api
from huying.cases.lifecycle import TABLE
from huying.kernel.clock import now
from huying.people.actions import create_key, revoke_key
from tests.api.conftest import Outside
from tests.cast import DISTRICT

pytestmark = pytest.mark.django_db
# Letters of other systems are signed instead.
OPEN = {"/appeals", "/appeals/{receipt}", "/lifecycle", "/exchange/{district}/{peer}/letters"}


def test_every_operation_but_four_asks_for_a_key(cast) -> None:
    client = Client()
    paths = api.get_openapi_schema()["paths"]
    asked = [(path, method) for path, methods in paths.items() for method in methods]
    assert len(asked) > 30
    opened, absent = set(), set()
    for path, method in asked:
        address = re.sub(r"\{number\}", "990101-000000001", path) if "/cases/" in path else path
        address = re.sub(r"\{\w+\}", "1", address)
        answer = client.generic(method.upper(), address, "{}", content_type="application/json")
        if answer.status_code == 405:
            absent.add(f"{method} {path}")
        elif answer.get("WWW-Authenticate") is None:
            opened.add(path.removeprefix("/api/v1"))
    assert absent == set()
    assert opened == OPEN


@pytest.mark.parametrize("raw", ["", "nonsense", "hy_unknown_unknown"])
@pytest.mark.parametrize("path", ["cases", "cases/990101-000000001", "bodies", "areas", "items"])
def test_without_a_right_key_nothing_opens(cast, raw, path) -> None:
    refused = Outside(raw).get(path)
    assert (refused.status_code, refused.json()["code"]) == (401, "unauthenticated")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_key_that_ended_opens_nothing(cast) -> None:
    by = system(DISTRICT)
    number, raw = create_key(by, "旧系统", Role.SEAT, str(DISTRICT), now())
    assert Outside(raw).get("bodies").status_code == 200
    revoke_key(by, number, now())
    assert Outside(raw).get("bodies").status_code == 401
    _, late = create_key(by, "到期", Role.SEAT, str(DISTRICT), now(), expires_at=now() - timedelta(seconds=1))
    assert Outside(late).get("bodies").status_code == 401


def test_units_areas_and_the_table_are_told(outside) -> None:
    seat = outside(Role.SEAT)
    assert {body["name"] for body in seat.get("bodies").json()} >= {"城市管理局", "水务局"}
    assert seat.get("areas").json() == []
    assert seat.get("areas", level="planet").status_code == 400
    assert seat.get("items").status_code == 404
    table = Outside().get("lifecycle").json()
    assert len(table["steps"]) == len(TABLE)
    assert table["states"]["received"] == "待受理"


def test_refusals_speak_the_callers_language(cast) -> None:
    client = Outside()._client
    said = client.get("/api/v1/cases", headers={"Accept-Language": "en"}).json()
    assert said["title"].isascii()
    assert client.get("/api/v1/cases").json()["title"] == "接口密钥不对、已过期或已停用。"


def test_the_holder_of_a_phone_alone_reads_what_was_said(outside) -> None:
    seat = outside(Role.SEAT)
    kept = seat.post("appeals", {"text": "路灯不亮，走路害怕", "phone": "13800004321"}).json()
    seat.post(
        f"cases/{kept['case']}/answer",
        {"reply": "您好，接到反映后已到现场核实，路灯今晚修好，感谢您的反映。"},
    )
    anybody = Outside()
    seen = anybody.get(f"appeals/{kept['receipt']}").json()
    assert seen["needs_tail"]
    assert seen["cases"][0]["state"] == "closed"
    assert seen["cases"][0]["reply"] == ""
    assert "路灯" not in anybody.get(f"appeals/{kept['receipt']}").content.decode()
    known = anybody.get(f"appeals/{kept['receipt']}", tail="4321").json()
    assert known["cases"][0]["reply"].startswith("您好")


def test_guessing_the_end_of_a_phone_is_stopped(outside) -> None:
    kept = outside(Role.SEAT).post("appeals", {"text": "路灯不亮", "phone": "13800004321"}).json()
    tries = [Outside().get(f"appeals/{kept['receipt']}", tail=f"{n:04d}").status_code for n in range(6)]
    assert tries == [404] * 5 + [429]
    assert Outside().get(f"appeals/{kept['receipt']}", tail="4321").status_code == 429


@pytest.mark.parametrize("receipt", ["1", "abc", "000000000000", "123456789012", "482133569027"])
def test_a_receipt_that_was_never_given_is_not_found(cast, receipt) -> None:
    assert Outside().get(f"appeals/{receipt}").status_code == 404


def test_without_the_front_residents_are_slowed_down_all_the_same(cast, monkeypatch) -> None:
    monkeypatch.setattr(appeals, "_brake", Brake(burst=2))
    sent = [Outside().post("appeals", {"text": f"第 {n} 件事情"}).status_code for n in range(3)]
    assert sent == [201, 201, 429]
