from django.http import HttpResponse
from django.test import RequestFactory

from huying.web.citizen import mine


def _after(response: HttpResponse):
    request = RequestFactory().get("/")
    request.COOKIES = {name: morsel.value for name, morsel in response.cookies.items()}
    return request


def test_a_browser_remembers_the_newest_first_and_each_once() -> None:
    request = RequestFactory().get("/")
    for receipt in ("1", "2", "1"):
        response = HttpResponse()
        mine.remember(request, response, receipt)
        request = _after(response)
    assert mine.receipts(request) == ["1", "2"]
    assert mine.holds(request, "2")


def test_a_cookie_that_was_written_by_hand_holds_nothing() -> None:
    request = RequestFactory().get("/")
    request.COOKIES = {mine.COOKIE: "482133569024"}
    assert mine.receipts(request) == []


def test_the_cookie_is_out_of_reach_of_scripts() -> None:
    response = HttpResponse()
    mine.remember(RequestFactory().get("/"), response, "1")
    assert response.cookies[mine.COOKIE]["httponly"]
