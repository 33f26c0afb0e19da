"""What was done, told and taken: never around the lifecycle, never more than the reader may know."""

from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, Entry, Statement
from huying.cases.queries.outside import updates as outside
from huying.kernel.clock import now
from tests.api.open311.conftest import HERE, LAMP, TRIAL, Desk, tree
from tests.cast import DISTRICT, Cast

pytestmark = pytest.mark.django_db
REPLY = "您好，接到反映后已到现场核查，路灯已修好，并加派巡查。"


def on(cast: Cast, verb: Verb, by, **facts) -> None:
    case = Case.objects.get()
    advance((DISTRICT, case.id), verb, by=by, now=now(), **facts)


def work(cast: Cast, *, closed: bool = False) -> None:
    on(cast, Verb.FILE, cast.dispatcher, item=LAMP, kind="complaint")
    on(cast, Verb.DISPATCH, cast.dispatcher, body=cast.urban)
    on(cast, Verb.SIGN, cast.handler)
    if closed:
        on(cast, Verb.REPORT, cast.handler, result="换了灯泡", reply=REPLY, solved=True)
        on(cast, Verb.CHECK, cast.dispatcher, outcome=Outcome.PASSED)
        on(cast, Verb.CLOSE, cast.system)


def test_the_public_follows_the_steps_and_reads_the_reply_at_the_end(desk: Desk, town: Cast) -> None:
    number = desk.report(description="张小明家门口的路灯不亮")
    on(town, Verb.NOTE, town.dispatcher, note="内部：张小明难缠", progress="已转城管局")
    work(town, closed=True)
    told = desk.get("servicerequestupdates").json()
    assert {row["service_request_id"] for row in told} == {number}
    assert [row["status"] for row in told][-1] == "closed"
    assert told[-1]["description"].endswith(REPLY)
    raw = desk.get("servicerequestupdates").content.decode()
    assert "张小明" not in raw
    assert "换了灯泡" not in raw
    assert "已转城管局" not in raw
    one = desk.get(f"requests/{number}").json()[0]
    assert (one["status"], one["status_notes"]) == ("closed", REPLY)
    assert one["agency_responsible"] == "城市管理局"


def test_a_key_reads_what_was_said_and_a_window_bounds_it(desk: Desk, town: Cast, keyed) -> None:
    desk.report()
    on(town, Verb.NOTE, town.dispatcher, note="内部记录一条", progress="已转城管局")
    staff = keyed(Role.DISTRICT_DISPATCHER, kind="xml")
    whole = tree(staff.get("servicerequestupdates"))
    assert whole.tag == "service_request_updates"
    assert "已转城管局" in (whole.findtext("request_update/description") or "")
    later = (now() + timedelta(hours=1)).isoformat()
    assert len(tree(staff.get("servicerequestupdates", start_date=later))) == 0
    assert staff.get("servicerequestupdates", start_date="now").status_code == 400


