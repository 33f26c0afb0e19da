"""A volunteer's phone: proving the number, registering, coming, being there, leaving; without an account."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from huying.geo.datums import Datum, convert
from huying.kernel import clock
from huying.people.models import Caller
from huying.places.queries import forget
from huying.volunteers.actions import muster, register
from huying.volunteers.models import Claim, Muster, Volunteer
from huying.volunteers.queries import link_of
from tests.cast import COMMUNITY, DISTRICT, Cast
from tests.teams.conftest import draw
from tests.volunteers.conftest import SPOT, called, volunteer

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = "13812346677"


@pytest.fixture
def outbox(cast: Cast, settings: Any, tmp_path: Path) -> Path:
    forget(DISTRICT)
    draw(cast)
    settings.HUYING_NOTICES = tmp_path / "out"
    return tmp_path / "out"


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, name
    return found[1]


def proved(client: Client, outbox: Path, phone: str = PHONE) -> str:
    """The page behind the code that was sent."""
    page = client.post("/volunteer/enter", {"phone": phone}).text
    code = outbox.read_text(encoding="utf-8").split("验证码是 ")[-1][:6]
    given = {"phone": hidden(page, "phone"), "challenge": hidden(page, "challenge"), "code": code}
    return client.post("/volunteer/enter", given, follow=True).text


def joined(client: Client, outbox: Path, **more: str) -> Any:
    """Somebody new, with the number proved."""
    proof = hidden(proved(client, outbox), "proof")
    told: dict[str, Any] = {
        "proof": proof, "name": "张小明", "kind": "resident", "area": COMMUNITY, "skills": ["clean"], "days": "每天",
        "hours": "全天", "metres": "2000", "lon": str(SPOT[0]), "lat": str(SPOT[1]), "agreed": "on",
    }  # fmt: skip
    return client.post("/volunteer/join", told | more, follow=True)


def call(cast: Cast, **more: Any) -> int:
    now = clock.now()
    given = {"starts_at": now + timedelta(minutes=30), "ends_at": now + timedelta(hours=2)} | more
    return muster(cast.system, called(**given), str(uuid4()), now)[0]


def here() -> dict[str, str]:
    """The spot as a phone says it."""
    lon, lat = convert(*SPOT, Datum.CGCS2000)
    return {"do": "in", "lon": str(lon), "lat": str(lat)}


def test_who_proves_a_number_registers_and_is_known_from_then_on(cast: Cast, outbox: Path) -> None:
    client = Client()
    assert "党有呼唤" in client.get("/volunteer/").text
    page = joined(client, outbox).text
    assert "张小明，您好" in page
    row = Volunteer.objects.get()
    assert (row.name, row.made_by, row.area) == ("张小明", "本人", COMMUNITY)
    assert Client().get("/volunteer/me").status_code == 302


def test_without_consent_nobody_is_registered(cast: Cast, outbox: Path) -> None:
    answer = joined(Client(), outbox, agreed="")
    assert answer.status_code == 400
    assert all(word in answer.text for word in ("张小明", "请先同意登记说明"))
    assert (Volunteer.objects.count(), Caller.objects.count()) == (0, 0)


def test_a_number_that_was_not_proved_registers_nobody(cast: Cast, outbox: Path) -> None:
    answer = Client().post(
        "/volunteer/join", {"proof": PHONE, "name": "张小明", "area": COMMUNITY}, follow=True
    )
    assert "请重新验证手机号" in answer.text
    assert not Volunteer.objects.exists()


def test_where_no_code_can_arrive_nobody_is_asked_for_a_number(
    cast: Cast, outbox: Path, settings: Any
) -> None:
    settings.HUYING_NOTICES = None
    assert "请到社区登记" in Client().get("/volunteer/enter").text


def test_coming_checking_in_and_out(cast: Cast, outbox: Path) -> None:
    client = Client()
    joined(client, outbox)
    number = call(cast)
    assert "清扫楼道" in client.get("/volunteer/").text
    path = f"/volunteer/calls/{number}"
    assert "我能去" in client.get(path).text
    client.post(f"{path}/answer", {"do": "claim"})
    page = client.get(path).text
    assert all(word in page for word in ("名额给您留好了", "我到了，签到", "去不了了"))
    assert client.post(f"{path}/answer", {"do": "in", "lon": "", "lat": ""}).status_code == 400
    assert "离集合点约" in client.post(f"{path}/answer", here() | {"lon": "114.2"}).text
    client.post(f"{path}/answer", here())
    assert Claim.objects.get().standing == "present"
    assert "已签到" in client.get(path).text
    client.post(f"{path}/answer", {"do": "out"})
    assert Claim.objects.get().standing == "done"
    assert client.post(f"{path}/answer", {"do": "dance"}).status_code == 400


def test_the_link_of_a_message_answers_for_its_holder_alone(cast: Cast, outbox: Path) -> None:
    now = clock.now()
    first = register(cast.system, volunteer("张小明"), "13900000001", now).id
    second = register(cast.system, volunteer("李小红"), "13900000002", now).id
    number, later = call(cast), call(cast, title="另一次")
    link = f"/volunteer/called/{link_of(DISTRICT, number, first)}"
    phone = Client()
    assert "我能去" in phone.get(link).text
    phone.post(f"{link}/answer", {"do": "claim"})
    assert Claim.objects.get().volunteer_id == first
    phone.post(f"{link}/answer", {"do": "leave"})
    assert Claim.objects.get().standing == "left"
    made_up = link.replace(f"-{first}-", f"-{second}-")
    assert phone.get(made_up).status_code == 404
    assert phone.post(f"{made_up}/answer", {"do": "claim"}).status_code == 404
    assert phone.get(f"/volunteer/calls/{later}").status_code == 302
    assert Claim.objects.count() == 1


def test_a_call_for_others_does_not_exist(cast: Cast, outbox: Path) -> None:
    client = Client()
    joined(client, outbox)
    number = call(cast)
    Muster.objects.filter(id=number).update(only="member")
    assert client.get(f"/volunteer/calls/{number}").status_code == 404
    assert client.post(f"/volunteer/calls/{number}/answer", {"do": "claim"}).status_code == 404
    assert not Claim.objects.exists()


def test_ones_own_data_are_changed_rested_and_taken_away(cast: Cast, outbox: Path) -> None:
    client = Client()
    joined(client, outbox)
    page = client.get("/volunteer/me").text
    assert all(word in page for word in ("张小明", "服务证明", "退出登记"))
    told = {"name": "张晓明", "kind": "member", "area": COMMUNITY, "metres": "500", "agreed": "on"}
    client.post("/volunteer/me", told)
    row = Volunteer.objects.get()
    assert (row.name, row.kind, row.metres, row.lon) == ("张晓明", "member", 500, SPOT[0])
    assert client.post("/volunteer/me", told | {"name": ""}).status_code == 400
    client.post("/volunteer/me/rest", {"rest": "1"})
    assert Volunteer.objects.get().rests_since is not None
    client.post("/volunteer/me/rest", {"rest": "0"})
    assert Volunteer.objects.get().rests_since is None
    assert "志愿服务记录证明" in client.get("/volunteer/me/hours").text
    client.post("/volunteer/me/leave")
    row = Volunteer.objects.get()
    assert (row.name, row.left_by) == ("", "本人")
    assert client.get("/volunteer/me").status_code == 302


def test_a_phone_lent_forgets_its_holder(cast: Cast, outbox: Path) -> None:
    client = Client()
    joined(client, outbox)
    client.post("/volunteer/out")
    assert client.get("/volunteer/me").status_code == 302
    assert Volunteer.objects.get().left_at is None


def test_pressing_without_end_is_stopped(cast: Cast, outbox: Path) -> None:
    client = Client()
    joined(client, outbox)
    path = f"/volunteer/calls/{call(cast)}/answer"
    codes = [client.post(path, {"do": do}).status_code for do in ("claim", "leave") * 31]
    assert codes[-1] == 429
    assert set(codes[:60]) == {302}
