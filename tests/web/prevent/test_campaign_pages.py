"""Campaigns at the desk and on the phone: begun from the calendar or a warning, done by grids, ended."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from huying.access.actor import system
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.prevent.campaigns.models import Campaign, Season, Task, TaskPhoto
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast
from tests.photos import jpeg
from tests.teams.conftest import draw
from tests.web.desks import desk
from tests.web.prevent.test_warning_pages import warning

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def leader(cast: Cast) -> Client:
    draw(cast)
    return desk(Role.STREET_LEADER, STREET)


@pytest.fixture
def live_list(leader: Client) -> None:
    load_starter(system(DISTRICT), DISTRICT, MONDAY - timedelta(days=30))


def begun(client: Client, address: str = "/campaigns/new", **more: object) -> str:
    """The address of a campaign begun by the form."""
    page = client.get(address).content.decode()
    known = dict(re.findall(r'<input type="hidden" name="(season|warning)" value="([^"]*)"', page))
    form = {
        "key": str(uuid4()), "name": "夜间施工噪声", "areas": [STREET], "items": ["0701"], "task": "走一遍工地",
        "lead": "城管",
        "begins": "2026-03-02", "due": "2026-03-16", **known, **more,
    }  # fmt: skip
    answer = client.post("/campaigns/new", form)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer["Location"])


def test_from_the_form_to_the_conclusion(leader: Client, cast: Cast) -> None:
    address = begun(leader)
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    assert "夜间施工噪声" in worker.get("/campaigns/tasks").content.decode()
    task = Task.objects.get(grid=GRID)
    wrong = worker.post(f"/campaigns/tasks/{task.pk}", {"finding": "found", "words": "", "case": "甲"})
    assert wrong.status_code in (400, 422)
    assert "甲" in wrong.content.decode()
    assert worker.post(f"/campaigns/tasks/{task.pk}", {"finding": "nothing"}).status_code == 302
    assert worker.get(f"/campaigns/tasks/{Task.objects.exclude(grid=GRID).get().pk}").status_code == 404
    page = leader.get(address).content.decode()
    assert "（50%）" in page
    assert "看不出成效" in page
    assert leader.post(f"{address}/close", {"conclusion": ""}).status_code == 400
    assert leader.post(f"{address}/close", {"conclusion": "停了两处"}).status_code == 302
    assert "停了两处" in leader.get(address).content.decode()
    assert leader.get(f"{address}?state=done").content.decode().count("<tr") == 2


def test_one_is_made_of_a_warning_which_then_says_so(leader: Client) -> None:
    row = warning()
    address = begun(leader, f"/campaigns/new?warning={row.pk}", areas=[COMMUNITY])
    row.refresh_from_db()
    assert row.state == "campaign"
    assert f"/warnings/{row.pk}" in leader.get(address).content.decode()


def test_a_warning_of_elsewhere_makes_no_campaign(leader: Client) -> None:
    row = warning("990101002001")
    answer = leader.post("/campaigns/new", {
        "key": str(uuid4()), "name": "x", "areas": [STREET], "task": "y", "begins": "2026-03-02", "due": "2026-03-03",
        "warning": row.pk,
    })  # fmt: skip
    assert answer.status_code == 404
    assert not Campaign.objects.exists()


def test_the_calendar_is_read_by_all_and_changed_by_who_runs_the_district(leader: Client) -> None:
    assert "中元节" in leader.get("/campaigns/seasons").content.decode()
    assert leader.get("/campaigns/seasons/exam").status_code == 403
    runs = desk(Role.DISTRICT_DISPATCHER)
    form = {"name": "中高考", "festival": "", "first": "06-01", "last": "06-25", "weeks_before": "5", "items": ["0701"],
            "lead": "", "task": "走一遍"}  # fmt: skip
    assert runs.post("/campaigns/seasons/exam", {**form, "first": "99-99"}).status_code in (400, 422)
    assert runs.post("/campaigns/seasons/exam", form).status_code == 302
    assert runs.post("/campaigns/seasons/new", form).status_code == 302
    assert runs.post("/campaigns/seasons/gas/end").status_code == 302
    assert Season.objects.filter(ended_at=None).count() == 6


def test_several_items_are_found_by_words_also_without_scripts(leader: Client, live_list: None) -> None:
    asked = {
        "items-words": "施工噪声",
        "items": ["010101"],
        "find": "items",
        "name": "夜查",
        "task": "",
        "areas": [STREET],
    }
    page = leader.post("/campaigns/new", asked)
    text = page.content.decode()
    assert page.status_code == 200
    assert re.search(r'value="010101" checked', text)
    assert re.search(r'value="0701">.*?施工噪声', text)
    assert 'value="夜查"' in text
    assert 'role="alert"' not in text
    assert not Campaign.objects.exists()
    found = leader.get("/campaigns/items", {"items-words": "施工", "items": ["0701", "x"]}).content.decode()
    assert re.search(r'value="0701" checked', found)
    assert found.count("checked") == 1
    assert 'value="0701' in found.replace('value="0701"', "")
    assert "没有找到" in leader.get("/campaigns/items", {"items-words": "龖龘"}).content.decode()
    address = begun(leader, items=["0701", "010101"])
    assert Campaign.objects.get().items == ["0701", "010101"]
    assert "施工噪声、" in leader.get(address).content.decode()


@pytest.mark.parametrize("items", [["7"], ["abc"], [f"{n:02d}" for n in range(1, 52)]])
def test_what_is_no_item_is_refused_and_nothing_is_lost(leader: Client, items: list[str]) -> None:
    form = {"key": str(uuid4()), "name": "夜查", "areas": [STREET], "items": items, "task": "走一遍工地",
            "begins": "2026-03-02", "due": "2026-03-16"}  # fmt: skip
    answer = leader.post("/campaigns/new", form)
    assert answer.status_code == 400
    assert 'value="夜查"' in answer.content.decode()
    assert not Campaign.objects.exists()


def test_a_season_finds_its_items_by_words(leader: Client, live_list: None) -> None:
    runs = desk(Role.DISTRICT_DISPATCHER)
    leader.get("/campaigns/seasons")
    assert re.search(r'value="0701" checked', runs.get("/campaigns/seasons/exam").content.decode())
    looked = runs.post("/campaigns/seasons/exam", {"items-words": "井盖", "find": "items", "items": ["0702"]})
    assert looked.status_code == 200
    assert "井盖" in looked.content.decode()
    assert Season.objects.filter(code="exam").count() == 1


def told(key: str, **more: object) -> dict[str, object]:
    return {"key": key, "finding": "nothing", "words": "都看过了", "case": "", **more}


def test_photos_are_taken_on_the_spot_and_shown_to_who_may_read_the_campaign(
    leader: Client, cast: Cast
) -> None:
    address = begun(leader, photos_needed="on")
    assert "须拍照" in leader.get(address).content.decode()
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    task = f"/campaigns/tasks/{Task.objects.get(grid=GRID).pk}"
    assert "要交" in worker.get(task).content.decode()
    without = worker.post(task, told(str(uuid4())))
    assert without.status_code == 400
    assert "须拍照" in without.content.decode()
    assert "都看过了" in without.content.decode()
    assert worker.post(task, told(str(uuid4()), photos=[with_position()])).status_code == 302
    row = TaskPhoto.objects.get()
    photo = f"{task}/photos/{row.pk}"
    for page in (leader.get(address), worker.get(task)):
        assert photo in page.content.decode()
    shown = leader.get(photo)
    assert shown["Cache-Control"] == "private, no-store"
    with Image.open(BytesIO(b"".join(shown.streaming_content))) as picture:  # type: ignore[attr-defined]
        assert not picture.getexif()
    assert worker.get(photo).status_code == 200
    assert desk(Role.STREET_LEADER, OTHER_STREET).get(photo).status_code == 404
    assert desk(Role.GRID_WORKER, f"{COMMUNITY}002", cast.street_body).get(photo).status_code == 404
    assert desk(Role.SEAT).get(photo).status_code == 404
    assert Client().get(photo).status_code == 302


def test_a_refusal_loses_no_photo_and_what_is_none_is_said(leader: Client, cast: Cast) -> None:
    begun(leader)
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    task, key = f"/campaigns/tasks/{Task.objects.get(grid=GRID).pk}", str(uuid4())
    refused = worker.post(task, told(key, case="甲", photos=[jpeg("a.jpg"), jpeg("b.jpg", "red")]))
    assert refused.status_code == 400
    names = re.findall(r'name="waiting-photos" value="([0-9a-f]+)"', refused.content.decode())
    assert len(names) == 2
    disguised = SimpleUploadedFile("x.jpg", b"no photo at all", content_type="image/jpeg")
    again = worker.post(task, told(key, photos=[disguised], **{"waiting-photos": names}))
    assert again.status_code == 400
    assert "不是照片" in again.content.decode()
    assert not TaskPhoto.objects.exists()
    assert worker.post(task, told(key, **{"waiting-photos": names[:1]})).status_code == 302
    assert TaskPhoto.objects.count() == 1
    assert worker.post(task, told(key, **{"waiting-photos": names[:1]})).status_code == 302
    assert TaskPhoto.objects.count() == 1


def test_photos_that_go_up_early_wait_for_who_took_them_alone(leader: Client, cast: Cast) -> None:
    begun(leader)
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    mate = desk(Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)
    task, key = f"/campaigns/tasks/{Task.objects.get(grid=GRID).pk}", uuid4()
    sent = worker.post(f"{task}/waiting/{key}", {"photo": jpeg("a.jpg")})
    assert sent.status_code == 201
    src = sent.json()["src"]
    assert worker.get(src).status_code == 200
    assert mate.get(src).status_code == 404
    assert mate.get(f"{task}/waiting/{key}").json() == {"photos": []}
    assert len(worker.get(f"{task}/waiting/{key}").json()["photos"]) == 1
    away = desk(Role.GRID_WORKER, f"{COMMUNITY}002", cast.street_body)
    assert away.post(f"{task}/waiting/{key}", {"photo": jpeg("a.jpg")}).status_code == 404
    assert worker.post(f"{task}/waiting/{key}", {"photo": ""}).status_code == 400
    assert worker.delete(src).status_code == 204
    assert worker.get(src).status_code == 404


def with_position() -> SimpleUploadedFile:
    """A photo that says where and by what it was taken."""
    buffer, exif = BytesIO(), Image.Exif()
    exif[0x010F], exif[0x8825] = "phone", {1: "N", 2: (22.0, 33.0, 1.0)}
    Image.new("RGB", (64, 48), "green").save(buffer, "JPEG", exif=exif)
    return SimpleUploadedFile("spot.jpg", buffer.getvalue(), content_type="image/jpeg")


def test_pages_cost_the_same_however_many_there_are(leader: Client) -> None:
    address = begun(leader)
    for path in ("/campaigns/", address):
        leader.get(path)
        with CaptureQueriesContext(connection) as few:
            leader.get(path)
        begun(leader)
        with CaptureQueriesContext(connection) as many:
            leader.get(path)
        assert len(many) == len(few) <= 20
