"""Servers that behave differently, each by its recorded answers: what comes out is the same."""

from datetime import UTC, timedelta
from typing import Any

import httpx
import pytest

from huying.exchange.channels.interface import Away, Fate, Garbled, Parcel
from huying.exchange.channels.open311.connector import Open311
from huying.exchange.rules.mapping import peer_map
from huying.exchange.rules.reading import fingerprint, read
from huying.kernel.errors import Invalid
from tests.cast import MONDAY
from tests.exchange.open311.conftest import SECRET, Notes, Server, connector, the_map

KEY = "440310-17"
ORDER = Parcel(
    KEY,
    {"type": "order", "key": KEY, "service_request_id": "440310-000000009", "service_code": "street-light",
     "description": "路灯不亮", "lat": 22.65, "long": 114.25},
)  # fmt: skip


def update(words: str = "已到现场", status: str = "open", kind: str = "progress", **more: Any) -> Parcel:
    fields = {"type": kind, "key": KEY, "service_request_id": "T-1", "status": status, "words": words}
    return Parcel(KEY, {name: value for name, value in fields.items() if value}, **more)


def drained(made: Open311, cursor: str = "", now: Any = MONDAY) -> tuple[list[Any], str]:
    """Everything that waits there, page after page; and how far it was read."""
    found: list[Any] = []
    for _ in range(60):
        fetched = made.fetch(cursor, now)
        found += fetched.records
        cursor = fetched.cursor
        if not fetched.more:
            return found, cursor
    raise AssertionError("it never ends")


def test_a_server_of_the_book_gives_its_requests_in_pages() -> None:
    server = Server()
    page = [
        {"service_request_id": f"A{n}", "service_code": "1", "description": f"第{n}件", "status": "open"}
        for n in range(5)
    ]
    for some in (page[:2], page[2:4], page[4:]):
        server.tell("requests.json", some)
    letters, cursor = drained(connector(server, page=2))
    assert [one["service_request_id"] for one in letters] == ["A0", "A1", "A2", "A3", "A4"]
    assert [asked["page"] for _, path, asked in server.asked if path == "requests.json"] == ["1", "2", "3"]
    assert {asked["api_key"] for _, _, asked in server.asked} == {SECRET}
    # The next look reaches an hour back into what was read.
    connector(server).fetch(cursor, MONDAY + timedelta(minutes=5))
    assert server.asked[-2][2]["updated_after"] == "2026-03-02T00:00:00Z"


def test_a_key_in_an_address_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    server = Server()
    server.tell("requests.json", [{"service_request_id": "1"}])
    drained(connector(server))
    assert server.asked[0][2]["api_key"] == SECRET
    assert SECRET.replace(" ", "+") not in caplog.text


def test_xml_as_a_web_page_without_zone_place_or_words() -> None:
    server = Server()
    server.tell(
        "requests.xml",
        "\ufeff<?xml version='1.0' encoding='utf-8'?><service_requests><request>"
        "<service_request_id>7</service_request_id>"
        "<service_code>22</service_code><service_name>Graffiti</service_name><status>OPEN</status><lat/><long/>"
        "<requested_datetime>2026-03-01 10:00:00</requested_datetime><media_url>https://x.example/1.jpg</media_url>"
        "</request></service_requests>".encode(),
        media="text/html",
    )
    letters, _ = drained(connector(server, format="xml"))
    reading = read(peer_map(the_map()), letters[0])
    assert reading.wrong == ()
    assert reading.values == {
        "number": "7", "text": "Graffiti\nhttps://x.example/1.jpg", "at": "2026-03-01T10:00:00+08:00",
    }  # fmt: skip


def test_a_server_without_pages_gives_the_same_page_again_and_is_not_asked_for_ever() -> None:
    server = Server()
    server.tell("requests.json", {"requests": [{"service_request_id": 1}, {"service_request_id": 2}]})
    letters, _ = drained(connector(server, page=2))
    assert len({fingerprint(peer_map(the_map()), one) for one in letters}) == 2
    assert len([1 for _, path, _ in server.asked if path == "requests.json"]) == 2


