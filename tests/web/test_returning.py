"""A form leads back to pages of ours alone."""

import pytest
from django.test import RequestFactory

from huying.web.returning import asked_back


@pytest.mark.parametrize("wanted", ["/", "/case/?state=filed", "/track/123456789012"])
def test_a_page_of_ours_is_gone_back_to(wanted: str) -> None:
    assert asked_back(RequestFactory().get("/", {"next": wanted}), "/desk") == wanted
    assert asked_back(RequestFactory().post("/", {"next": wanted}), "/desk") == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "nan",
        "citizen:home",
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "/\\elsewhere",
        "javascript:1",
    ],
)
def test_anything_else_is_not(wanted: str) -> None:
    assert asked_back(RequestFactory().post("/?next=/case/", {"next": wanted}), "/desk") == "/desk"
