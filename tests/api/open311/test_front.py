"""Reports under the front of our own: on the batches of the intake, in both formats, refused as Django refuses."""

import asyncio
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest
from django.db import connections

from huying.api.intake.application import Intake
from huying.api.intake.brakes import Brake
from huying.api.open311.taking.application import Reports
from huying.cases.models import Appeal
from huying.site.front.native import find
from tests.api.open311.conftest import HERE, LAMP, furnish
from tests.cast import gather

FORM = (b"content-type", b"application/x-www-form-urlencoded; charset=utf-8")


def send(reports: Reports, said: dict[str, Any], kind: str = "json", *headers: tuple[bytes, bytes]) -> Any:
    scope = {
        "type": "http", "method": "POST", "path": f"/open311/v2/requests.{kind}", "query_string": b"", "scheme": "http",
        "headers": [FORM, (b"host", b"127.0.0.1:8000"), *headers], "client": ("10.0.0.1", 1),
    }  # fmt: skip
    body, told = urlencode(said, doseq=True).encode(), []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def answer(message: dict[str, Any]) -> None:
        told.append(message)

    async def scene() -> None:
        await reports(scope, receive, answer)

    return scene, told


@pytest.fixture
def reports(transactional_db: None):
    furnish(gather())
    return lambda brake=None: Reports(Intake(brake=brake))


def run(reports: Reports, *asked: tuple[Any, ...]) -> list[tuple[int, dict[bytes, bytes], bytes]]:
    scenes = [send(reports, *one) for one in asked]

    async def all_at_once() -> None:
        await asyncio.gather(*(scene() for scene, _told in scenes))
        await reports._through.batches.aclose(connections.close_all)

    asyncio.run(all_at_once())
    return [(told[0]["status"], dict(told[0]["headers"]), told[1]["body"]) for _scene, told in scenes]


def test_many_at_once_are_each_answered_with_their_own_number(reports) -> None:
    said = [{"service_code": LAMP, "description": f"第 {n} 盏灯不亮", **HERE} for n in range(8)]
    answers = run(reports(), *((one,) for one in said))
    assert {status for status, _headers, _body in answers} == {200}
    numbers = {orjson.loads(body)[0]["service_request_id"] for _status, _headers, body in answers}
    assert len(numbers) == Appeal.objects.count() == 8


def test_one_that_is_wrong_hinders_no_other_and_is_told_in_its_format(reports) -> None:
    good, bad = {"service_code": LAMP, **HERE}, {"service_code": "999", **HERE}
    answers = run(
        reports(), (good,), (bad, "xml"), ({**good, "api_key": "hy_wrong"},), ({"service_code": LAMP}, "xml")
    )
    assert [status for status, _headers, _body in answers] == [200, 404, 403, 400]
    assert answers[1][1][b"content-type"] == b"text/xml; charset=utf-8"
    assert b"<errors><error><code>404</code>" in answers[1][2]
    assert Appeal.objects.count() == 1


def test_a_token_and_the_brake_hold_here_too(reports) -> None:
    later = (b"prefer", b"respond-async")
    said = {"service_code": LAMP, **HERE}
    answers = run(reports(Brake(1, lambda: 0.0)), (said, "json", later), (said,))
    assert [status for status, _headers, _body in answers] == [200, 429]
    assert set(orjson.loads(answers[0][2])[0]) == {"token", "service_notice", "account_id"}


def test_photos_and_everything_but_reports_are_djangos() -> None:
    def led(method: str, path: str, media: bytes) -> bool:
        return find({"method": method, "path": path, "headers": [(b"content-type", media)]}) is not None

    form, parts = b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x"
    assert led("POST", "/open311/v2/requests.xml", form)
    assert not led("POST", "/open311/v2/requests.xml", parts)
    assert not led("GET", "/open311/v2/requests.xml", b"")
    assert not led("POST", "/open311/test/v2/requests.xml", form)
