"""The patrol app as the server sees it: who may open it, what it keeps, what it is told, what it tells."""

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.cases.models import Appeal
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.patrol.actions import ask, change
from huying.patrol.models import Find, Tour
from huying.patrol.rules.kinds import CheckKind
from huying.places.queries import forget
from huying.web.patrol.shell import modules
from tests.cast import DISTRICT, GRID, STREET, Cast
from tests.patrol.conftest import SPOT, picture
from tests.teams.conftest import draw
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HERE = {"lon": SPOT.lon, "lat": SPOT.lat, "accuracy": 8}


@pytest.fixture
def ground(cast: Cast, settings: Any, tmp_path: Path) -> Iterator[Cast]:
    settings.MEDIA_ROOT = tmp_path / "media"
    forget(DISTRICT)
    draw(cast)
    load_starter(cast.system, DISTRICT, clock.now())
    yield cast
    forget(DISTRICT)


@pytest.fixture
def phone(ground: Cast) -> Client:
    return desk(Role.GRID_WORKER, GRID, ground.street_body)


def post(client: Client, path: str, body: object) -> Any:
    return client.post(path, json.dumps(body, default=str), content_type="application/json")


def stamp(**more: Any) -> dict[str, Any]:
    now = clock.now()
    return {"key": str(uuid4()), "at": now - timedelta(hours=8), "sent_at": now, "spot": HERE} | more


def find(**more: Any) -> dict[str, Any]:
    now = clock.now()
    return {
        "key": str(uuid4()), "kind": "report", "text": "井盖缺失", "found_at": now - timedelta(hours=3), "sent_at": now,
        "spot": HERE, "files": [],
    } | more  # fmt: skip


def test_only_who_patrols_opens_it_and_the_kept_page_speaks_of_nobody(ground: Cast, phone: Client) -> None:
    page = phone.get("/patrol/").content.decode()
    assert "上岗打卡" in page
    assert "网格员" not in page.replace("请网格员", "")
    assert phone.get("/patrol/shell").content == Client().get("/patrol/shell").content
    auditor = desk(Role.AUDITOR)
    for path in ("/patrol/", "/patrol/here", "/patrol/pack"):
        assert Client().get(path).status_code == 302
        assert auditor.get(path).status_code == 403


def test_the_worker_keeps_every_script_and_changes_with_them(phone: Client) -> None:
    code = phone.get("/patrol/worker.js")
    assert code["Content-Type"].startswith("text/javascript")
    text = code.content.decode()
    assert {"patrol/app.js", "patrol/outbox.js", "photos.js"} <= set(modules())
    assert all(f"js/{name}" in text for name in modules())
    scripts = Path("src/huying/web/static/js/patrol")
    imported = {
        part.split('"')[0] for path in scripts.glob("*.js") for part in path.read_text().split('from "./')[1:]
    }
    assert {f"patrol/{name}" for name in imported} <= set(modules())
    told = phone.get("/patrol/manifest.json").json()
    assert (told["scope"], told["start_url"], told["display"]) == ("/patrol/", "/patrol/", "standalone")


