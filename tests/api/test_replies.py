"""Replies through the interface: checked, from templates, drafted; their photos; who is on the line."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.cases.models import Attachment, Entry, Statement
from huying.loop.dispose.models import ReplyDraft
from huying.people.models import Viewing
from huying.prevent.campaigns.models import Task, TaskPhoto
from huying.texts.queries import forget
from tests.api.conftest import Outside
from tests.api.deeds import Deed, traces, walk
from tests.cast import STREET, Cast
from tests.photos import jpeg
from tests.teams.conftest import draw
from tests.web.matters import REPLY, handled, number

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (ReplyDraft, Entry, Statement, Attachment, Task, TaskPhoto)
UNIT, CENTRE, ADMIN = Role.DEPARTMENT_HANDLER, Role.DISTRICT_DISPATCHER, Role.ADMINISTRATOR
CALLING = {"text": "春风路路灯不亮", "name": "王建国", "phone": "13800000001"}


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    forget()
    return tmp_path


def _photo(colour: str = "grey") -> str:
    return b64encode(jpeg("a.jpg", colour).read()).decode()


def test_a_reply_is_checked_and_begun_from_a_template(cast: Cast, outside: Callable[..., Outside]) -> None:
    case = handled(cast)
    address, unit = f"cases/{number(case)}", outside(UNIT, body_id=cast.urban)
    before = traces(KEPT)
    poor = unit.post(f"{address}/reply-check", {"reply": "感谢您的来电。"}).json()
    assert (poor["may_be_sent"], [one["said"] for one in poor["parts"]]) == (False, [False, False])
    assert poor["faults"]
    good = unit.post(f"{address}/reply-check", {"reply": REPLY}).json()
    assert (good["may_be_sent"], good["faults"]) == (True, [])
    seat = outside(Role.SEAT)
    advice = seat.post(
        "reply-check", {"text": "居住证怎么办理", "reply": "请找王建国，电话13800000001。"}
    ).json()["advice"]
    assert [one["weighty"] for one in advice[:1]] == [True]
    assert unit.post("reply-check", {"reply": REPLY}).status_code == 403
    assert outside(Role.AUDITOR).post(f"{address}/reply-check", {"reply": REPLY}).status_code == 403
    names = {one["name"]: one["fits"] for one in unit.get(f"{address}/templates").json()["templates"]}
    assert names["solved"] == "solved"
    assert f"“{case.title}”" in unit.get(f"{address}/templates/solved").json()["text"]
    assert unit.get(f"{address}/templates/nothing").status_code == 404
    for stranger in (outside(UNIT, body_id=cast.housing), outside(ADMIN)):
        assert stranger.get(f"{address}/templates/solved").status_code in (403, 404)
        assert stranger.post(f"{address}/reply-check", {"reply": REPLY}).status_code in (403, 404)
    assert traces(KEPT) == before


def test_drafts_are_left_beside_a_case_and_put_away(cast: Cast, outside: Callable[..., Outside]) -> None:
    case = handled(cast)
    keys = {UNIT: outside(UNIT, body_id=cast.urban), ADMIN: outside(ADMIN)}
    drafts, world = f"cases/{number(case)}/drafts", {}
    walk(keys.__getitem__, [
        Deed("POST", drafts, UNIT, {"reply": REPLY, "result": "清运"}, {}, 201, wrong=ADMIN, finds="draft"),
    ], world, KEPT)  # fmt: skip
    told = keys[UNIT].get(drafts).json()["drafts"]
    assert [(one["id"], one["reply"], one["by_assistant"]) for one in told] == [(world["draft"], REPLY, True)]
    stranger = outside(UNIT, body_id=cast.housing)
    assert stranger.get(drafts).status_code == 404
    assert stranger.send("delete", f"{drafts}/{world['draft']}").status_code == 404
    walk(keys.__getitem__, [Deed("DELETE", f"{drafts}/{{draft}}", UNIT, {}, {"id": "{draft}"}, wrong=ADMIN)],
         world, KEPT)  # fmt: skip
    assert keys[UNIT].get(drafts).json()["drafts"] == []
    assert keys[UNIT].send("delete", f"{drafts}/{world['draft']}").status_code == 404


def test_photos_come_with_the_step_they_belong_to(
    cast: Cast, outside: Callable[..., Outside], store: Path
) -> None:
    case = handled(cast)
    address, unit = f"cases/{number(case)}", outside(UNIT, body_id=cast.urban)
    done = {
        "result": "清运",
        "reply": REPLY,
        "solved": True,
        "photos": [_photo()],
        "photos_before": [_photo("brown")],
    }
    before = traces(KEPT)
    for one in (outside(Role.SUPERVISOR), outside(UNIT, body_id=cast.housing)):
        assert one.post(f"{address}/report", done).status_code in (403, 404, 409)
    for wrong in ("photo", ["not base64"], [7], [b64encode(b"no photo").decode()], [_photo()] * 10):
        refused = unit.post(f"{address}/report", done | {"photos": wrong})
        assert refused.status_code == 400, wrong
    assert traces(KEPT) == before
    assert [path for path in store.rglob("*") if path.is_file()] == []
    told = unit.post(f"{address}/report", done, Idempotency_Key="report-0001")
    assert (told.status_code, told.json()["state"]) == (200, "reported")
    photos = unit.get(f"{address}/photos").json()["photos"]
    assert [one["stage"] for one in photos] == ["before", "after"]
    assert unit.get(f"{address}/photos/{photos[0]['id']}").headers["Content-Type"] == "image/jpeg"


def test_photos_of_a_task(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    draw(cast)
    day = timezone.localdate().isoformat()
    asked = {
        "key": "camp-2026-01", "name": "汛前清沟", "items": [""], "areas": [STREET], "lead": "水务局",
        "task": "逐个检查雨水口", "begins": day, "due": day, "photos_needed": True,
    }  # fmt: skip
    begun = systems(CENTRE).post("campaigns", asked)
    assert begun.status_code == 201, begun.content.decode()
    task = systems(CENTRE).get("tasks").json()["tasks"][0]["id"]
    bare = systems(CENTRE).post(f"tasks/{task}/do", {"finding": "nothing"})
    assert (bare.status_code, bare.json()["errors"][0]["field"]) == (400, "photos")
    walk(systems, [
        Deed("POST", f"tasks/{task}/do", CENTRE, {"finding": "nothing", "photos": [_photo()]}, {"state": "done"}),
    ], {}, KEPT)  # fmt: skip
    photo = systems(CENTRE).get(f"tasks/{task}").json()["photos"][0]
    seen = systems(CENTRE).get(f"tasks/{task}/photos/{photo}")
    assert (seen.headers["Content-Type"], seen.headers["Cache-Control"]) == ("image/jpeg", "no-store")
    assert systems(Role.AUDITOR).get(f"tasks/{task}/photos/{photo}").status_code == 403
    assert systems(CENTRE).get(f"tasks/{task}/photos/{photo + 1}").status_code == 404


def test_who_is_ringing_is_looked_up_and_the_look_is_written_down(
    cast: Cast, systems: Callable[[Role], Outside]
) -> None:
    case = systems(CENTRE).post("appeals", CALLING).json()["case"]
    phone = {"phone": "138 0000 0001"}
    assert systems(Role.EVALUATOR).post("callers/look-up", phone).status_code == 403
    assert systems(Role.SEAT).post("callers/look-up", {"phone": "12"}).status_code == 400
    assert systems(Role.SEAT).post("callers/look-up", {"phone": "13900000009"}).json()["known"] is False
    assert Viewing.objects.get().caller_id is None
    told = systems(Role.SEAT).post("callers/look-up", phone)
    assert told.headers["Cache-Control"] == "no-store"
    assert [one["number"] for one in told.json()["cases"]] == [case]
    assert "13800000001" not in told.content.decode()
    assert list(Viewing.objects.values_list("kind", flat=True)) == ["search"] * 2
