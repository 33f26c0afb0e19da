"""The query rules, and every refusal with its status."""

from datetime import UTC, datetime, timedelta

import pytest

from huying.access.roles import Role
from huying.api.intake.brakes import Brake
from huying.api.open311.taking import posting
from huying.cases.models import Appeal
from huying.kernel.clock import now
from huying.people.models import Caller
from huying.places.actions import put_district
from huying.places.actions.jurisdictions import put_jurisdiction
from tests.api.open311.conftest import COVER, HERE, LAMP, PRODUCTION, RUBBISH, TRIAL, Desk, tree
from tests.cast import DISTRICT

pytestmark = pytest.mark.django_db


def at(days: float = 0) -> str:
    return (now() + timedelta(days=days)).isoformat(timespec="seconds")


def test_lists_are_newest_first_and_numbers_override_all_else(desk: Desk) -> None:
    numbers = [desk.report(), desk.report(service_code=RUBBISH), desk.report()]
    told = [row["service_request_id"] for row in desk.get("requests").json()]
    assert told == numbers[::-1]
    named = desk.get(
        "requests", service_request_id=f"{numbers[0]}, {numbers[1]},x", status="closed", start_date=at(5)
    )
    assert {row["service_request_id"] for row in named.json()} == set(numbers[:2])


def test_services_states_and_pages_narrow_the_list(desk: Desk) -> None:
    numbers = [desk.report(), desk.report(service_code=RUBBISH), desk.report()]
    assert len(desk.get("requests", service_code=f"{RUBBISH},{COVER}").json()) == 1
    assert len(desk.get("requests", status="open,closed").json()) == 3
    assert desk.get("requests", status="closed").json() == []
    second = desk.get("requests", page=2, page_size=2).json()
    assert [row["service_request_id"] for row in second] == [numbers[0]]


def test_dates_bound_the_list_and_never_span_more_than_ninety_days(desk: Desk) -> None:
    desk.report()
    assert len(desk.get("requests", start_date=at(-1), end_date=at(1)).json()) == 1
    assert desk.get("requests", end_date=at(-1)).json() == []
    assert len(desk.get("requests", updated_after=at(-1)).json()) == 1
    assert desk.get("requests", updated_before=at(-1)).json() == []
    for wrong in (
        {"start_date": at(-200), "end_date": at()}, {"start_date": at(1), "end_date": at(-1)},
        {"start_date": "yesterday"}, {"end_date": "2026-03"}, {"updated_after": "2026-02-30T00:00:00Z"},
        {"start_date": "03-02-2026"},
    ):  # fmt: skip
        answer = desk.get("requests", **wrong)
        assert answer.status_code == 400, wrong
        assert any(name in answer.json()[0]["description"] for name in wrong), wrong


