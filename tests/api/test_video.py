"""Video alarms over the interface: three dialects and pictures in, alarms, verdicts and rules out."""

import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.devices.models import Device, Misread
from huying.emergency.models import Emergency
from huying.kernel.clock import now
from huying.people.actions.metering import forget_leases
from huying.people.models import Viewing
from huying.places.queries import forget
from huying.video.models import AlarmRule, Opening, Snapshot, VideoAlarm
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, OTHER_STREET, Cast
from tests.devices.conftest import SPOT
from tests.teams.conftest import draw
from tests.video.said import CODE, LAUGHS, REACHING, event, notify, picture, soap
from tests.video.test_looking import bomb

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMIN, SEAT, CENTRE = Role.ADMINISTRATOR, Role.SEAT, Role.DISTRICT_DISPATCHER
CAMERA = {"code": CODE, "kind": "camera", "name": "春风桥东", "lon": SPOT[0], "lat": SPOT[1]}
KEPT = (VideoAlarm, Snapshot, AlarmRule, Opening, Viewing)


@pytest.fixture
def ground(cast: Cast, settings: Any, tmp_path: Path, systems: Callable[[Role], Outside]) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "media"
    draw(cast)
    forget(DISTRICT)
    forget_leases()
    load_starter(cast.system, DISTRICT, now())
    assert systems(ADMIN).post("devices", CAMERA).status_code == 201
    return cast


@pytest.fixture
def pusher(ground: Cast, outside: Callable[..., Outside]) -> Outside:
    return outside(ADMIN, scopes=[Permission.DEVICE_PUSH])


def b64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def alarm(kind: str = "fire", **more: Any) -> dict[str, Any]:
    return {"device": CODE, "kind": kind, "at": now().isoformat(), "id": "A-1"} | more


def raw(client: Outside, path: str, body: bytes, media: str, **query: str) -> Any:
    return client._client.post(f"/api/v1/{path}", body, content_type=media, query_params=query)


def test_a_fire_with_its_picture_opens_an_emergency(pusher: Outside) -> None:
    given = alarm(score=93.4, level=1, words="楼顶明火", snapshots=[b64(picture())])
    answer = pusher.post("video/webhook", given)
    assert answer.status_code == 200, answer.content
    told = answer.json()
    card = Emergency.objects.get()
    assert (told["emergency"], told["fresh"], told["count"]) == (card.id, True, 1)
    assert told["snapshots"] == [{"id": Snapshot.objects.get().id, "why": ""}]
    again = pusher.post("video/webhook", given).json()
    assert (again["fresh"], again["alarm"], again["snapshots"]) == (False, told["alarm"], told["snapshots"])
    assert VideoAlarm.objects.get().score == 93


def test_pictures_that_are_none_are_told_and_the_alarm_stands(pusher: Outside) -> None:
    wrong = [
        "http://169.254.169.254/latest/meta-data", "https://127.0.0.1/a.jpg", b64(bomb()), b64(b"<html>"), 17,
        b64(picture()),
    ]  # fmt: skip
    told = pusher.post("video/webhook", alarm(snapshots=wrong)).json()
    assert told["emergency"] == Emergency.objects.get().id
    assert [one["id"] is None for one in told["snapshots"]] == [True] * 5 + [False]
    assert all(one["why"] for one in told["snapshots"][:5])


def test_what_is_beside_the_point_does_not_keep_an_alarm_from_being_heard(pusher: Outside) -> None:
    given = alarm(at="yesterday", lon=1e308, lat="22", level=9, score=-4, datum="mars", words="字" * 5000)
    given["lat"] = 22.0
    assert pusher.post("video/webhook", given).status_code == 200
    row = VideoAlarm.objects.get()
    assert (row.level, len(row.words), row.lon) == (0, 300, SPOT[0])


def test_a_form_with_files_is_an_alarm_too(pusher: Outside) -> None:
    files = [
        SimpleUploadedFile(f"{n}.jpg", picture(shade=60 * n), content_type="image/jpeg") for n in range(2)
    ]
    fields = {
        "device": CODE,
        "kind": "烟雾识别",
        "at": now().isoformat(),
        "id": "F-1",
        "score": "88",
        "snapshot": files,
    }
    answer = pusher._client.post("/api/v1/video/webhook-form", fields)
    assert answer.status_code == 200, answer.content
    assert len(answer.json()["snapshots"]) == 2
    assert (VideoAlarm.objects.get().kind, Snapshot.objects.count()) == ("fire", 2)
    assert pusher._client.post("/api/v1/video/webhook-form", {"device": CODE}).status_code == 400


