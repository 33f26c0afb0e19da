"""One matter on the pages alone: said on a phone, given out, handled, checked, called back, rated, counted, proved."""

import io
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from PIL import Image
from playwright.sync_api import expect

from huying.cases.queries.settings.timing import forget_timing
from huying.jobs.worker import Worker
from huying.kernel import clock
from huying.loop.allocate.queries import suggest_items, thresholds
from huying.simulate.loading import Loaded, load
from huying.site.wiring import PERIODIC, REACTIONS
from tests.browser.conftest import DESK, PHONE, Window, clear
from tests.browser.server import LiveSite

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Says so little that no list could be sure of its item: a person gives it out.
SAID = "就是上回说的那件事，又那样了，请你们派人来看一看"
REPLY = (
    "陈女士您好，您反映的店铺占道经营问题收悉。经现场核实，情况属实。执法队已责令店主当场把桌椅收回店内，"
    "人行道已恢复通行，并安排夜间巡查。感谢您的监督。"
)
_OF_A_CASE = re.compile(r"[/=]\d{6}-\d{9}(\?|&|$)")


@dataclass(frozen=True)
class Town:
    """A demonstration district that is served and worked on in the background."""

    url: str
    loaded: Loaded

    @property
    def place(self) -> str:
        street = self.loaded.land.of("street")[0]
        return str(next(area.name for area in self.loaded.land.of("community") if area.parent == street.code))

    @property
    def team(self) -> str:
        """The body of the handler ``zhifa``, as lists call it."""
        key = next(one.post.body for one in self.loaded.cast if one.login == "zhifa")
        return next(unit.short for unit in self.loaded.units if unit.key == key)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock():
        cache.clear()
        forget_timing()
        loaded = load(1, clock.now(), streets=1, days=1, cases=0)
        district = int(loaded.land.code)
        (guess, *_rest) = suggest_items(district, [SAID], 1)[0]
        assert guess.probability < thresholds(district).item_above / 2, "nobody would be left to give it out"
        server, ended = LiveSite(), threading.Event()
        behind = threading.Thread(target=_work, args=[ended])
        behind.start()
        yield Town(server.url, loaded)
        ended.set()
        behind.join()
        server.stop()
        clear()


def _work(ended: threading.Event) -> None:
    """What ``huying serve`` does behind its pages."""
    worker = Worker(handlers=REACTIONS, periodic=PERIODIC)
    while not ended.is_set():
        if not worker.turn():
            ended.wait(0.1)
    connection.close()


@dataclass
class Desk:
    """Somebody at their screen."""

    window: Window
    town: Town

    @property
    def page(self) -> Any:
        return self.window.page

    def sign_in(self, login: str) -> "Desk":
        page = self.window.go("/account/sign-in")
        page.fill("input[name=login]", login)
        page.fill("input[type=password]", self.town.loaded.password)
        page.press("input[type=password]", "Enter")
        page.wait_for_selector(".doors", state="attached")
        # Only then do the desk's scripts listen to what is typed.
        page.wait_for_load_state("load")
        return self

    def open(self, address: str) -> "Desk":
        """Go to a desk and open the matter there, waiting until what happens behind the pages has happened."""
        for _ in range(40):
            self.window.go(address)
            title = self.page.locator("main a.list-title", has_text=SAID[:12])
            if title.count():
                # The matter may stand open already; what the click brings must not fall upon what is typed next.
                with self.page.expect_response(lambda answer: bool(_OF_A_CASE.search(answer.url))):
                    title.first.click()
                self.page.wait_for_timeout(300)
                self.page.wait_for_selector("main h1:has-text('" + SAID[:12] + "')")
                return self
            self.page.wait_for_timeout(150)
        raise AssertionError(f"the matter never came to {address}")

    def ask(self, step: str) -> Any:
        """Open the form of a step by its button."""
        self.page.locator("#actions a.button", has_text=step).first.click()
        self.page.wait_for_selector(".step-form")
        return self.page.locator(".step-form")

    def press(self) -> None:
        """Send the form and be told that it is done."""
        with self.page.expect_navigation():
            self.page.click(".step-form .button-first")
        self.page.wait_for_selector(".notice-green")

    def leave(self) -> None:
        assert self.window.faults == []
        self.page.context.close()


def _photo() -> dict[str, Any]:
    picture = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 80)).save(picture, "JPEG")
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def _said_on_a_phone(town: Town, resident: Window) -> str:
    page = resident.go("/report")
    page.fill("[name=text]", SAID)
    page.fill("[name=place]", town.place)
    page.set_input_files("[name=photos]", [_photo()])
    page.wait_for_selector("[data-photo-row] img")
    page.fill("[name=phone]", "13812346677")
    page.click("main .button-first")
    page.wait_for_url("**/receipt/*")
    return str(page.url).rsplit("/", 1)[1]


