"""What stands beside a case: for who may see the case, and for nobody else."""

from collections.abc import Callable

import pytest

from huying.access.roles import Role
from huying.cases.models import Case
from huying.kernel.clock import now
from huying.loop.dispose.actions import speak
from huying.people.models import KeptAnswer, Viewing
from tests.api.conftest import Outside
from tests.cast import OTHER_STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READ = ("photos", "suggestions", "alike", "proof", "messages")


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


def test_a_key_reads_the_conversation_and_does_not_speak_in_it(
    cast: Cast, outside: Callable[..., Outside], centre: Outside, number: str
) -> None:
    assert centre.post(f"cases/{number}/file", {"item": "X1"}).status_code == 200
    assert centre.post(f"cases/{number}/dispatch", {"body": cast.urban}).status_code == 200
    case = Case.objects.get()
    spoken = speak(cast.handler, case.district, case.id, "已到现场", key="talk-0003", now=now())
    unit = outside(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    told = unit.post(f"cases/{number}/messages", {"key": "talk-0002", "text": "已到现场"})
    assert (told.status_code, told.json()["code"]) == (403, "denied")
    heard = unit.get(f"cases/{number}/messages").json()["messages"]
    assert [(one["id"], one["text"]) for one in heard] == [(spoken, "已到现场")]
