"""Light and dark: by the device, by choice, and never on paper."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from huying.web import stylesheet, theme
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _dark(answer: HttpResponse) -> list[str]:
    """The media for which the page links the dark sheet."""
    address = re.escape(stylesheet.address("dark"))
    return re.findall(rf'<link rel="stylesheet" href="{address}" media="([^"]+)">', answer.text)


def test_without_a_choice_a_page_follows_the_device(cast: Cast) -> None:
    assert _dark(Client().get("/")) == ["screen and (prefers-color-scheme: dark)"]


@pytest.mark.parametrize(("wanted", "media"), [("dark", ["screen"]), ("light", [])])
def test_a_choice_is_kept_in_the_browser_and_can_be_taken_back(
    cast: Cast, wanted: str, media: list[str]
) -> None:
    client = Client()
    answer = client.post("/theme", {"theme": wanted, "next": "/track"})
    assert answer["Location"] == "/track"
    assert _dark(client.get("/track")) == media
    pressed = re.findall(r'value="(\w+)" aria-pressed="true"', client.get("/track").text)
    assert pressed == [wanted]
    client.post("/theme", {"theme": "auto"})
    assert _dark(client.get("/")) == ["screen and (prefers-color-scheme: dark)"]


def test_what_nobody_offers_is_no_choice(cast: Cast) -> None:
    client = Client()
    client.post("/theme", {"theme": "dark"})
    client.post("/theme", {"theme": '"><b>'})
    assert theme.COOKIE not in {name for name, kept in client.cookies.items() if kept.value}
    client.cookies[theme.COOKIE] = "purple"
    assert _dark(client.get("/")) == ["screen and (prefers-color-scheme: dark)"]


def test_nobody_is_led_to_another_site(cast: Cast) -> None:
    assert Client().post("/theme", {"theme": "dark", "next": "https://example.com/"})["Location"] == "/"


def test_the_dark_sheet_says_every_colour_of_the_light_one_again() -> None:
    colours = {}
    for name in ("tokens", "dark"):
        text = (stylesheet._FOLDER / f"{name}.css").read_text()
        first = text[text.index(":root {") : text.index("}", text.index(":root {"))]
        colours[name] = set(re.findall(r"(--[\w-]+): (?:#|rgb|none|0 )", first))
    assert colours["tokens"] - colours["dark"] == set()