def test_a_day_told_late_stands_as_it_was(phone: Client) -> None:
    on = stamp()
    assert post(phone, "/patrol/tours", on).status_code == 200
    assert post(phone, "/patrol/tours", on).status_code == 200
    content, name = picture("a"), str(uuid4())
    half = len(content) // 2
    assert phone.put(f"/patrol/files/{name}?from=0", content[:half]).json() == {"bytes": half}
    again = phone.put(f"/patrol/files/{name}?from=0", content[:half])
    assert (again.status_code, again.json()) == (409, {"bytes": half})
    digest = hashlib.sha256(content).hexdigest()
    file = {"id": name, "kind": "scene", "sha256": digest, "taken_at": clock.now(), "spot": HERE}
    told = find(tour=on["key"], files=[file])
    refused = post(phone, "/patrol/finds", told)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_whole")
    assert phone.get(f"/patrol/files/{name}").json() == {"bytes": 0}
    phone.put(f"/patrol/files/{name}?from=0", content)
    first = post(phone, "/patrol/finds", told)
    second = post(phone, "/patrol/finds", told)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["receipt"] == second.json()["receipt"]
    steps = {"steps": [{"at": clock.now() - timedelta(hours=7), **HERE}]}
    assert post(phone, f"/patrol/tours/{on['key']}/steps", steps).json() == {"kept": 1}
    assert post(phone, f"/patrol/tours/{on['key']}/end", stamp(at=clock.now())).status_code == 200
    assert (Tour.objects.get().ended_at is not None, Find.objects.get().tour_id) == (
        True,
        Tour.objects.get().id,
    )
    here = phone.get(f"/patrol/here?tour={on['key']}").json()
    assert here["tour"]["ended_by"] == ""
    assert here["token"]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"key": 7}', json.dumps(find(kind="other"), default=str).encode(),
     json.dumps(find(found_at="yesterday"), default=str).encode(), b"\xff\xfe"],
)  # fmt: skip
def test_what_is_no_find_is_refused_in_words(phone: Client, body: bytes) -> None:
    answer = phone.post("/patrol/finds", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["message"]
    assert not Appeal.objects.exists()


def test_a_refusal_names_the_field(phone: Client) -> None:
    answer = post(phone, "/patrol/finds", find(spot={"lon": 120.0, "lat": 30.0}))
    assert answer.status_code == 400
    assert answer.json()["fields"]["lon"] == "这个位置不在本区范围内。"
    assert phone.put(f"/patrol/files/{uuid4()}?from=x", b"abc").status_code == 400
    assert phone.get("/patrol/checks/7").status_code == 404


def test_the_pack_carries_the_work_of_ones_own_grid_and_no_caller(ground: Cast, phone: Client) -> None:
    new = NewAppeal(
        text="张先生说东门井盖没了",
        channel="hotline",
        area=GRID,
        lon=SPOT.lon,
        lat=SPOT.lat,
        title="井盖缺失",
    )
    case_id = receive(DISTRICT, [new], by=ground.system, now=clock.now())[0].case_id
    due = clock.now() + timedelta(hours=2)
    ask(ground.dispatcher, case_id, CheckKind.VERIFY, "看井盖在不在", due, clock.now())
    post(phone, "/patrol/finds", find())
    with CaptureQueriesContext(connection) as asked:
        pack = phone.get("/patrol/pack").json()
    assert len(asked) <= 16, [one["sql"][:90] for one in asked]
    assert [one["words"] for one in pack["checks"]] == ["看井盖在不在"]
    assert "张先生" not in json.dumps(pack, ensure_ascii=False)
    assert [one["title"] for one in pack["finds"]] == ["井盖缺失"]
    assert pack["items"]
    assert pack["may_fix"] is True


def test_where_both_sides_changed_a_task_both_are_told(ground: Cast, phone: Client) -> None:
    new = NewAppeal(text="东门井盖没了", channel="hotline", area=GRID)
    case_id = receive(DISTRICT, [new], by=ground.system, now=clock.now())[0].case_id
    due = clock.now() + timedelta(hours=2)
    task = ask(ground.dispatcher, case_id, CheckKind.VERIFY, "看东门", due, clock.now())
    change(ground.dispatcher, task, "看西门", due, clock.now())
    seen = {
        "key": str(uuid4()), "base": 1, "answer": "real", "note": "缺一个", "seen_at": clock.now(),
        "sent_at": clock.now(),
    }  # fmt: skip
    stale = post(phone, f"/patrol/checks/{task}", seen)
    assert stale.status_code == 409
    assert (stale.json()["code"], stale.json()["theirs"]["words"], stale.json()["theirs"]["version"]) == (
        "stale_version", "看西门", 2,
    )  # fmt: skip
    done = post(phone, f"/patrol/checks/{task}", seen | {"key": str(uuid4()), "base": 2})
    assert done.json()["check"]["answer"] == "real"


def test_another_street_is_not_told_to_exist(ground: Cast) -> None:
    new = NewAppeal(text="东门井盖没了", channel="hotline", area=GRID)
    case_id = receive(DISTRICT, [new], by=ground.system, now=clock.now())[0].case_id
    task = ask(
        ground.dispatcher, case_id, CheckKind.VERIFY, "看东门", clock.now() + timedelta(hours=2), clock.now()
    )
    elsewhere = desk(Role.GRID_WORKER, f"{STREET[:-1]}2", ground.street_body)
    assert elsewhere.get(f"/patrol/checks/{task}").status_code == 404
    assert post(elsewhere, f"/patrol/tours/{uuid4()}/steps", {"steps": []}).status_code == 404