def test_the_public_finds_by_community_and_a_key_by_the_place_itself(desk: Desk, keyed) -> None:
    desk.report(lat="22.601", long="114.201")
    desk.report(lat="22.65", long="114.35")
    spot = {"lat": "22.601", "long": "114.201", "radius": "200"}
    assert desk.get("requests", **spot).json() == []
    middle = {"lat": "22.65", "long": "114.25", "radius": "200"}
    assert len(desk.get("requests", **middle).json()) == 1
    staff = keyed(Role.DISTRICT_DISPATCHER)
    assert len(staff.get("requests", **spot).json()) == 1
    assert staff.get("requests", **middle).json() == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"lat": "22.6"}, "long"), ({"lat": "x", "long": "1"}, "lat"), ({"lat": "nan", "long": "1"}, "lat"),
        ({"lat": "91", "long": "1"}, "lat"), ({"lat": "1", "long": "1", "radius": "-1"}, "radius"),
        ({"status": "done"}, "status"), ({"page": "0"}, "page"), ({"page_size": "many"}, "page_size"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named(desk: Desk, query: dict[str, str], name: str) -> None:
    answer = desk.get("requests", **query)
    assert (answer.status_code, answer.json()[0]["code"]) == (400, 400)
    assert answer.json()[0]["description"].startswith(name)


def test_empty_parameters_are_none(desk: Desk) -> None:
    desk.report()
    names = (
        "jurisdiction_id",
        "service_code",
        "start_date",
        "end_date",
        "status",
        "lat",
        "long",
        "api_key",
        "page",
    )
    assert len(desk.get("requests", **dict.fromkeys(names, "")).json()) == 1


@pytest.mark.parametrize("kind", ["xml", "json"])
@pytest.mark.parametrize(
    "path",
    ["services/999", "requests/990101-000000001", "requests/x", "tokens/abc", "nothing", "services/010101/x"],
)
def test_what_does_not_exist_is_404_in_the_format_asked_for(town, kind: str, path: str) -> None:
    answer = Desk(kind=kind).get(path)
    assert answer.status_code == 404
    if kind == "xml":
        assert (tree(answer).tag, tree(answer).findtext("error/code")) == ("errors", "404")
    else:
        assert answer.json()[0]["code"] == 404


def test_an_unknown_suffix_is_404_and_none_is_xml(desk: Desk) -> None:
    assert desk.client.get(f"{PRODUCTION}/services.yaml").status_code == 404
    assert tree(desk.client.get(f"{PRODUCTION}/services")).tag == "services"
    accepts = {"Accept": "application/json"}
    assert desk.client.get(f"{PRODUCTION}/services", headers=accepts).json()[0]["type"] == "realtime"
    assert desk.client.get(f"{PRODUCTION}/services.json/").status_code == 200


def test_other_methods_are_405_with_what_is_allowed(desk: Desk) -> None:
    for method, path in (("post", "services.json"), ("put", "requests.json"), ("delete", "requests/1.xml")):
        answer = getattr(desk.client, method)(f"{PRODUCTION}/{path}")
        assert answer.status_code == 405
        assert "GET" in answer["Allow"]
    asked = desk.client.options(f"{PRODUCTION}/requests.json")
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, "*")
    head = desk.client.head(f"{PRODUCTION}/services.json")
    assert (head.status_code, head.content) == (200, b"")


def test_a_wrong_key_is_403_everywhere_and_leaves_no_trace(desk: Desk, keyed) -> None:
    wrong = Desk(key="hy_wrong")
    assert wrong.get("requests").status_code == 403
    assert wrong.post("requests", {"service_code": LAMP, **HERE}).status_code == 403
    assert (
        desk.client.get(f"{PRODUCTION}/services.json", headers={"Authorization": "Basic x"}).status_code
        == 403
    )
    reader = keyed(Role.AUDITOR)
    assert reader.post("requests", {"service_code": LAMP, **HERE, "email": "a@b.cn"}).status_code == 403
    assert (Appeal.objects.count(), Caller.objects.count()) == (0, 0)


def test_jurisdictions_by_code_and_by_name(desk: Desk, town) -> None:
    assert desk.get("services", jurisdiction_id=str(DISTRICT)).status_code == 200
    assert desk.get("services", jurisdiction_id="city.gov").status_code == 404
    put_jurisdiction(town.administrator, ["City.gov"], "open@city.gov", "https://city.gov/keys", now())
    assert desk.get("services", jurisdiction_id="city.gov").status_code == 200
    assert (
        desk.post("requests", {"service_code": LAMP, **HERE, "jurisdiction_id": "x.gov"}).status_code == 404
    )
    put_district(990102, "邻区", lon=114.5, lat=22.7)
    missing = desk.get("services")
    assert (missing.status_code, "jurisdiction_id" in missing.json()[0]["description"]) == (400, True)
    assert desk.post("requests", {"service_code": LAMP, **HERE}).status_code == 400


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"service_code": ""}, "service_code"), ({"lat": "", "long": ""}, "lat"), ({"lat": "22,6"}, "lat"),
        ({"long": ""}, "long"), ({"email": "nobody"}, "email"), ({"phone": "call me"}, "phone"),
        ({"media_url": "javascript:alert(1)"}, "media_url"), ({"media_url": "file:///etc/passwd"}, "media_url"),
        ({"description": "长" * 4001}, "description"), ({"address_string": "路" * 301}, "address_string"),
        ({"lat": "0", "long": "0"}, "long"), ({"lat": "", "long": "", "address_id": "990101009"}, "address_id"),
        ({"attribute[COUNT]": "many"}, "attribute[COUNT]"), ({"attribute[SINCE]": "today"}, "attribute[SINCE]"),
        ({"device_id": "x" * 201}, "device_id"),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_kept_is_told_why(desk: Desk, said: dict[str, str], name: str) -> None:
    answer = desk.post("requests", {"service_code": LAMP, "description": "灯不亮", **HERE, **said})
    assert answer.status_code == 400, answer.content.decode()
    assert answer.json()[0]["description"].startswith(f"{name}: "), answer.json()
    assert Appeal.objects.count() == 0