def _seen_by_the_seat(seat: Desk) -> None:
    expect(seat.page).to_have_url(re.compile("/seat/"))
    seat.page.fill("#id_phone", "13812346677")
    seat.page.keyboard.press("Tab")
    seat.page.wait_for_selector(f"#caller:has-text('{SAID[:12]}')")
    seat.page.fill("#id_text", "又打来催，说昨天网上报过同一件事。")
    seat.page.keyboard.press("Control+Enter")
    seat.page.wait_for_selector(".call-number")
    seat.leave()


def _given_out(street: Desk, team: str) -> None:
    expect(street.page).to_have_url(re.compile("/dispatch/"))
    street.open("/dispatch/")
    street.page.fill("#pane [name=item-words]", "店外经营")
    street.page.locator("#pane label", has_text="店外经营").first.click()
    street.page.wait_for_selector("#pane .offer-why:has-text('店外经营')")
    street.page.select_option("#pane [name=body-other]", label=team)
    street.page.locator("#pane button.button-first").click()
    street.page.wait_for_selector(f".notice-green:has-text('{team}')")


def _handled(team: Desk) -> None:
    team.open("/handling/")
    team.page.locator("#actions button", has_text="签收").click()
    team.page.wait_for_selector(".notice-green")
    form = team.ask("记录首次联系")
    form.locator("label", has_text="联系上了").first.click()
    team.press()
    team.ask("记录进展").locator("[name=progress]").fill("执法队今晚到现场。")
    team.press()
    form = team.ask("反馈办结")
    form.locator("[name=result]").fill("20 时到场，桌椅已收回店内。")
    form.locator("[name=reply]").fill(REPLY)
    form.locator("label", has_text="已解决").first.click()
    form.locator("[name=photos]").set_input_files([_photo()])
    team.page.wait_for_selector(".step-form [data-photo-row] img")
    team.press()
    team.leave()


def _checked(street: Desk) -> None:
    street.open("/oversight/checks")
    expect(street.page.locator(".compare img")).to_have_count(2)
    street.ask("核查通过")
    street.press()
    street.leave()


def _called_back(evaluator: Desk) -> None:
    evaluator.open("/evaluation/follow-ups?of=all")
    form = evaluator.ask("回访：已解决")
    form.get_by_text("基本满意", exact=True).click()
    evaluator.press()
    evaluator.leave()


def _rated(resident: Window, receipt: str) -> None:
    page = resident.page
    for _ in range(40):
        resident.go(f"/track/{receipt}")
        if page.locator("h1", has_text="已办结").count():
            break
        page.wait_for_timeout(150)
    expect(page.locator(".answer")).to_contain_text("执法队已责令店主", use_inner_text=True)
    expect(page.locator("main")).to_contain_text("回访时记下的是“已解决”", use_inner_text=True)
    page.locator(".verdict button", has_text="解决了").first.click()
    page.wait_for_selector(".notice-green:has-text('您已评价，谢谢')")


def _counted_and_proved(supervisor: Desk, team: str) -> None:
    page = supervisor.page
    expect(page).to_have_url(re.compile("/oversight/"))
    for _ in range(40):
        supervisor.window.go("/evaluation/")
        if page.locator(".ranks tbody tr", has_text=team).locator("a").count():
            break
        page.wait_for_timeout(150)
    page.locator(".ranks tbody tr", has_text=team).locator("a").first.click()
    page.locator("a.list-title", has_text=SAID[:12]).first.click()
    page.locator(".ledger button").click()
    expect(page.locator(".notice-green")).to_contain_text("办理链完整", use_inner_text=True)
    supervisor.leave()


def _verified(resident: Window) -> None:
    resident.page.click("text=核对记录有没有被改过")
    resident.page.click("text=现在核对")
    expect(resident.page.locator("#proof")).to_contain_text("没有被改过", use_inner_text=True)
    assert resident.faults == []


def test_one_case_goes_through_every_desk(town: Town, chromium: Any) -> None:
    def at(login: str, size: tuple[int, int] = DESK) -> Desk:
        return Desk(_window(chromium, town, size), town).sign_in(login)

    resident = _window(chromium, town, PHONE)
    receipt = _said_on_a_phone(town, resident)
    _seen_by_the_seat(at("zuoxi"))
    street = at("jiedao")
    _given_out(street, town.team)
    _handled(at("zhifa", PHONE))
    _checked(street)
    _called_back(at("pingjia"))
    _rated(resident, receipt)
    _counted_and_proved(at("duban"), town.team)
    _verified(resident)


def _window(chromium: Any, town: Town, size: tuple[int, int]) -> Window:
    width, height = size
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", has_touch=width < 600
    )
    opened = Window(context.new_page(), town.url)
    opened.page.set_default_timeout(10_000)
    opened.page.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.page.on("console", lambda said: said.type == "error" and opened.faults.append(said.text))
    return opened
