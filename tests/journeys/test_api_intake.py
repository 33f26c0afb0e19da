"""Appeals through the front door as it serves them: batches, refusals, double sending, a lost database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from django.db import connection

from huying.access.actor import system
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.api.intake.application import BODY_MOST, Intake
from huying.api.intake.brakes import Brake
from huying.cases.models import Appeal, Case, Entry
from huying.cases.queries.proofs.proving import prove
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel.clock import now
from huying.kernel.numbers import parse_case_number
from huying.people.actions import create_key
from huying.people.queries.keys import forget_keys
from huying.places.queries import forget
from huying.site.front import native
from tests.cast import DISTRICT, gather

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = {"text": "春风路垃圾没人收，臭得很", "kind": "complaint", "phone": "13800000001"}
Scene = Callable[[httpx.AsyncClient], Awaitable[Any]]


@pytest.fixture
def seat() -> str:
    forget_keys()
    forget_timing()
    forget(DISTRICT)
    gather()
    return create_key(system(DISTRICT), "热线系统", Role.SEAT, str(DISTRICT), now())[1]


def played(scene: Scene, raw: str = "", intake: Intake | None = None, **headers: str) -> Any:
    """Play a scene against the intake; its writer and its connection end with it."""

    async def play() -> Any:
        application = intake or Intake()
        shown = {"Authorization": f"Bearer {raw}"} if raw else {}
        transport = httpx.ASGITransport(application)  # type: ignore[arg-type]
        async with httpx.AsyncClient(
            transport=transport, base_url="http://huying", headers={**shown, **headers}
        ) as client:
            try:
                return await scene(client)
            finally:
                await application.aclose()

    return asyncio.run(play())


def posted(raw: str = "", json: Any = None, content: bytes | None = None, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = {"content": content} if content is not None else {"json": json if json is not None else GOOD}

    async def scene(client: httpx.AsyncClient) -> httpx.Response:
        return await client.post("/api/v1/appeals", headers=named, **body)  # type: ignore[arg-type]

    answer: httpx.Response = played(scene, raw)
    return answer


def test_the_front_leads_here() -> None:
    found = native.find({"method": "POST", "path": "/api/v1/appeals"})
    assert found is not None
    assert isinstance(native.load(found.application), Intake)
    assert native.find({"method": "GET", "path": "/api/v1/appeals"}) is None
    assert native.find({"method": "POST", "path": "/api/v1/appeals/1"}) is None


def test_who_is_answered_has_been_kept(seat) -> None:
    answer = posted(seat)
    assert answer.status_code == 201
    told = answer.json()
    district, case_id = parse_case_number(told["case"])
    assert Appeal.objects.get(receipt=told["receipt"]).channel == "api"
    assert prove(district, case_id).broken_at is None
    assert answer.headers["Location"] == told["self"]
    assert told["track"].endswith(told["receipt"])
    assert told["due_at"].endswith("Z")


def test_sent_again_it_is_one_appeal_and_the_same_answer(seat) -> None:
    first = posted(seat, Idempotency_Key="hotline-20260302-1")
    again = posted(seat, Idempotency_Key="hotline-20260302-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.content == again.content
    assert Case.objects.count() == 1


def test_sent_ten_times_at_once_it_is_one_appeal(seat) -> None:
    async def scene(client: httpx.AsyncClient) -> list[httpx.Response]:
        key = {"Idempotency-Key": "pressed-ten-times"}
        return await asyncio.gather(
            *(client.post("/api/v1/appeals", json=GOOD, headers=key) for _ in range(10))
        )

    answers = played(scene, seat)
    assert sorted(answer.status_code for answer in answers) == [200] * 9 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert Appeal.objects.count() == 1


def test_many_at_once_each_have_an_own_receipt_and_a_whole_chain(seat) -> None:
    async def scene(client: httpx.AsyncClient) -> list[httpx.Response]:
        bodies = [{**GOOD, "text": f"第 {n} 件事情", "phone": f"138000000{n:02d}"} for n in range(60)]
        return await asyncio.gather(*(client.post("/api/v1/appeals", json=body) for body in bodies))

    answers = played(scene, seat)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["receipt"] for answer in answers}) == 60
    texts = {appeal.receipt: appeal.text for appeal in Appeal.objects.all()}
    assert all(texts[answer.json()["receipt"]] == f"第 {n} 件事情" for n, answer in enumerate(answers))
    assert all(prove(*parse_case_number(answer.json()["case"])).broken_at is None for answer in answers[:5])


def test_the_wrong_ones_of_a_batch_hinder_no_other(seat) -> None:
    async def scene(client: httpx.AsyncClient) -> list[httpx.Response]:
        bodies = [GOOD if n % 2 else {"text": "好" * 3000} for n in range(20)]
        return await asyncio.gather(*(client.post("/api/v1/appeals", json=body) for body in bodies))

    answers = played(scene, seat)
    assert [answer.status_code for answer in answers] == [400, 201] * 10
    assert Case.objects.count() == Entry.objects.count() == 10


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"text": ""}, 400, "text"),
        ({"text": "字" * 2001}, 400, "text"),
        ({"text": 5}, 400, "text"),
        ({**GOOD, "kind": "war"}, 400, "kind"),
        ({**GOOD, "phone": "12"}, 400, "phone"),
        ({**GOOD, "lon": 114.3, "lat": 22.6, "datum": "mars"}, 400, "datum"),
        ({**GOOD, "lon": "114.3", "lat": 22.6}, 400, "lon"),
        ({**GOOD, "lon": 114.3}, 400, "lat"),
        ({**GOOD, "colour": "red"}, 400, "colour"),
        ({**GOOD, "district": 999999}, 403, None),
        (b"", 400, None),
        (b"{", 400, None),
        (b"\xff\xfe\x00", 400, None),
        (b"[]", 400, None),
        (b"[" * 5000, 400, None),
        (b'{"text": "' + b"x" * BODY_MOST + b'"}', 413, None),
    ],
)
def test_a_wrong_body_is_a_problem_and_leaves_no_trace(seat, body, status, field) -> None:
    answer = posted(seat, content=body) if isinstance(body, bytes) else posted(seat, json=body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    if field:
        assert [each["field"] for each in answer.json()["errors"]] == [field]
    assert not Appeal.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Type": "text/xml"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Idempotency_Key": "short"}, 400),
        ({"Idempotency_Key": "k" * 81}, 400),
        ({"Authorization": "Basic dXNlcjpwYXNz"}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
    ],
)
def test_a_wrong_header_is_a_problem_and_leaves_no_trace(seat, headers, status) -> None:
    answer = posted(seat, **headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["status"] == status
    assert not Appeal.objects.exists()


def test_what_was_said_is_kept_to_the_letter(seat) -> None:
    said = "<script>alert(1)</script> '; DROP TABLE cases_case; -- 🙂 \\x00 \\u0000"
    receipt = posted(seat, json={"text": said + "\u0000\u202e"}).json()["receipt"]
    assert Appeal.objects.get(receipt=receipt).text == said


def test_a_resident_needs_no_key_but_may_not_choose_the_channel(seat) -> None:
    assert posted().status_code == 201
    assert posted(json={**GOOD, "district": str(DISTRICT)}).status_code == 201
    refused = posted(json={**GOOD, "channel": "hotline"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "channel")
    assert posted(json={**GOOD, "district": "999999"}).status_code == 404
    assert posted(seat, json={**GOOD, "channel": "hotline"}).status_code == 201


def test_a_key_that_may_not_register_is_denied(seat) -> None:
    by = system(DISTRICT)
    reader = create_key(by, "只读", Role.SEAT, str(DISTRICT), now(), scopes=[Permission.CASE_READ])[1]
    assert posted(reader).status_code == 403
    assert not Appeal.objects.exists()


def test_one_address_without_a_key_is_slowed_down_and_keys_are_not(seat) -> None:
    async def scene(client: httpx.AsyncClient) -> list[int]:
        return [(await client.post("/api/v1/appeals", json=GOOD)).status_code for _ in range(3)]

    assert played(scene, intake=Intake(brake=Brake(burst=2))) == [201, 201, 429]
    assert played(scene, seat, intake=Intake(brake=Brake(burst=0))) == [201, 201, 201]


def test_behind_a_proxy_the_visitor_counts_not_the_proxy(seat) -> None:
    async def scene(client: httpx.AsyncClient) -> list[int]:
        hops = ["1.1.1.1", "6.6.6.6, 1.1.1.1", "2.2.2.2"]
        sent = [client.post("/api/v1/appeals", json=GOOD, headers={"X-Forwarded-For": hop}) for hop in hops]
        return [(await one).status_code for one in sent]

    assert played(scene, intake=Intake(proxies=1, brake=Brake(burst=1))) == [201, 429, 201]


def test_a_connection_that_was_cut_is_made_anew_and_nothing_is_kept_twice(seat) -> None:
    async def scene(client: httpx.AsyncClient) -> list[int]:
        before = (await client.post("/api/v1/appeals", json=GOOD)).status_code
        await asyncio.to_thread(cut_off)
        after = (await client.post("/api/v1/appeals", json=GOOD)).status_code
        return [before, after]

    # This thread's own connection is spared: its last word is no COMMIT.
    assert not Appeal.objects.exists()
    assert played(scene, seat) == [201, 201]
    assert Appeal.objects.count() == 2


def cut_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle' "
            "AND query ILIKE 'COMMIT%'"
        )
        assert cursor.fetchone()[0] >= 1
    connection.close()


def test_refusals_speak_english_to_who_asks_for_it(seat) -> None:
    answer = posted(seat, json={"text": ""}, Accept_Language="en-GB")
    assert answer.json()["title"].isascii()
