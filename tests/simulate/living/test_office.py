"""What is sent to a platform that comes and goes: again under the same key, until it is answered."""

import asyncio
from collections.abc import Callable

import httpx

from huying.simulate.living.office import Deeds, Office


def given(
    answers: Callable[[httpx.Request], httpx.Response], give_up_after: float = 30.0
) -> tuple[Deeds, object]:
    async def scene() -> tuple[Deeds, object]:
        deeds = Deeds()
        async with Office("http://huying", deeds, give_up_after=give_up_after) as office:
            office._client = httpx.AsyncClient(
                transport=httpx.MockTransport(answers), base_url="http://huying"
            )
            answer = await office.give("/api/v1/appeals", {"text": "路灯不亮"}, "hy_x", "key-00000001")
        return deeds, answer

    return asyncio.run(scene())


def test_a_lost_answer_is_asked_for_again_under_the_same_key() -> None:
    seen: list[httpx.Request] = []

    def answers(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if len(seen) == 1:
            raise httpx.ConnectError("away")
        return httpx.Response(503 if len(seen) == 2 else 201, json={"receipt": "1"})

    deeds, answer = given(answers)
    assert isinstance(answer, httpx.Response)
    assert answer.status_code == 201
    assert (deeds.again, deeds.lost) == (2, 0)
    assert {request.headers["Idempotency-Key"] for request in seen} == {"key-00000001"}
    assert len({request.content for request in seen}) == 1


def test_a_refusal_is_not_asked_for_again() -> None:
    deeds, answer = given(lambda request: httpx.Response(400, json={}))
    assert isinstance(answer, httpx.Response)
    assert (answer.status_code, deeds.again) == (400, 0)


def test_one_that_never_answers_is_given_up_and_counted() -> None:
    deeds, answer = given(lambda request: httpx.Response(503), give_up_after=0.3)
    assert answer is None
    assert deeds.lost == 1
