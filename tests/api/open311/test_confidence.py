"""What an attacker would try: to learn words, places and persons, or to be kept where nobody may be."""

import pytest

from huying.access.roles import Role
from huying.cases.models import Appeal, Case
from tests.api.open311.conftest import HERE, LAMP, PLAIN, RUBBISH, Desk, put_list
from tests.cast import OTHER_STREET, Cast

pytestmark = pytest.mark.django_db


def test_what_is_told_in_confidence_does_not_exist_for_the_public(desk: Desk, keyed) -> None:
    number = desk.report()
    Case.objects.update(kind="report")
    assert desk.get("requests").json() == []
    assert desk.get("requests", service_request_id=number).json() == []
    assert desk.get(f"requests/{number}").status_code == 404
    assert desk.get(f"tokens/{number}").status_code == 404
    assert desk.get("servicerequestupdates", service_request_id=number).json() == []
    assert keyed(Role.DISTRICT_DISPATCHER).get(f"requests/{number}").status_code == 200


def test_what_was_erased_does_not_exist_for_the_public(desk: Desk) -> None:
    from huying.kernel.clock import now

    number = desk.report()
    Case.objects.update(erased_at=now())
    assert desk.get(f"requests/{number}").status_code == 404


def test_receipts_are_never_told_to_others(desk: Desk, keyed) -> None:
    number = desk.report()
    receipt = Appeal.objects.get().receipt
    for reader in (desk, keyed(Role.DISTRICT_DISPATCHER)):
        told = reader.get("requests", extensions="true").content + reader.get(f"requests/{number}").content
        assert receipt.encode() not in told


def test_the_place_cannot_be_found_by_asking_around_it(desk: Desk) -> None:
    desk.report(lat="22.601", long="114.201")
    near = desk.get("requests", lat="22.601", long="114.201", radius="1").json()
    told = desk.get("requests").json()[0]
    assert near == []
    assert (round(told["lat"], 2), round(told["long"], 2)) == (22.65, 114.25)


@pytest.mark.parametrize(
    "text",
    [
        "' OR 1=1 --",
        "990101-000000001'; DROP TABLE cases_case; --",
        "%00",
        "\x00",
        "../../etc/passwd",
        "%",
        "_" * 300,
    ],
)
def test_no_parameter_reaches_the_database_as_words_of_its_own(desk: Desk, text: str) -> None:
    desk.report()
    for name in (
        "service_request_id",
        "service_code",
        "jurisdiction_id",
        "status",
        "start_date",
        "lat",
        "page",
        "api_key",
    ):
        assert desk.get("requests", **{name: text}).status_code in {200, 400, 403, 404}
    assert desk.post("requests", {"service_code": text or "x", **HERE}).status_code in {400, 404}
    assert desk.post(
        "requests", {"service_code": LAMP, "device_id": text[:90], "description": text, **HERE}
    ).status_code in {200, 400}


def test_a_key_of_one_street_sees_its_own_street_alone(desk: Desk, keyed) -> None:
    desk.report()
    desk.report(long="114.35")
    street = keyed(Role.STREET_DISPATCHER, OTHER_STREET).get("requests").json()
    assert [row["address_id"][:9] for row in street] == [OTHER_STREET]
    assert len(desk.get("requests").json()) == 2


def test_a_new_edition_changes_the_services_and_keeps_what_was_reported(desk: Desk, town: Cast) -> None:
    number = desk.report()
    put_list(town, "第二版", (RUBBISH, PLAIN))
    assert {one["service_code"] for one in desk.get("services").json()} == {RUBBISH, PLAIN}
    old = desk.get(f"services/{LAMP}", extensions="true").json()
    assert (old["edition"], old["active"]) == ("1", False)
    refused = desk.post("requests", {"service_code": LAMP, **HERE})
    assert refused.status_code == 404
    assert "1" in refused.json()[0]["description"]
    told = desk.get("requests", service_code=LAMP).json()
    assert [(row["service_request_id"], row["service_name"]) for row in told] == [(number, "路灯不亮")]


def test_a_list_costs_as_many_queries_as_one(desk: Desk, keyed, django_assert_max_num_queries) -> None:
    for _ in range(5):
        desk.report()
    desk.get("requests")
    with django_assert_max_num_queries(9):
        assert len(desk.get("requests").json()) == 5
    staff = keyed(Role.DISTRICT_DISPATCHER)
    staff.get("requests")
    with django_assert_max_num_queries(10):
        assert len(staff.get("requests").json()) == 5