def test_a_notification_of_the_standard_is_answered_as_the_standard_says(pusher: Outside) -> None:
    at = (now() + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S")
    body = notify("gb18030", "GB2312", AlarmTime=at, AlarmDescription="烟火检测")
    answer = raw(pusher, "video/gb28181", body, "Application/MANSCDP+xml")
    assert answer.status_code == 200, answer.content
    assert b"<Result>OK</Result>" in answer.content
    row = VideoAlarm.objects.get()
    assert answer["Location"] == f"/api/v1/video/alarms/{row.id}"
    assert row.emergency_id == Emergency.objects.get().id
    sent = raw(pusher, "video/snapshots", picture(), "image/jpeg", device=CODE)
    assert sent.json() == {"alarm": row.id, "snapshot": {"id": Snapshot.objects.get().id, "why": ""}}
    assert (
        raw(pusher, "video/snapshots", b"<html>", "image/jpeg", device=CODE).json()["snapshot"]["id"] is None
    )
    assert raw(pusher, "video/snapshots", picture(), "image/jpeg", device=CODE, id="none").status_code == 404


@pytest.mark.parametrize("body", [LAUGHS, REACHING, b"", b"{}", b"<a/>" + b" " * 300_000])
def test_harmful_xml_is_refused_and_written_down(pusher: Outside, body: bytes) -> None:
    answer = raw(pusher, "video/gb28181", body, "application/xml")
    assert answer.status_code in (400, 413)
    assert answer["Content-Type"] == "application/problem+json"
    assert b"root:" not in answer.content
    assert not VideoAlarm.objects.exists()
    assert Misread.objects.filter(door="gb28181").exists() is (answer.status_code == 400)


def test_events_of_a_camera_that_proves_to_be_itself(
    pusher: Outside, systems: Callable[[Role], Outside]
) -> None:
    number = Device.objects.get().id
    own = Outside(systems(ADMIN).post(f"devices/{number}/secret").json()["secret"])
    at = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = raw(own, "video/onvif", soap(event(at=at), event(at=at, value="false")), "application/soap+xml")
    assert [(one["fresh"], one["over"]) for one in answer.json()["events"]] == [(True, False), (False, True)]
    assert raw(own, "video/onvif", soap(event()), "text/xml", device="OTHER").status_code == 400
    assert raw(own, "video/gb28181", notify(device="OTHER"), "text/xml").status_code == 400
    assert own.post("video/webhook", alarm(device="OTHER")).status_code == 400
    assert own.post("video/webhook", alarm("vending", device="")).status_code == 200
    assert own.get("video/alarms").status_code == 401
    assert raw(pusher, "video/onvif", soap(event()), "application/xml").status_code == 400
    assert raw(Outside(), "video/onvif", soap(event()), "application/xml", device=CODE).status_code == 401


def test_who_may_not_push_or_is_no_camera_opens_nothing(
    pusher: Outside, systems: Callable[[Role], Outside]
) -> None:
    seat = systems(SEAT)
    assert seat.post("video/webhook", alarm()).status_code == 403
    assert raw(seat, "video/gb28181", notify(), "text/xml").status_code == 403
    assert raw(seat, "video/snapshots", picture(), "image/jpeg", device=CODE).status_code == 403
    unknown = pusher.post("video/webhook", alarm(device="NONE"))
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (400, "device")
    assert Misread.objects.get().device == "NONE"
    assert not VideoAlarm.objects.exists()
    assert not Emergency.objects.exists()


def test_alarms_are_read_opened_judged_and_their_rules_set(
    pusher: Outside, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    told = pusher.post("video/webhook", alarm("rubbish", snapshots=[b64(picture(640, 360))])).json()
    one, shot = told["alarm"], told["snapshots"][0]["id"]
    world = {"alarm": one, "shot": shot}
    rule = {"follow": "record", "window": 30, "words": ["5-36"]}
    walk(systems, [
        Deed("POST", "video/alarms/{alarm}/verdict", CENTRE, {"verdict": "true"}, {"verdict": "true"}, wrong=ADMIN),
        Deed("PUT", "video/rules/motion", ADMIN, rule, {"rule.version": 1, "rule.words": ["5-36"]}, wrong=SEAT,
             matched=True),
    ], world, KEPT)  # fmt: skip
    centre = systems(CENTRE)
    assert [row["id"] for row in centre.get("video/alarms", state="true").json()["alarms"]] == [one]
    assert centre.get("video/alarms", kind="fire").json()["alarms"] == []
    coarse = centre.get(f"video/alarms/{one}/snapshots/{shot}")
    assert (coarse["Content-Type"], coarse["Cache-Control"]) == ("image/png", "no-store")
    opened = centre.post(
        f"video/alarms/{one}/snapshots/{shot}/open", {"reason": "evidence", "why": "公安来函"}
    )
    assert (opened["Content-Type"], opened["Cache-Control"]) == ("image/jpeg", "no-store")
    assert (Viewing.objects.get().reason, Viewing.objects.get().kind) == ("调查取证：公安来函", "unmask")
    assert (
        systems(ADMIN).post(f"video/alarms/{one}/snapshots/{shot}/open", {"reason": "check"}).status_code
        == 403
    )
    (looked,) = centre.get(f"video/alarms/{one}/openings").json()["openings"]
    assert (looked["reason"], looked["why"]) == ("evidence", "公安来函")
    elsewhere = outside(Role.STREET_DISPATCHER, OTHER_STREET)
    assert elsewhere.get("video/alarms").json()["alarms"] == []
    for path in ("", f"/snapshots/{shot}", "/openings"):
        assert elsewhere.get(f"video/alarms/{one}{path}").status_code == 404
    why = {"why": "拍到居民家"}
    assert centre.post(f"video/alarms/{one}/snapshots/{shot}/remove", why).status_code == 403
    assert systems(ADMIN).post(f"video/alarms/{one}/snapshots/{shot}/remove", why).status_code == 204
    assert centre.get(f"video/alarms/{one}/snapshots/{shot}").status_code == 404
    assert centre.get(f"video/alarms/{one}").json()["snapshots"][0]["gone"] is True
    versions = centre.get("video/rules/motion").json()["versions"]
    assert [row["rule"]["version"] for row in versions] == [1, 0]
    assert centre.get("video/rules/nonsense").status_code == 404