def test_a_service_that_is_not_there_is_404(desk: Desk) -> None:
    answer = desk.post("requests", {"service_code": "999999", **HERE})
    assert (answer.status_code, answer.json()[0]["code"]) == (404, 404)


def test_four_thousand_characters_are_kept_and_numbers_of_elsewhere_too(desk: Desk) -> None:
    desk.report(description="长" * 4000, phone="+1 (111) 111-1111", first_name="john", last_name="smith")
    assert len(Appeal.objects.get().text) == 4000


def test_an_address_of_our_register_is_a_place(desk: Desk) -> None:
    desk.report(lat="", long="", address_id="990101001001")
    assert Appeal.objects.get().area == "990101001001"


def test_other_bodies_than_forms_are_refused(desk: Desk) -> None:
    address = f"{PRODUCTION}/requests.json"
    assert (
        desk.client.post(address, {"service_code": LAMP}, content_type="application/json").status_code == 400
    )
    form = "application/x-www-form-urlencoded"
    assert desk.client.post(address, b"service_code=%ff%fe", content_type=form).status_code == 400
    assert desk.client.post(address, b"\xff", content_type=form).status_code == 400
    many = "&".join(f"a{n}=1" for n in range(2000))
    assert desk.client.post(address, many, content_type=form).status_code == 413


def test_who_sends_too_often_without_a_key_waits(desk: Desk, keyed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting.report_of, "__defaults__", (Brake(2, lambda: 0.0),))
    answers = [desk.post("requests", {"service_code": LAMP, **HERE}) for _ in range(3)]
    assert [answer.status_code for answer in answers[-2:]] == [200, 429]
    assert answers[-1]["Retry-After"]
    assert keyed().post("requests", {"service_code": LAMP, **HERE}).status_code == 200


def test_times_carry_the_zone_of_the_district(desk: Desk) -> None:
    desk.report()
    told = datetime.fromisoformat(desk.get("requests").json()[0]["requested_datetime"])
    assert told.utcoffset() == timedelta(hours=8)
    assert abs(told.astimezone(UTC) - now()) < timedelta(minutes=5)


def test_control_characters_never_reach_an_answer(desk: Desk, keyed) -> None:
    number = desk.report(description="灯\x00\x0b不\ufffe亮]]> <script>&amp;")
    staff = keyed(Role.DISTRICT_DISPATCHER, kind="xml")
    assert tree(staff.get(f"requests/{number}")).findtext("request/description") == "灯不亮]]> <script>&amp;"


def test_discovery_names_both_endpoints_in_both_formats(desk: Desk) -> None:
    told = desk.client.get("/open311/discovery.json").json()
    assert [(one["type"], one["url"]) for one in told["endpoints"]] == [
        ("production", f"http://testserver{PRODUCTION}"), ("test", f"http://testserver{TRIAL}"),
    ]  # fmt: skip
    assert told["contact"]
    assert told["key_service"]
    whole = tree(desk.client.get("/open311/v2/discovery.xml"))
    assert whole.findtext("endpoints/endpoint/specification") == "http://wiki.open311.org/GeoReport_v2"
    assert [one.text for one in whole.findall("endpoints/endpoint[1]/formats/format")] == [
        "text/xml",
        "application/json",
    ]
    assert datetime.fromisoformat(told["changeset"]) < now()


def test_a_service_says_what_is_asked_and_of_which_type(desk: Desk) -> None:
    services = {one["service_code"]: one for one in desk.get("services").json()}
    assert (services[LAMP]["metadata"], services["010303"]["metadata"]) == (True, False)
    assert services[LAMP]["type"] == "realtime"
    assert "路灯坏了" in services[LAMP]["keywords"]
    asked = desk.get(f"services/{COVER}").json()
    assert [one["order"] for one in asked["attributes"]] == [1, 2]
    assert asked["attributes"][0]["values"][0] == {"key": "missing", "name": "不见了"}
    whole = tree(Desk(kind="xml").get(f"services/{COVER}"))
    assert (whole.tag, whole.findtext("attributes/attribute/values/value/key")) == (
        "service_definition",
        "missing",
    )
    assert desk.get("services", lat="0", long="0").json() == []
