"""Services near home over the interface: entries, what is near, what is asked, the circle."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from huying.access.roles import Role
from huying.kernel.clock import now
from huying.people.actions.metering import forget_leases
from huying.people.models import Viewing
from huying.places.queries import forget
from huying.services.actions import draw_circle, put_homes
from huying.services.models import (
    Ask,
    EntryReport,
    Facility,
    FacilityKind,
    FacilityPhoto,
    HoursException,
    Service,
    Slot,
)
from huying.services.rules.homes import Spot
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, DISTRICT, Cast
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMIN, SEAT, CENTRE = Role.ADMINISTRATOR, Role.SEAT, Role.DISTRICT_DISPATCHER
KEPT = (Viewing, Facility, FacilityKind, HoursException, FacilityPhoto, EntryReport, Service, Slot, Ask)
SPOT = (114.005, 22.005)
PLACE = {
    "kind": "community_centre", "name": "老渡中心", "lon": SPOT[0], "lat": SPOT[1], "hours": "每天 08:00-20:00",
    "amenities": ["mother_baby"],
}  # fmt: skip
OFFER = {"name": "助浴", "category": "养老"}


@pytest.fixture
def ground(cast: Cast) -> Cast:
    draw(cast)
    forget(DISTRICT)
    forget_leases()
    return cast


def test_entries_kinds_and_reports(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {}
    walk(systems, [
        Deed("POST", "facilities", ADMIN, PLACE, {"area": "990101001001001"}, 201, wrong=SEAT),
        Deed("PUT", "facility-kinds/book_room", ADMIN, {"name": "社区书房"}, {"name": "社区书房"}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    world["place"] = Facility.objects.get().id
    named, days = {"name": "老渡服务中心"}, {"first": "2099-05-01", "last": "2099-05-02", "why": "检修"}
    walk(systems, [
        Deed("PUT", "facilities/{place}", ADMIN, PLACE | named, named, wrong=SEAT, matched=True),
        Deed("POST", "facilities/{place}/confirm", ADMIN, {}, named, wrong=SEAT),
        Deed("POST", "facilities/{place}/exceptions", ADMIN, days, {"spans": "休息"}, 201, wrong=SEAT),
        Deed("POST", "facilities/{place}/reports", CENTRE, {"fault": "hours"}, named, 201, wrong=SEAT),
        Deed("POST", "facility-kinds/book_room/end", ADMIN, {}, {}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    world |= {"exception": HoursException.objects.get().id, "report": EntryReport.objects.get().id}
    walk(systems, [
        Deed("POST", "facilities/{place}/exceptions/{exception}/drop", ADMIN, {}, {}, 204, wrong=SEAT),
        Deed("POST", "entry-reports/{report}/settle", ADMIN, {"settling": "mended"}, {}, 204, wrong=SEAT),
        Deed("POST", "facilities/{place}/end", ADMIN, {"why": "搬走"}, {"ended_why": "搬走"}, wrong=SEAT),
    ], world, KEPT)  # fmt: skip
    admin = systems(ADMIN)
    assert admin.get("facilities").json()["facilities"] == []
    assert len(admin.get("facilities?state=ended").json()["facilities"]) == 1
    assert [one["settling"] for one in admin.get("entry-reports?settled=true").json()["reports"]] == [
        "mended"
    ]
    assert systems(SEAT).get("facilities").status_code == 403


def test_what_is_near_says_how_it_was_measured(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    systems(ADMIN).post("facilities", PLACE)
    centre = systems(CENTRE)
    (found,) = centre.get(f"facilities/nearest?lon={SPOT[0]}&lat={SPOT[1]}&need=mother_baby").json()[
        "facilities"
    ]
    assert (found["facility"]["name"], found["measure"], found["metres"]) == ("老渡中心", "straight", 0)
    assert found["state"]["open"] in (True, False)
    assert centre.get(f"facilities/nearest?lon={SPOT[0]}&lat={SPOT[1]}&kind=park").json()["facilities"] == []
    assert centre.get("facilities/nearest?lon=500&lat=22").status_code == 400
    assert systems(SEAT).get(f"facilities/nearest?lon={SPOT[0]}&lat={SPOT[1]}").status_code == 403


def test_what_is_offered_and_asked(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    world: dict[str, Any] = {"place": systems(ADMIN).post("facilities", PLACE).json()["id"]}
    walk(systems, [
        Deed("POST", "facilities/{place}/services", CENTRE, OFFER, {"category": "养老"}, 201, wrong=ADMIN),
    ], world, KEPT)  # fmt: skip
    world["service"] = Service.objects.get().id
    half = OFFER | {"minutes": 30}
    day = (now() + timedelta(days=3)).date().isoformat()
    slots = {
        "first": day,
        "last": day,
        "weekdays": list(range(7)),
        "times": ["09:00", "10:00"],
        "capacity": 1,
    }
    walk(systems, [
        Deed("PUT", "centre-services/{service}", CENTRE, half, {"minutes": 30}, wrong=ADMIN, matched=True),
        Deed("POST", "centre-services/{service}/slots", CENTRE, slots, {"made": 2}, 201, wrong=ADMIN),
    ], world, KEPT)  # fmt: skip
    first, last = Slot.objects.order_by("starts_at")
    asked = {
        "key": str(uuid.uuid4()),
        "slot": first.id,
        "name": "张女士",
        "phone": "13800000001",
        "community": COMMUNITY,
    }
    walk(systems, [
        Deed("POST", "centre-services/{service}/asks", SEAT, asked, {"state": "asked"}, 201, wrong=ADMIN),
    ], world, KEPT)  # fmt: skip
    world |= {"ask": Ask.objects.get().id, "slot": last.id}
    moved = {"slot": last.id, "worker": "王秀英"}
    assert systems(SEAT).post(f"centre-services/{world['service']}/asks",
                              asked | {"key": str(uuid.uuid4()), "phone": "13800000002"}).status_code == 409  # fmt: skip
    walk(systems, [
        Deed("POST", "service-asks/{ask}/arrange", CENTRE, moved, {"state": "arranged"}, wrong=ADMIN),
        Deed("POST", "service-asks/{ask}/unmask", CENTRE, {}, {"phone": "13800000001"}, wrong=ADMIN, private=True),
        Deed("POST", "centre-services/{service}/slots/{slot}/cancel", CENTRE, {}, {"moved": 1}, wrong=ADMIN),
        Deed("POST", "service-asks/{ask}/off", CENTRE, {"why": "停水"}, {"state": "cancelled"}, wrong=ADMIN),
        Deed("POST", "centre-services/{service}/end", CENTRE, {}, {}, wrong=ADMIN),
    ], world, KEPT)  # fmt: skip
    assert Viewing.objects.filter(what__contains="服务点单").count() >= 1
    (line,) = systems(CENTRE).get("service-asks?state=cancelled").json()["asks"]
    assert line["phone"] == "138****0001"


def test_the_circle_and_demand(ground: Cast, systems: Callable[[Role], Outside]) -> None:
    reader = systems(Role.SUPERVISOR)
    assert reader.get("circle").status_code == 404
    put_homes(ground.administrator, [Spot(*SPOT, 100, "东苑", COMMUNITY)], "", now())
    draw_circle(ground.administrator, now())
    found = reader.get("circle").json()
    toilet = next(one for one in found["kinds"] if one["kind"] == "toilet")
    assert (toilet["people"], toilet["covered"], toilet["sites"][0]["gain"]) == (100.0, 0.0, 100.0)
    assert reader.post("circle", {}).status_code == 202
    assert reader.get("service-demand").json()["balances"] == []
    assert systems(SEAT).get("circle").status_code == 403