def test_a_window_that_is_too_much_is_halved_until_all_is_seen() -> None:
    held = {f"N{n}": MONDAY - timedelta(minutes=20 * n) for n in range(60)}

    def some(request: httpx.Request) -> httpx.Response:
        asked = request.url.params
        found = [
            {"service_request_id": number, "status": "open"}
            for number, at in held.items()
            if asked["start_date"] <= f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" <= asked["end_date"]
        ]
        return httpx.Response(200, json=found[:10])

    server = Server()
    server.answers("requests.json", some)
    letters, _ = drained(connector(server, pages="no", most=10, by="requested"))
    assert {one["service_request_id"] for one in letters} == set(held)


def test_friendly_errors_and_missing_keys_stop_the_pull_and_empty_lists_do_not() -> None:
    told = [{"code": 403, "description": "api_key missing"}]
    for status in (200, 403):
        server = Server()
        server.tell("requests.json", told, status)
        with pytest.raises(Garbled, match="403 api_key missing"):
            connector(server, key="none").fetch("", MONDAY)
        assert "api_key" not in server.asked[0][2]
    assert drained(connector(Server()))[0] == []


def test_another_host_is_not_followed_and_its_own_is() -> None:
    server = Server()
    server.tell("requests.json", status=302, Location="https://elsewhere.example.org/v2/requests.json")
    with pytest.raises(Garbled):
        connector(server).fetch("", MONDAY)
    assert len(server.asked) == 1
    server = Server()
    server.tell("requests.json", status=301, Location="/v2/list.json?a=1")
    server.tell("list.json", [{"service_request_id": "1"}])
    assert len(drained(connector(server))[0]) == 1


def test_who_is_away_or_slow_costs_nothing_and_says_when_to_come_again() -> None:
    server = Server()
    server.tell("requests.json", status=503, Retry_After="120")
    with pytest.raises(Away) as away:
        connector(server).fetch("", MONDAY)
    assert away.value.rest == timedelta(minutes=2)
    server = Server()
    server.answers("requests.json", httpx.ReadTimeout("slow"))
    with pytest.raises(Away):
        connector(server).fetch("", MONDAY)


def test_what_is_followed_is_asked_by_number_and_late_updates_are_found() -> None:
    server, book = Server(), Notes(A1=True, B2=False)
    rows = [
        {"service_request_id": "A1", "status": "open", "description": "旧的"},
        {
            "service_request_id": "B2",
            "status": "closed",
            "status_notes": "修好了",
            "description": "x\n〔呼应 440310-9〕",
        },
    ]
    server.tell("requests.json", rows)
    late = {
        "update_id": 5,
        "service_request_id": "A1",
        "status": "open",
        "updated_datetime": "2020-01-01T00:00:00Z",
    }
    server.tell("servicerequestupdates.json", [
        {**late, "description": "晚到的话"}, {**late, "update_id": 6, "description": "我们说的\n〔呼应 440310-8〕"},
        {**late, "service_request_id": "Z9", "description": "不是我们的"},
    ])  # fmt: skip
    made = connector(server, book)
    first = made.fetch("", MONDAY)
    assert server.asked[0][2]["service_request_id"] == "A1,B2"
    kinds = [(one.get("type", ""), one["service_request_id"], one["description"]) for one in first.records]
    assert kinds == [("", "A1", "旧的"), ("closed", "B2", "修好了"), ("update", "A1", "晚到的话")]
    # Asked again at once they are the same letters; once it is open again, that is news.
    server.told["GET", "requests.json"] = []
    server.tell("requests.json", [{**rows[1], "status": "open", "status_notes": "又坏了"}])
    letters, _ = drained(made, first.cursor, MONDAY + timedelta(hours=2))
    assert ("reopened", "B2") in {(one.get("type"), one["service_request_id"]) for one in letters}


