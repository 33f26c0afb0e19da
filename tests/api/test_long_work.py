"""Long work of a key: lists as files, orders brought in; the key that asked sees it, no other does."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.cases.models import Case
from huying.kernel.clock import now
from huying.longwork.actions import do_next
from huying.longwork.models import LongWork
from huying.people.actions import revoke_key
from huying.people.models import ApiKey, Viewing
from huying.site.wiring import LONG_WORK
from tests.api.conftest import Outside
from tests.api.deeds import asked as statements
from tests.api.deeds import traces
from tests.cast import DISTRICT, STREET, Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
NEVER = threading.Event()
KEPT = (LongWork, Viewing, Case)
ORDERS = (
    "工单编号,受理时间,诉求内容,状态\nA-1,2026-01-05 09:00:00,路灯不亮,已办结\nA-2,昨天,井盖坏了,已办结\n"
)
CASES = {"path": "/cases", "query": {"area": str(DISTRICT), "q": "13800000001 垃圾"}}


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Path) -> None:
    settings.HUYING_WORK_DIR = tmp_path / "work"


def do() -> bool:
    return do_next(LONG_WORK, NEVER)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_list_becomes_a_file_of_the_key_that_asked(
    cast: Cast, outside: Callable[..., Outside], systems: Callable[[Role], Outside]
) -> None:
    centre, other = systems(Role.DISTRICT_DISPATCHER), outside(Role.ADMINISTRATOR)
    numbers = [
        centre.post("appeals", {"text": f"春风路第 {n} 处垃圾没人收"}).json()["case"] for n in range(3)
    ]
    answer = centre.post("exports", {"path": "/cases", "query": {"area": str(DISTRICT)}})
    asked = answer.json()
    assert (answer.status_code, asked["state"], asked["file"]) == (202, "waiting", None)
    assert (
        centre.post("exports", {"path": "/cases", "query": {"area": str(DISTRICT)}}).json()["id"]
        == asked["id"]
    )
    work = f"work/{asked['id']}"
    assert [other.get(work).status_code, other.get(f"{work}/file").status_code] == [404, 404]
    assert (other.post(f"{work}/cancel").status_code, other.get("work").json()["works"]) == (404, [])
    assert do()
    done = centre.get(work).json()
    assert (done["state"], done["outcome"], done["error"]) == ("done", {"rows": 3}, "")
    file = centre.get(f"{work}/file")
    bare = centre._client.head(f"/api/v1/{work}/file")
    assert (bare.status_code, bare.content, bare.headers["Content-Length"]) == (
        200, b"", file.headers["Content-Length"],
    )  # fmt: skip
    lines = body(file).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,state,level,title")
    assert {line.partition(",")[0] for line in lines[1:]} == set(numbers)
    assert file.headers["Cache-Control"] == "no-store"
    again = centre.post(f"{work}/again").json()
    assert centre.post(f"work/{again['id']}/cancel").json()["state"] == "cancelled"
    assert centre.post(f"work/{again['id']}/cancel").status_code == 409
    assert [one["id"] for one in centre.get("work").json()["works"]] == [again["id"], asked["id"]]
    assert statements(centre, "work", limit=1) == statements(centre, "work", limit=2)
    told = list(Viewing.objects.order_by("id").values_list("what", "account_id"))
    assert [what.partition("：")[0] for what, _account in told] == [
        "导出列表",
        "导出列表",
        "下载",
        "下载",
        "导出列表",
    ]
    assert centre._client.get(f"/api/v1/{work}/file", headers={}).status_code == 200


def test_lines_of_json_keep_what_stands_within(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    admin = systems(Role.ADMINISTRATOR)
    number = admin.post("exports", {"path": "/formulas", "form": "ndjson"}).json()["id"]
    sheet = admin.post("exports", {"path": "/formulas", "form": "xlsx"}).json()["id"]
    while do():
        pass
    rows = [orjson.loads(line) for line in body(admin.get(f"work/{number}/file")).splitlines()]
    assert rows == admin.get("formulas", limit=200).json()["formulas"]
    assert body(admin.get(f"work/{sheet}/file"))[:2] == b"PK"


def test_what_may_not_be_listed_is_not_exported(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    centre, auditor = systems(Role.DISTRICT_DISPATCHER), systems(Role.AUDITOR)
    before = traces(KEPT)
    assert auditor.post("exports", {"path": "/limits"}).status_code == 403
    for wrong, field in (
        ({"path": "/nothing"}, "path"),
        ({"path": "/cases/990101-000000001"}, "path"),
        ({"path": "/exports"}, "path"),
        ({"path": "/cases", "query": {"limit": "5"}}, "query.limit"),
        ({"path": "/cases", "query": {"lamp": "blue"}}, "lamp"),
    ):  # fmt: skip
        refused = centre.post("exports", wrong)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field), wrong
    english = centre.post(
        "exports", {"path": "/cases", "query": {"lamp": "blue"}}, Accept_Language="en"
    ).json()
    assert english["errors"][0]["detail"].isascii()
    assert traces(KEPT) == before
    assert centre.post("exports", CASES).json()["about"] == "/cases csv"
    assert Viewing.objects.get().what == f"导出列表：/cases area {DISTRICT}，q ****0001 垃圾"


def test_a_key_that_was_ended_gets_no_file(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    systems(Role.DISTRICT_DISPATCHER).post("exports", {"path": "/cases"})
    revoke_key(cast.system, ApiKey.objects.get().pk, now())
    assert do()
    assert (LongWork.objects.get().state, LongWork.objects.get().file) == ("failed", "")


def test_orders_are_looked_through_and_then_brought_in(
    cast: Cast, outside: Callable[..., Outside], settings: Any
) -> None:
    centre, other = outside(Role.DISTRICT_DISPATCHER), outside(Role.ADMINISTRATOR)
    narrow = outside(Role.DISTRICT_DISPATCHER, scopes=[Permission.CASE_READ])

    def sent(client: Outside, name: str = "工单.csv", content: bytes = ORDERS.encode()) -> Any:
        return client._client.post(
            "/api/v1/uploads", content, content_type="text/csv", query_params={"name": name}
        )

    kept = sent(centre).json()
    assert (kept["columns"]["number"], kept["states"]) == ("工单编号", ["已办结"])
    given = {"upload": kept["upload"], "code": "old", "name": "旧热线", "columns": kept["columns"],
             "states": {"已办结": "ended"}}  # fmt: skip
    before = traces(KEPT)
    assert (sent(narrow).status_code, narrow.post("imports", given).status_code) == (403, 403)
    files = sorted(settings.HUYING_WORK_DIR.iterdir())
    # What is brought in is the whole district's: of who has a street alone nothing is kept.
    assert sent(outside(Role.DISTRICT_DISPATCHER, STREET)).status_code == 403
    assert sorted(settings.HUYING_WORK_DIR.iterdir()) == files
    assert (sent(centre, "工单.pdf").status_code, sent(centre, content=b"").status_code) == (400, 400)
    assert other.post("imports", given).status_code == 404
    wrong = centre.post("imports", given | {"columns": {"number": "没有", "created": "受理时间"}})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (400, "columns.number")
    assert traces(KEPT) == before
    looked = centre.post("imports", given)
    assert looked.status_code == 202
    work = f"work/{looked.json()['id']}"
    assert do()
    told = centre.get(work).json()
    assert (told["state"], told["outcome"]["refused_rows"], Case.objects.count()) == ("done", 1, 0)
    assert centre.post(f"{work}/again").status_code == 409
    assert other.post(f"{work}/begin").status_code == 404
    begun = centre.post(f"{work}/begin").json()
    assert do()
    done = centre.get(f"work/{begun['id']}").json()
    assert (done["state"], Case.objects.count(), done["file_name"][:12]) == ("done", 1, "not-imported")
    assert body(centre.get(f"work/{begun['id']}/file"))[:2] == b"PK"
