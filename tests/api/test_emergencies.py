"""A device's alarm over the interface: answered when the nearest were alerted, once for the same alarm."""

from collections.abc import Callable

import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.emergency.actions import NewResponder, register
from huying.emergency.models import Emergency
from huying.emergency.rules.kinds import ResponderKind
from huying.geo.measure import moved
from huying.kernel.clock import now
from huying.places.queries import forget
from tests.api.conftest import Outside
from tests.cast import DISTRICT, OTHER_STREET, Cast
from tests.emergency.conftest import SPOT
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SAID = {
    "kind": "sos",
    "device": "SOS-7",
    "key": "press-1",
    "words": "一键求助",
    "lon": SPOT[0],
    "lat": SPOT[1],
}


@pytest.fixture
def ground(cast: Cast) -> Cast:
    draw(cast)
    forget(DISTRICT)
    for number, metres in enumerate((60, 120, 180, 240)):
        lon, lat = moved(*SPOT, 90.0, metres)
        new = NewResponder(
            kind=ResponderKind.VOLUNTEER, name=f"志愿者{number}", phone=f"1370000000{number}", skills=["first_aid"],
            lon=lon, lat=lat,
        )  # fmt: skip
        register(cast.system, new, now())
    return cast


@pytest.fixture
def device(ground: Cast, outside: Callable[..., Outside]) -> Outside:
    return outside(Role.SEAT, scopes=[Permission.EMERGENCY_OPEN])


def test_the_answer_names_the_nearest_who_were_alerted(device: Outside) -> None:
    answer = device.post("emergencies", SAID)
    assert answer.status_code == 201
    told = answer.json()
    assert [row["metres"] for row in told["alerted"]] == [60, 120, 180, 240]
    assert (told["ring"], told["enough"], told["accepted"], told["handed_over"]) == (1, 1, 0, False)
    assert answer.headers["Location"] == told["self"]
    assert device.get(f"emergencies/{told['id']}").json()["case"] == told["case"]
    assert "137" not in answer.content.decode().replace(told["case"], "")


def test_the_same_alarm_again_is_the_same_card(device: Outside) -> None:
    first, again = device.post("emergencies", SAID), device.post("emergencies", SAID)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert device.post("emergencies", SAID | {"key": "press-2"}).json()["id"] != first.json()["id"]


def test_an_alarm_from_nowhere_is_taken_all_the_same(device: Outside) -> None:
    answer = device.post("emergencies", SAID | {"lon": 0.0, "lat": 0.0})
    assert answer.status_code == 201
    assert (answer.json()["lon"], answer.json()["alerted"]) == (None, [])


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"kind": "aliens"}, 404, ""),
        ({"datum": "mars"}, 400, "datum"),
        ({"key": ""}, 400, "key"),
        ({"case": "990101-000000999"}, 404, ""),
        ({"case": "x"}, 404, ""),
        ({"words": "长" * 501}, 400, "words"),
    ],
)
def test_what_is_no_alarm_is_refused_by_name(
    device: Outside, change: dict[str, object], status: int, field: str
) -> None:
    answer = device.post("emergencies", SAID | change)
    assert answer.status_code == status
    assert not field or field in {each["field"] for each in answer.json()["errors"]}
    assert not Emergency.objects.exists()


def test_a_key_without_the_permission_and_no_key_raise_nothing(
    ground: Cast, outside: Callable[..., Outside]
) -> None:
    assert outside(Role.AUDITOR).post("emergencies", SAID).status_code == 403
    assert outside().post("emergencies", SAID).status_code == 401
    assert not Emergency.objects.exists()


def test_a_card_is_read_by_who_opened_it_and_by_its_area(
    device: Outside, outside: Callable[..., Outside]
) -> None:
    number = device.post("emergencies", SAID).json()["id"]
    assert outside(Role.DISTRICT_DISPATCHER).get(f"emergencies/{number}").status_code == 200
    assert outside(Role.STREET_DISPATCHER, OTHER_STREET).get(f"emergencies/{number}").status_code == 404
    assert outside(Role.SEAT, OTHER_STREET).get("emergencies/999999999999").status_code == 404