def test_a_server_that_reads_no_lists_is_asked_one_by_one() -> None:
    server, book = Server(), Notes(A1=True, A2=True)
    server.tell("requests/A1.json", {"service_request_id": "A1", "status": "open"})
    server.tell("requests/A2.json", [{"service_request_id": "A2", "status": "closed"}])
    letters, _ = drained(connector(server, book))
    assert [(one.get("type", ""), one["service_request_id"]) for one in letters] == [
        ("", "A1"),
        ("", "A2"),
        ("closed", "A2"),
    ]


def test_a_request_is_posted_once_and_its_number_kept() -> None:
    server = Server()
    server.tell("requests.json", [{"service_request_id": 4711}], method="POST")
    (verdict,) = connector(server, jurisdiction="town.example").deliver([ORDER], MONDAY)
    assert (verdict.fate, verdict.number) == (Fate.TAKEN, "4711")
    (form,) = server.posts("requests.json")
    assert form == {
        "service_code": "street-light", "description": "路灯不亮\n〔呼应 440310-17〕", "lat": "22.65", "long": "114.25",
        "api_key": SECRET, "jurisdiction_id": "town.example",
    }  # fmt: skip


def test_after_a_lost_answer_our_own_request_is_found_by_its_mark() -> None:
    server = Server()
    server.answers("requests.json", httpx.ReadTimeout("lost"), "POST")
    server.tell("requests.json", [
        {"service_request_id": "1", "description": "别人的"},
        {"service_request_id": "2", "description": "路灯不亮\n〔呼应 440310-17〕"},
    ])  # fmt: skip
    made = connector(server)
    with pytest.raises(Away):
        made.deliver([ORDER], MONDAY)
    (verdict,) = made.deliver([Parcel(KEY, ORDER.fields, again=True)], MONDAY)
    assert (verdict.fate, verdict.number) == (Fate.TAKEN, "2")
    assert len(server.posts("requests.json")) == 1
    # And what comes in with the mark is no order.
    assert [one["service_request_id"] for one in drained(made)[0]] == ["1"]


def test_a_token_is_asked_until_there_is_a_number_and_never_posted_again() -> None:
    server = Server()
    server.tell("requests.json", [{"token": "t-5", "service_request_id": ""}], method="POST")
    server.tell("tokens/t-5.json", [{"token": "t-5", "service_request_id": None}])
    made = connector(server)
    (waits,) = made.deliver([ORDER], MONDAY)
    assert (waits.fate, waits.rest) == (Fate.LATER, timedelta(minutes=1))
    server.told["GET", "tokens/t-5.json"] = [httpx.ConnectError("gone")]
    with pytest.raises(Away) as away:
        made.deliver([Parcel(KEY, ORDER.fields, again=True, earlier=waits.words)], MONDAY)
    server.told["GET", "tokens/t-5.json"] = []
    server.tell("tokens/t-5.json", [{"token": "t-5", "service_request_id": "88"}])
    (done,) = made.deliver([Parcel(KEY, ORDER.fields, again=True, earlier=away.value.message)], MONDAY)
    assert (done.fate, done.number) == (Fate.TAKEN, "88")
    assert len(server.posts("requests.json")) == 1


def test_required_questions_are_answered_by_the_settings_or_left_to_a_person() -> None:
    server = Server()
    server.tell(
        "services/street-light.json",
        {"service_code": "street-light", "attributes": [
            {"variable": True, "code": "POLE", "required": "true"},
            {"variable": "false", "code": "NOTE", "required": True},
            {"variable": True, "code": "COLOR", "required": False},
        ]},
    )  # fmt: skip
    server.tell("requests.json", [{"service_request_id": "1"}], method="POST")
    (verdict,) = connector(server).deliver([ORDER], MONDAY)
    assert verdict.fate is Fate.REFUSED
    assert "POLE" in verdict.words
    assert server.posts("requests.json") == []
    made = connector(server, attributes={"street-light": {"POLE": "12"}})
    mended = Parcel(KEY, {**ORDER.fields, "attribute": {"COLOR": "red"}})
    assert made.deliver([mended], MONDAY)[0].fate is Fate.TAKEN
    (form,) = server.posts("requests.json")
    assert (form["attribute[POLE]"], form["attribute[COLOR]"]) == ("12", "red")


