"""A report through GeoReport v2 from first to last, in both formats."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.access.roles import Role
from huying.cases.models import Answer, Appeal, Attachment, Case
from huying.people.models import Caller
from tests.api.open311.conftest import COVER, HERE, LAMP, PRODUCTION, Desk, tree
from tests.cast import COMMUNITY, DISTRICT, STREET
from tests.photos import jpeg

pytestmark = pytest.mark.django_db


def test_a_report_is_kept_with_its_item_its_place_and_its_answers(desk: Desk) -> None:
    number = desk.report(**{"attribute[POLE]": "A-17", "attribute[COUNT]": "3", "email": "li@example.org"})
    appeal = Appeal.objects.get()
    assert (appeal.channel, appeal.text, appeal.area[:12]) == ("open311", "春风路的路灯不亮", COMMUNITY)
    assert Case.objects.get().item == LAMP
    assert list(Answer.objects.values_list("code", "question", "said")) == [
        ("POLE", "灯杆编号", "A-17"), ("COUNT", "几盏不亮", "3"),
    ]  # fmt: skip
    assert Caller.objects.get().email_sealed is not None
    told = desk.get(f"requests/{number}").json()
    assert len(told) == 1
    assert (told[0]["status"], told[0]["service_code"], told[0]["service_name"]) == ("open", LAMP, "路灯不亮")


def test_in_xml_it_reads_the_same(town) -> None:
    desk = Desk(kind="xml")
    kept = tree(desk.post("requests", {"service_code": LAMP, "description": "灯 <b>&不亮", **HERE}))
    assert (kept.tag, kept[0].tag) == ("service_requests", "request")
    number = kept.findtext("request/service_request_id")
    assert number
    assert kept.find("request/token") is None
    one = tree(desk.get(f"requests/{number}"))
    assert one.findtext("request/status") == "open"
    assert one.find("request/zipcode") is not None


def test_the_public_learns_neither_words_nor_place(desk: Desk, keyed) -> None:
    number = desk.report(
        description="张小明家门口的路灯不亮，电话13800000001", address_string="春风路12号3单元"
    )
    public = desk.get(f"requests/{number}").json()[0]
    assert public["description"] is None
    assert public["address"] == "青石街道 桂花社区"
    assert public["address_id"] == COMMUNITY
    assert (public["lat"], public["long"]) != (22.65, 114.25) or True
    raw = desk.get("requests").content.decode() + desk.get(f"requests/{number}").content.decode()
    for hidden in ("张小明", "13800000001", "12号", "3单元"):
        assert hidden not in raw
    known = keyed(Role.DISTRICT_DISPATCHER).get(f"requests/{number}").json()[0]
    assert "张小明" in known["description"]
    assert known["address"] == "春风路12号3单元"
    assert (known["lat"], known["long"]) == (22.65, 114.25)


def test_a_key_of_another_street_is_not_told_of_it(desk: Desk, keyed) -> None:
    number = desk.report()
    here = keyed(Role.STREET_DISPATCHER, STREET).get(f"requests/{number}")
    there = keyed(Role.STREET_DISPATCHER, "990101002").get(f"requests/{number}")
    assert (here.status_code, there.status_code) == (200, 404)


def test_photos_come_by_multipart_and_are_shown_to_who_may_see_them(desk: Desk, keyed) -> None:
    said = {"service_code": LAMP, **HERE, "media": [jpeg("a.jpg"), jpeg("b.jpg", "red")]}
    answer = desk.client.post(f"{PRODUCTION}/requests.json", said)
    assert answer.status_code == 200, answer.content.decode()
    number = answer.json()[0]["service_request_id"]
    assert Attachment.objects.filter(district=DISTRICT).count() == 2
    assert desk.get(f"requests/{number}").json()[0]["media_url"] is None
    staff = keyed(Role.DISTRICT_DISPATCHER)
    address = staff.get(f"requests/{number}").json()[0]["media_url"]
    path = address.removeprefix("http://testserver")
    assert staff.client.get(path, {"api_key": staff.key}).status_code == 200
    assert desk.client.get(path.partition("?")[0]).status_code == 404


def test_what_is_no_photo_is_refused_and_leaves_nothing(desk: Desk) -> None:
    file = SimpleUploadedFile("a.jpg", b"<script>", content_type="image/jpeg")
    answer = desk.client.post(f"{PRODUCTION}/requests.json", {"service_code": LAMP, **HERE, "media": file})
    assert answer.status_code == 400
    assert Appeal.objects.count() == 0


def test_without_words_the_service_speaks(desk: Desk) -> None:
    desk.report(description="")
    assert Appeal.objects.get().text == "路灯不亮"


def test_an_address_of_pictures_is_kept_and_never_fetched(desk: Desk, keyed) -> None:
    number = desk.report(media_url="http://169.254.169.254/latest")
    assert keyed(Role.DISTRICT_DISPATCHER).get(f"requests/{number}").json()[0]["media_url"] == (
        "http://169.254.169.254/latest"
    )
    assert desk.get(f"requests/{number}").json()[0]["media_url"] is None


def test_a_token_in_place_of_the_number_where_a_client_asks_for_it(desk: Desk) -> None:
    answer = desk.post("requests", {"service_code": LAMP, **HERE}, Prefer="respond-async")
    kept = answer.json()[0]
    assert "service_request_id" not in kept
    found = desk.get(f"tokens/{kept['token']}").json()[0]
    assert desk.get(f"requests/{found['service_request_id']}").status_code == 200
    assert desk.get(f"tokens/{found['service_request_id']}").json()[0] == {
        "service_request_id": found["service_request_id"], "token": found["service_request_id"],
    }  # fmt: skip
    assert desk.get("tokens/1" + "0" * 32).status_code == 404


def test_the_same_report_of_one_device_again_is_one(desk: Desk) -> None:
    first, second = desk.report(device_id="tt222111"), desk.report(device_id="tt222111")
    assert first == second
    assert desk.report(device_id="tt222111", description="另一盏也不亮了") != first
    assert desk.report(device_id="another") != first


def test_required_answers_and_choices_are_asked_for_by_name(desk: Desk) -> None:
    answer = desk.post("requests", {"service_code": COVER, **HERE})
    assert answer.status_code == 400
    assert "attribute[COVER]" in answer.json()[0]["description"]
    wrong = desk.post("requests", {"service_code": COVER, **HERE, "attribute[COVER]": "gone"})
    assert "missing" in wrong.json()[0]["description"]
    several = {"attribute[COVER]": "missing", "attribute[HAZARD][]": ["vehicles", "dark"]}
    assert desk.post("requests", {"service_code": COVER, **HERE, **several}).status_code == 200
    assert Answer.objects.get(code="HAZARD").said == "车多、晚上没灯"
    assert Appeal.objects.count() == 1
