"""Every page that anybody reaches by links, in a demonstration district: no barrier, no fault, nothing too wide.

At a desk in Chinese by day and on a phone in English, whose words are the longer ones, by night.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.test import Client

from huying.cases.queries.settings.timing import forget_timing
from huying.kernel import clock
from huying.people.models import Account
from huying.simulate.loading import load
from huying.site import translations
from tests.browser.conftest import DESK, PHONE, Window, clear
from tests.browser.server import LiveSite
from tests.journeys.walking_pages import page_key, pages_of
from tests.people.cast import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]
_LOGINS: Final = (
    "zuoxi", "shiwu", "jiedao", "duban", "caiding", "pingjia", "lingdao", "quji", "shequ", "guanli", "shenji",
)  # fmt: skip
# Pages that differ by who looks at them.
_OWN: Final = {
    "account:index",
    "case:page",
    "handling:index",
    "dispatch:index",
    "dispatch:pane",
    "handling:pane",
}
# Names that are the same in every language; the rest of a Chinese page is Chinese.
_NAMES: Final = re.compile(
    r"Excel|CSV|PDF|JSON|API|XLSX?|Enter|Esc|Alt|Ctrl|Shift|Tab|Huying|English|WGS-?84|GCJ-?02|BD-?09|CGCS2000|"
    r"GeoJSON|SWJ|AED|GPS|huying \w+|openid|PostgreSQL|Open311|FreeOTP|[0-9a-f]{16,}|[a-z]+\.[a-z]+|https?://\S*|"
    r"App(?:ID|Key|Secret)|EncodingAESKey|AgentId|Token|HMAC|SHA-?256|SFTP|SSH|TOML|XML|UTF-8|GBK|REST|HTTPS?|GeoReport|DCAT|Atom|"
    r"[A-Z]{2,5}-?\d{4,12}|MCP|Standard Webhooks|Authorization: Bearer|jurisdiction_id|POLE|city12345|whsec_\S*"
)
_LATIN: Final = re.compile(r"[A-Za-z]{3,}")
_TEXTS: Final = """(pattern) => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement;
    const put = box.closest("script, noscript, style, svg, code, pre, textarea, [lang=en], [translate=no]");
    if (!put) texts.push(walk.currentNode.data);
  }
  return texts.filter((text) => new RegExp(pattern).test(text));
}"""

_LENGTHEN: Final = """() => {
  const lamp = "Answer the supervision order 364 d 23 h overdue";
  for (const one of document.querySelectorAll(".lamp-words")) one.textContent = lamp;
  for (const one of document.querySelectorAll(".chip")) one.textContent = "Waiting for what the resident will add";
}"""


@dataclass
class Town:
    """The server, and by session the pages that are opened with it ("" for a resident)."""

    url: str
    pages: dict[str, list[str]]


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock():
        cache.clear()
        forget_timing()
        clear()
        try:
            load(1, clock.now(), streets=1, days=40, cases=120)
            server = LiveSite()
            yield Town(server.url, _pages())
            server.stop()
        finally:
            clear()


def _pages() -> dict[str, list[str]]:
    """What each finds by links; a page that looks the same to all is opened by the first of them alone."""
    pages, met = {"": _found(Client(), "/", set())}, set[tuple[Any, ...]]()
    for login in _LOGINS:
        client = Client()
        enter(client, Account.objects.get(login=login).pk)
        pages[client.cookies["sessionid"].value] = _found(client, "/account/", met)
    return pages


def _found(client: Client, start: str, met: set[tuple[Any, ...]]) -> list[str]:
    found = []
    for address, _reader in pages_of(client, [start], set(), each=()):
        key = page_key(address, each=())
        if key[1] in _OWN or key not in met:
            found.append(address)
        met.add(key)
    return found


def _opened(
    town: Town, window: Any, size: tuple[int, int], language: str, **options: str
) -> Iterator[tuple[str, Window]]:
    for session, addresses in town.pages.items():
        view = window(size, **options)
        cookies = {"django_language": language, **({"sessionid": session} if session else {})}
        view.page.context.add_cookies(
            [{"name": name, "value": value, "url": town.url} for name, value in cookies.items()]
        )
        view.page.on("request", lambda one, view=view: _asked(town, view, one.url))
        for address in addresses:
            view.page.goto(town.url + address)
            yield address, view
            view.faults.clear()


def _asked(town: Town, view: Window, url: str) -> None:
    if not url.startswith((town.url, "data:", "blob:")):
        view.faults.append(f"asked {url}")


def _latin(view: Window) -> list[str]:
    """Words on a Chinese page that are in Latin letters and no name."""
    texts = [_NAMES.sub("", text) for text in view.page.evaluate(_TEXTS, _LATIN.pattern)]
    # What was changed of an account names it by its login.
    logins = {*_LOGINS, "wangge", "zhifa", "sun", "wu"}
    return [
        text.strip()[:60] for text in texts if _LATIN.search(text) and not any(one in text for one in logins)
    ]


def _unsaid(view: Window, ours: Mapping[str, str]) -> list[str]:
    """Our own words on an English page that stand there in Chinese."""
    return [
        text
        for text in view.page.evaluate(_TEXTS, "[\\u4e00-\\u9fff]")
        if ours.get(text.strip(), text) != text
    ]


def _too_wide(view: Window) -> list[str]:
    return [f"{view.overflow()} px too wide"] if view.overflow() > 0 else []


def _long_words(view: Window) -> list[str]:
    """What is too wide once every clock and chip says the longest that it may: which ones a page shows is chance."""
    view.page.evaluate(_LENGTHEN)
    return [f"long words: {one}" for one in _too_wide(view)]


def test_at_a_desk_in_chinese_by_day(town: Town, window: Any) -> None:
    wrong = {}
    for address, view in _opened(town, window, DESK, "zh-hans"):
        found = [*view.barriers(), *view.faults, *_latin(view), *_too_wide(view)]
        wrong |= {address: found} if found else {}
    assert not wrong, "\n".join(f"{address} {found}" for address, found in wrong.items())


def test_on_a_phone_in_english_by_night(town: Town, window: Any, commits: Any) -> None:
    commits(lambda: Account.objects.update(language="en"))
    ours = {entry.id: entry.string for entry in translations.catalogue() if entry.id}
    wrong = {}
    for address, view in _opened(town, window, PHONE, "en", color_scheme="dark"):
        found = [*view.barriers(), *view.faults, *_unsaid(view, ours), *_too_wide(view), *_long_words(view)]
        wrong |= {address: found} if found else {}
    assert not wrong, "\n".join(f"{address} {found}" for address, found in wrong.items())
