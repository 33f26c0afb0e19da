"""What a district chooses once, by a key: open data, names outside, notices, questions; health and bundles besides."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.models import Stumble
from huying.cases.rules.bundles import check
from huying.catalogue.actions import load_starter
from huying.catalogue.models import Question
from huying.kernel.clock import now
from huying.notices.models import ResidentRule
from huying.opendata.models import OpenDataRule
from huying.people.models import Viewing
from huying.places.models import Jurisdiction
from tests.api.conftest import Outside
from tests.api.deeds import Deed, traces, walk
from tests.cast import DISTRICT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (OpenDataRule, Jurisdiction, ResidentRule, Question, Stumble, Viewing, Change)
ADMIN, CENTRE, RULING, AUDITOR = (
    Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.RULING_OFFICER, Role.AUDITOR,
)  # fmt: skip


def test_what_there_is_but_one_of(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    open_data = {"on": True, "k": 7}
    outside = {"names": ["Huying.example.cn"], "contact": "区政数局"}
    residents = {"quiet_since": "21:30", "quiet_until": "08:00", "most_a_day": 2, "occasions": ["replied"]}
    walk(systems, [
        Deed("PUT", "open-data", ADMIN, open_data, open_data, wrong=CENTRE, matched=True),
        Deed("PUT", "outside", ADMIN, outside, {"names": ["huying.example.cn"]}, wrong=CENTRE, matched=True),
        Deed("PUT", "notices/residents", CENTRE, residents, residents, wrong=Role.SEAT, matched=True),
    ], {}, KEPT)  # fmt: skip
    admin, seat = systems(ADMIN), systems(Role.SEAT)
    for path, body in (("open-data", open_data), ("outside", outside), ("notices/residents", residents)):
        assert seat.get(path).status_code == 403
        headers = {"If-Match": admin.get(path).headers["ETag"]}
        again = admin._client.put(f"/api/v1/{path}", body, content_type="application/json", headers=headers)
        assert again.status_code == 200, path
    assert admin.get("open-data/months").json()["months"] == []
    assert seat.get("open-data/months").status_code == 403
    assert len(admin.get("notices/residents").json()["history"]) == 2
    for wrong in ({"quiet_since": "25:00"}, {"occasions": ["order"]}, {"most_a_day": 0}):
        assert admin.send("put", "notices/residents", residents | wrong).status_code == 400
    assert admin.send("put", "outside", {"names": ["no domain"]}).status_code == 400
    assert admin.send("put", "open-data", {"on": True, "licence_url": "ftp://x"}).status_code == 400


def test_what_residents_are_asked(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    load_starter(cast.system, DISTRICT, now())
    code = systems(ADMIN).get("items").json()[0]["code"]
    path = f"editions/1/items/{code}/questions"
    asked = {
        "description": "灯杆号？",
        "datatype": "singlevaluelist",
        "choices": [{"key": "A", "name": "甲"}],
    }
    plain = {"description": "几盏灯？", "datatype": "number"}
    walk(systems, [
        Deed("PUT", f"{path}/LAMP", RULING, asked, {"code": "LAMP"} | asked, wrong=CENTRE),
        Deed("PUT", f"{path}/LAMP", ADMIN, plain, {"choices": []} | plain, matched=True),
        Deed("POST", f"{path}/LAMP/end", ADMIN, {}, {}, 204, matched=True),
    ], {}, KEPT)  # fmt: skip
    reader = systems(CENTRE)
    assert "LAMP" not in [one["code"] for one in reader.get(path).json()["questions"]]
    assert reader.get(f"{path}/LAMP").status_code == 404
    narrow = outside(CENTRE, scopes=[Permission.CASE_READ])
    assert [narrow.get(one).status_code for one in (path, f"{path}/LAMP")] == [403, 403]
    assert reader.get("editions/1/items/no-such/questions").status_code == 404
    bare = systems(ADMIN).send("put", f"{path}/LAMP", plain | {"choices": asked["choices"]})
    assert [one["field"] for one in bare.json()["errors"]] == ["choices"]


def test_what_reactions_stumbled_over_is_crossed_off(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    row = Stumble.objects.create(
        district=DISTRICT, handler="notices", case_id=1, seq=2, at=now(), error="没有这个单位"
    )
    told = systems(AUDITOR).get("health").json()["stumbles"]
    assert [(one["id"], one["handler"]) for one in told] == [(row.pk, "notices")]
    walk(systems, [
        Deed("POST", "health/stumbles/{stumble}/settle", ADMIN, {}, {}, 204),
    ], {"stumble": row.pk}, KEPT)  # fmt: skip
    assert systems(AUDITOR).get("health").json()["stumbles"] == []
    assert systems(ADMIN).send("post", f"health/stumbles/{row.pk}/settle").status_code == 404
    assert systems(CENTRE).get("health").status_code == 403


def test_a_bundle_is_taken_by_who_audits_and_that_is_written_down_first(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    number = (
        systems(CENTRE)
        .post("appeals", {"text": "春风路垃圾没人收，臭得很", "phone": "13800000001"})
        .json()["case"]
    )
    path, auditor = f"cases/{number}/bundle", systems(AUDITOR)
    narrow = outside(Role.AUDITOR, scopes=[Permission.LEDGER_EXPORT])
    before = traces(KEPT)
    assert [one.get(path).status_code for one in (systems(CENTRE), narrow)] == [403, 403]
    assert auditor.get("cases/990101-000999999/bundle").status_code == 404
    assert traces(KEPT) == before
    taken: Any = auditor.get(path)
    assert (taken.status_code, taken.headers["Cache-Control"]) == (200, "no-store")
    assert [(one.what, one.kind, one.actor_name) for one in Viewing.objects.all()] == [
        ("案件存证包", "export", "外部系统")
    ]
    held = check(io.BytesIO(taken.content))
    assert held is not None
    with zipfile.ZipFile(io.BytesIO(taken.content)) as whole:
        told = b"".join(whole.read(name) for name in whole.namelist()).decode()
    assert "案件存证包" in told
    assert "13800000001" not in told