def test_pages_are_full_until_the_last_whatever_is_not_told(
    desk: Desk, town: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.report()
    work(town, closed=True)
    whole = desk.get("servicerequestupdates").json()
    monkeypatch.setattr(outside, "_HIDDEN", frozenset({Outcome.PASSED}))
    pages = [desk.get("servicerequestupdates", page_size=2, page=page).json() for page in range(1, 5)]
    told = [one["update_id"] for page in pages for one in page]
    assert told == [one["update_id"] for one in whole if one["description"] != Verb.CHECK.zh]
    assert len(told) == len(whole) - 1
    assert [len(page) for page in pages] == [min(2, max(0, len(told) - 2 * before)) for before in range(4)]


def test_an_update_of_another_system_becomes_a_note(desk: Desk, town: Cast, keyed) -> None:
    number = desk.report()
    staff = keyed(Role.DISTRICT_DISPATCHER)
    said = {
        "service_request_id": number,
        "status": "OPEN",
        "description": "已通知班组",
        "update_id_ext": "17",
    }
    first, again = (staff.post("servicerequestupdates", said) for _ in range(2))
    assert (first.status_code, first.json()) == (200, [{"update_id": f"{number}-2"}])
    assert again.json() == first.json()
    assert Statement.objects.get(name="note").text == "已通知班组"
    picture = {**said, "description": "", "update_id_ext": "18", "media_url": "https://example.org/1.jpg"}
    assert staff.post("servicerequestupdates", picture).json() == [{"update_id": f"{number}-3"}]
    assert staff.post("servicerequestupdates", said).json() == first.json()


def test_closing_is_the_report_of_the_body_that_leads_and_no_way_around_the_check(
    desk: Desk, town: Cast, keyed
) -> None:
    number = desk.report()
    work(town)
    said = {"service_request_id": number, "status": "CLOSED", "description": REPLY}
    dispatcher = keyed(Role.DISTRICT_DISPATCHER)
    assert dispatcher.post("servicerequestupdates", said).status_code == 403
    body = keyed(Role.DEPARTMENT_HANDLER, body_id=town.urban)
    assert body.post("servicerequestupdates", said).status_code == 200
    assert Case.objects.get().state == "reported"
    assert desk.get(f"requests/{number}").json()[0]["status"] == "open"
    assert body.post("servicerequestupdates", said).status_code == 400


def test_an_update_given_again_is_answered_as_the_first_time_though_the_case_has_moved_on(
    desk: Desk, town: Cast, keyed
) -> None:
    number = desk.report()
    work(town)
    body = keyed(Role.DEPARTMENT_HANDLER, body_id=town.urban)
    said = {"service_request_id": number, "status": "CLOSED", "description": REPLY, "update_id": "17"}
    first = body.post("servicerequestupdates", said)
    on(town, Verb.CHECK, town.dispatcher, outcome=Outcome.PASSED)
    on(town, Verb.CLOSE, town.system)
    entries = Entry.objects.count()
    again = body.post("servicerequestupdates", said)
    assert (again.status_code, again.json()) == (200, first.json()), again.content.decode()
    assert body.post("servicerequestupdates", {**said, "description": "别的话"}).status_code == 400
    assert Entry.objects.count() == entries
    # Another system counts its own updates.
    staff = keyed(Role.DISTRICT_DISPATCHER)
    other = {**said, "service_request_id": desk.report(), "status": "open"}
    assert staff.post("servicerequestupdates", other).status_code == 200


def test_who_may_not_is_refused_and_nothing_is_written(desk: Desk, town: Cast, keyed) -> None:
    number = desk.report()
    said = {"service_request_id": number, "description": "x"}
    assert desk.post("servicerequestupdates", said).status_code == 403
    assert keyed(Role.SEAT).post("servicerequestupdates", {**said, "status": "closed"}).status_code in {
        400,
        403,
    }
    elsewhere = keyed(Role.STREET_DISPATCHER, "990101002")
    assert elsewhere.post("servicerequestupdates", said).status_code == 404
    staff = keyed(Role.DISTRICT_DISPATCHER)
    for wrong in ({"description": ""}, {"status": "done"}, {"updated_datetime": "now"}, {"media_url": "x"}):
        assert staff.post("servicerequestupdates", {**said, **wrong}).status_code == 400, wrong
    picture = {**said, "description": "", "media_url": "https://example.org/1.jpg"}
    assert staff.post("servicerequestupdates", {**picture, "status": "closed"}).status_code == 400
    assert staff.post("servicerequestupdates", {**said, "service_request_id": "1"}).status_code == 404
    assert Entry.objects.count() == 1


def test_at_the_test_endpoint_everything_can_be_tried_and_nothing_is_kept(town: Cast, keyed) -> None:
    from huying.people.models import Caller

    desk = Desk(TRIAL)
    number = desk.report(email="a@b.cn", **{"attribute[POLE]": "A-17"}, description="灯不亮，找张三")
    assert (Case.objects.count(), Caller.objects.count()) == (0, 0)
    one = desk.get(f"requests/{number}").json()[0]
    assert (one["status"], one["service_code"], one["description"]) == ("open", LAMP, None)
    staff = keyed(Role.DISTRICT_DISPATCHER, base=TRIAL)
    assert (
        staff.get(f"requests/{number}", extensions="true").json()[0]["extended_attributes"][0]["value"]
        == "A-17"
    )
    said = {"service_request_id": number, "status": "closed", "description": "试着办结"}
    assert desk.post("servicerequestupdates", said).status_code == 403
    assert staff.post("servicerequestupdates", said).json() == [{"update_id": f"{number}-1"}]
    assert staff.post("servicerequestupdates", said).status_code == 400
    assert desk.get("requests", status="closed").json()[0]["service_request_id"] == number
    assert desk.get("servicerequestupdates").json()[0]["status"] == "closed"
    assert Desk().get(f"requests/{number}").status_code == 404
    token = desk.post("requests", {"service_code": LAMP, **HERE}, Prefer="respond-async").json()[0]["token"]
    assert desk.get(f"tokens/{token}").status_code == 200
    assert Desk().get(f"tokens/{token}").status_code == 404
    for wrong in ({"email": "x"}, {"lat": "0", "long": "0"}, {"attribute[COUNT]": "x"}, {"phone": "call me"}):
        assert desk.post("requests", {"service_code": LAMP, **HERE, **wrong}).status_code == 400
    assert desk.post("requests", {"service_code": "9", **HERE}).status_code == 404