def test_what_is_not_theirs_or_not_filed_yet_is_not_reported() -> None:
    made = connector(server := Server())
    (other,) = made.deliver([Parcel(KEY, {**ORDER.fields, "service_code": "-"})], MONDAY)
    (early,) = made.deliver([Parcel(KEY, {"type": "order", "description": "x"})], MONDAY)
    assert (other.fate, early.fate) == (Fate.NEEDLESS, Fate.LATER)
    assert server.asked == []


def test_updates_go_where_they_are_taken_once_and_are_else_kept_with_the_reason() -> None:
    server, book = Server(), {"T-1": True}
    server.answers("servicerequestupdates.json", httpx.ReadTimeout("lost"), "POST")
    made = connector(server, Notes(**book))
    with pytest.raises(Away):
        made.deliver([update()], MONDAY)
    (form,) = server.posts("servicerequestupdates.json")
    assert (form["status"], form["description"]) == ("open", "已到现场\n〔呼应 440310-17〕")
    server.tell("servicerequestupdates.json", [{"update_id": "1", "description": form["description"]}])
    assert made.deliver([update(again=True)], MONDAY)[0].fate is Fate.TAKEN
    assert len(server.posts("servicerequestupdates.json")) == 1
    server = Server()
    server.tell("servicerequestupdates.json", [{"code": 405, "description": "no"}], 405, method="POST")
    told = connector(server, Notes(**book)).deliver([update()], MONDAY)[0]
    assert (told.fate, "405" in told.words) == (Fate.NEEDLESS, True)
    none = connector(server, Notes(**book), updates="read").deliver([update()], MONDAY)[0]
    assert none.fate is Fate.NEEDLESS
    stranger = connector(server, Notes()).deliver([update()], MONDAY)[0]
    assert stranger.fate is Fate.NEEDLESS


def test_a_state_is_told_only_where_theirs_is_another() -> None:
    server = Server()
    server.tell("requests.json", [{"service_request_id": "T-1", "status": "open"}])
    server.tell("servicerequestupdates.json", [{"update_id": "1"}], method="POST")
    made = connector(server, Notes(**{"T-1": True}))
    same = made.deliver([update("", "open", "state")], MONDAY)[0]
    other = made.deliver([update("", "closed", "state")], MONDAY)[0]
    assert (same.fate, other.fate) == (Fate.NEEDLESS, Fate.TAKEN)
    assert [form["status"] for form in server.posts("servicerequestupdates.json")] == ["closed"]


def test_a_discovery_names_the_endpoint_and_no_other_host() -> None:
    def at(url: str) -> Server:
        server = Server()
        server.tell("discovery.xml", "<discovery><changeset>2026</changeset><endpoints><endpoint><specification>"
                    f"http://wiki.open311.org/GeoReport_v2</specification><url>{url}</url><type>production</type>"
                    "</endpoint></endpoints></discovery>", media="text/xml")  # fmt: skip
        server.tell("/open/requests.json", [{"service_request_id": "1"}])
        return server

    where = "https://311.example.org/v2/discovery.xml"
    letters, _ = drained(connector(at("https://311.example.org/open/"), discovery=where))
    assert len(letters) == 1
    with pytest.raises(Garbled):
        connector(at("https://evil.example.com/open"), discovery=where).fetch("", MONDAY)


def test_settings_that_cannot_be_used_are_named() -> None:
    with pytest.raises(Invalid) as wrong:
        connector(Server(), window=91, by="moon", colour="red")
    assert set(wrong.value.fields) == {"window", "by", "colour"}
