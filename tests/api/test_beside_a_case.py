"""What stands beside a case: for who may see the case, and for nobody else."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.cases.models import Case
from huying.kernel.clock import now
from huying.loop.dispose.actions import speak
from huying.loop.dispose.models import Message
from huying.people.models import KeptAnswer, Viewing
from tests.api.conftest import Outside
from tests.cast import OTHER_STREET, Cast
from tests.photos import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READ = ("photos", "suggestions", "alike", "proof", "messages")


@pytest.fixture
def store(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def centre(outside: Callable[..., Outside]) -> Outside:
    return outside(Role.DISTRICT_DISPATCHER)


@pytest.fixture
def number(centre: Outside) -> str:
    said = {"text": "春风路垃圾没人收，臭得很", "name": "王建国", "phone": "13800000001"}
    return str(centre.post("appeals", said).json()["case"])


def test_another_area_and_another_body_find_nothing(
    cast: Cast, outside: Callable[..., Outside], centre: Outside, number: str
) -> None:
    appeal = centre.get(f"cases/{number}").json()["callers"][0]["id"]
    strangers = [
        outside(Role.STREET_DISPATCHER, OTHER_STREET),
        outside(Role.DEPARTMENT_HANDLER, body_id=cast.housing),
    ]
    before = Viewing.objects.count()
    for one in strangers:
        for what in READ:
            assert one.get(f"cases/{number}/{what}").status_code in (403, 404), what
        assert one.get(f"cases/{number}/photos/1").status_code == 404
        told = one.post(f"cases/{number}/callers/{appeal}/unmask", {"reason": "回电核实"})
        assert told.status_code in (403, 404)
        assert one.post(f"cases/{number}/messages", {"key": "talk-0001", "text": "在吗"}).status_code in (
            403,
            404,
        )
    assert Viewing.objects.count() == before


def test_who_called_is_told_for_a_reason_that_is_written_down(centre: Outside, number: str) -> None:
    whole = centre.get(f"cases/{number}")
    assert "13800000001" not in whole.content.decode()
    appeal = whole.json()["callers"][0]["id"]
    told = centre.post(
        f"cases/{number}/callers/{appeal}/unmask", {"reason": "回电核实地址"}, Idempotency_Key="unmask-01"
    )
    assert told.status_code == 200, told.content.decode()
    assert told.json() == {"name": "王建国", "phone": "13800000001", "id_number": ""}
    assert told.headers["Cache-Control"] == "no-store"
    assert "ETag" not in told.headers
    assert Viewing.objects.get(kind="unmask").reason == "回电核实地址"
    assert not KeptAnswer.objects.exists()
    assert centre.post(f"cases/{number}/callers/{appeal}/unmask", {"reason": ""}).status_code == 400


def test_a_system_of_a_unit_speaks_with_those_who_handle_the_case(
    cast: Cast, outside: Callable[..., Outside], centre: Outside, number: str, store: Path
) -> None:
    assert centre.post(f"cases/{number}/file", {"item": "X1"}).status_code == 200
    assert centre.post(f"cases/{number}/dispatch", {"body": cast.urban}).status_code == 200
    case = Case.objects.get()
    asked = speak(cast.handler, case.district, case.id, "泵车到了吗", key="talk-0003", now=now())
    unit = outside(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    photo = b64encode(jpeg("a.jpg").read()).decode()
    words = {"key": "talk-0002", "text": "已到现场", "photos": [photo]}
    told = unit.post(f"cases/{number}/messages", words)
    assert told.status_code == 201
    assert unit.post(f"cases/{number}/messages", words).json() == told.json()
    heard = centre.get(f"cases/{number}/messages").json()["messages"]
    assert [(one["id"], one["text"], one["name"], one["body"], one["account_id"]) for one in heard] == [
        (asked, "泵车到了吗", "", "城市管理局", cast.handler.account_id),
        (told.json()["id"], "已到现场", "外部系统", "城市管理局", None),
    ]
    seen = centre.get(f"cases/{number}/messages/{told.json()['id']}/photos/0")
    assert seen.headers["Content-Type"] == "image/jpeg"


def test_who_may_not_speak_leaves_no_word(
    cast: Cast, outside: Callable[..., Outside], centre: Outside, number: str, store: Path
) -> None:
    photo = b64encode(jpeg("a.jpg").read()).decode()
    words = {"key": "talk-0001", "text": "在吗", "photos": [photo]}
    narrow = outside(Role.DISTRICT_DISPATCHER, scopes=[Permission.CASE_READ])
    for one in (outside(Role.AUDITOR), narrow):
        assert one.post(f"cases/{number}/messages", words).status_code == 403
        assert one.get(f"cases/{number}/messages").status_code == 403
    stranger = outside(Role.STREET_DISPATCHER, OTHER_STREET)
    assert stranger.post(f"cases/{number}/messages", words).status_code == 404
    assert list(store.iterdir()) == []
    nothing = {"text": "  ", "photos": []}
    for wrong in (
        nothing,
        {"text": "长" * 1001},
        {"key": "short"},
        {"photos": ["x"]},
        {"photos": [photo] * 10},
    ):
        assert centre.post(f"cases/{number}/messages", words | wrong).status_code == 400
    assert not Message.objects.exists()
