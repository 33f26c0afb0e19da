"""A seat's shift without a mouse: it rings, somebody speaks, the answer is at hand or the matter is filed."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from huying.access.roles import Role
from huying.cases.models import Appeal, Case
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.knowledge.actions import load_starter_articles
from huying.knowledge.models import ArticleUse, Gap
from huying.people import actions
from huying.people.actions import NewPost
from huying.web.seat import telephones
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
NUMBER = "13812346677"


@pytest.fixture(scope="module")
def seat(site: Site, django_db_blocker: Any) -> int:
    """The account of a seat, in a district with its list and its articles."""
    with django_db_blocker.unblock():
        now = clock.now()
        load_starter(site.cast.system, DISTRICT, now)
        load_starter_articles(site.cast.system, now)
        made = []
        for login, role, body in (
            ("zhou", Role.SEAT, None),
            ("li", Role.DEPARTMENT_HANDLER, site.cast.urban),
        ):
            post = NewPost(role, str(DISTRICT), body)
            made.append(
                actions.create_account(
                    site.cast.system,
                    login,
                    "周小芳",
                    [post],
                    now,
                    password=PASSWORD,
                    must_change_password=False,
                )
            )
        return made[0]


@pytest.fixture
def phone(settings: Any) -> Iterator[Any]:
    """The simulated telephone, without a call."""
    settings.HUYING_TELEPHONE = "simulated"
    telephones._made.cache_clear()
    yield telephones.telephone()
    telephones._made.cache_clear()


def _enter(opened: Any, login: str = "zhou") -> Any:
    page = opened.go("/account/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".doors", state="attached")
    page.wait_for_load_state("load")
    return page


def _held(page: Any) -> str:
    return str(page.evaluate("document.activeElement.name ?? ''"))


def test_from_ringing_to_a_direct_answer(window: Any, seat: int, phone: Any) -> None:
    opened = window(DESK)
    page = _enter(opened)
    phone.ring(seat, NUMBER)
    page.wait_for_selector("[data-state=ringing]")
    assert _held(page) == "phone"
    page.keyboard.press("Alt+y")
    page.wait_for_selector("#caller [data-asked]")
    expect(page.locator("#id_phone")).to_have_value(NUMBER)
    assert _held(page) == "text"
    page.keyboard.type("你好，请问居住证怎么办理，要带什么")
    page.wait_for_selector("[data-digit='7']")
    assert _held(page) == "text"
    page.keyboard.press("Alt+7")
    assert "连续就读" in page.input_value("#id_reply")
    assert _held(page) == "reply"
    page.wait_for_selector("[data-digit='7']:checked")
    page.keyboard.press("Alt+Enter")
    page.wait_for_selector(".call-number")
    page.wait_for_selector("[data-took]:not([hidden])")
    assert Case.objects.latest("id").state == "closed"
    assert ArticleUse.objects.count() == 1
    page.keyboard.press("Enter")
    page.wait_for_url("**/seat/")
    page.wait_for_function("() => document.activeElement.name === 'phone'")
    assert phone.line(seat) is None
    assert page.input_value("#id_phone") + page.input_value("#id_text") + page.input_value("#id_reply") == ""
    assert opened.faults == []


def test_from_ringing_over_a_dropped_line_to_a_filed_appeal(window: Any, seat: int, phone: Any) -> None:
    opened = window(DESK)
    page = _enter(opened)
    phone.ring(seat, NUMBER)
    page.wait_for_selector("[data-state=ringing]")
    page.keyboard.press("Alt+y")
    page.wait_for_function("() => document.activeElement.name === 'text'")
    page.keyboard.type("路灯坏了三盏，")
    phone.drop(seat)
    page.wait_for_selector("[data-state=dropped]")
    page.keyboard.type("整条巷子黑漆漆")
    page.keyboard.press("Alt+b")
    page.wait_for_selector("[data-state=talking]")
    page.wait_for_function(
        "() => document.getElementById('id_text').value === '路灯坏了三盏，整条巷子黑漆漆'"
    )
    page.reload()
    page.wait_for_selector("[data-digit='1']")
    expect(page.locator("#id_text")).to_have_value("路灯坏了三盏，整条巷子黑漆漆")
    expect(page.locator("#id_phone")).to_have_value(NUMBER)
    page.wait_for_selector("#caller [data-asked]")
    page.keyboard.press("Alt+1")
    page.wait_for_selector("[data-digit='1']:checked")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".call-number")
    case = Case.objects.latest("id")
    assert case.state != "received"
    assert case.item
    assert Appeal.objects.latest("id").text == "路灯坏了三盏，整条巷子黑漆漆"
    assert opened.faults == []


def test_the_desk_fits_and_has_no_barriers_in_any_state_of_a_call(window: Any, seat: int, phone: Any) -> None:
    # A picture, and the search for barriers, leave marks on the page that a later swap of its parts stumbles over.
    states = ("ringing", "talking", "answer", "dropped", "kept")
    for state in states:
        opened = window(DESK)
        page = _enter(opened)
        phone.ring(seat, NUMBER)
        page.wait_for_selector("[data-state=ringing]")
        if state != "ringing":
            page.keyboard.press("Alt+y")
            page.wait_for_function("() => document.activeElement.name === 'text'")
            page.keyboard.type("你好，请问居住证怎么办理，要带什么")
            page.wait_for_selector("[data-digit='7']")
        if state in {"answer", "kept"}:
            page.keyboard.press("Alt+7")
            page.wait_for_selector("[data-digit='7']:checked")
        if state == "dropped":
            phone.drop(seat)
            page.wait_for_selector("[data-state=dropped]")
        if state == "kept":
            page.keyboard.press("Control+Enter")
            page.wait_for_selector(".call-number")
        opened.keep_picture(f"seat-{state}")
        assert opened.overflow() <= 0, state
        assert opened.barriers() == [], state
        phone.hang_up(seat, phone.line(seat).id)


def test_a_second_call_takes_nothing_from_the_first(window: Any, seat: int, phone: Any) -> None:
    opened = window(DESK)
    page = _enter(opened)
    page.fill("#id_phone", "13900139000")
    page.fill("#id_text", "上一通还没写完")
    phone.ring(seat, NUMBER)
    page.wait_for_selector("[data-state=ringing]")
    page.keyboard.press("Alt+y")
    page.wait_for_selector(".toast:has-text('号码没有覆盖')")
    expect(page.locator("#id_phone")).to_have_value("13900139000")
    expect(page.locator("#id_text")).to_have_value("上一通还没写完")


def test_an_answer_without_an_article_is_noted_as_a_gap(window: Any, seat: int) -> None:
    opened = window(DESK)
    page = _enter(opened)
    before = Gap.objects.count()
    page.keyboard.press("Alt+t")
    page.keyboard.type("河里有一条鳄鱼，是真的吗")
    page.keyboard.press("Alt+a")
    page.keyboard.type("经核实是一截木头，已向您解释清楚，请放心。")
    page.keyboard.press("Alt+Enter")
    page.wait_for_selector(".call-number")
    assert Gap.objects.count() == before + 1
    assert opened.faults == []


def test_a_number_typed_before_the_scripts_listen_is_looked_up(window: Any, seat: int) -> None:
    opened = window(DESK)
    page = _enter(opened)
    held: list[Any] = []
    page.route("**/js/seat.js", lambda route: held.append(route))
    page.goto(f"{opened.url}/seat/", wait_until="commit")
    page.wait_for_selector("#id_phone")
    page.fill("#id_phone", NUMBER)
    page.focus("#id_text")
    expect(page.locator("#caller [data-asked]")).to_have_count(0)
    for _ in range(50):
        if held:
            break
        page.wait_for_timeout(50)
    held[0].continue_()
    page.wait_for_selector("#caller [data-asked]")


def test_without_the_server_nothing_typed_is_lost(window: Any, seat: int, phone: Any) -> None:
    opened = window(DESK)
    page = _enter(opened)
    page.context.set_offline(True)
    page.wait_for_selector(".toast:has-text('写的内容都在')")
    page.fill("#id_text", "断网时还在写")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#id_text")).to_have_value("断网时还在写")
    assert not [
        fault for fault in opened.faults if "DISCONNECTED" not in fault and "Failed to fetch" not in fault
    ]


def test_what_residents_find_in_the_knowledge_base_has_no_barriers(window: Any, seat: int) -> None:
    """Pages that a search alone leads to; all others are met by whoever follows links (test_every_page.py)."""
    opened = window(PHONE)
    for text in ("居住证怎么办", "河里有一条鳄鱼"):
        page = opened.go(f"/questions/?q={text}")
        assert opened.barriers() == []
    opened.go("/questions/?q=居住证怎么办").click("ul.questions a >> nth=0")
    page.wait_for_selector("h1")
    assert opened.barriers() == []


def test_a_resident_finds_an_answer_or_reports_without_scripts(window: Any, seat: int) -> None:
    view = window(PHONE, java_script_enabled=False)
    page = view.go("/report")
    page.click("text=看常见问题")
    page.fill("[name=q]", "居住证怎么办")
    page.click("text=找答案")
    page.click("ul.questions a >> nth=0")
    page.click("text=没有解决，我要反映")
    expect(page.locator("[name=text]")).to_have_value("居住证怎么办")


def test_a_written_article_leaves_no_draft_behind(window: Any, seat: int) -> None:
    opened = window(DESK)
    page = _enter(opened, "li")
    opened.go("/admin/knowledge/new")
    page.fill("[name=question]", "遛狗要不要牵绳")
    page.fill("[name=answer]", "出门遛狗必须牵绳，并清理粪便。")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    page.reload()
    expect(page.locator("[name=question]")).to_have_value("遛狗要不要牵绳")
    page.fill("[name=answer]", "出门遛狗必须牵绳，并及时清理粪便。")
    page.click("button[value=save]")
    page.wait_for_selector("[data-article]")
    opened.go("/admin/knowledge/new")
    page.wait_for_load_state("load")
    expect(page.locator("[name=question]")).to_have_value("")
    assert opened.faults == []


def test_a_change_that_was_not_saved_outlives_the_page(window: Any, seat: int) -> None:
    opened = window(DESK)
    page = _enter(opened, "li")
    page.goto(f"{opened.url}/admin/knowledge/new")
    page.fill("[name=question]", "公园几点关门")
    page.fill("[name=answer]", "公园每天早上六点开门，晚上十点关门。")
    page.click("button[value=save]")
    page.wait_for_selector("[data-article]")
    page.click("text=修改")
    page.wait_for_selector("[name=answer]")
    page.wait_for_load_state("load")
    page.fill("[name=answer]", "公园全天开放，夜里十点后关灯。")
    page.reload()
    expect(page.locator("[name=answer]")).to_have_value("公园全天开放，夜里十点后关灯。")
    page.click("button[value=save]")
    page.wait_for_selector("h2:has-text('各版本')")
    expect(page.locator(".versions li")).to_have_count(2)
    assert opened.faults == []


def test_a_day_of_other_calls_needs_no_mouse(window: Any, seat: int) -> None:
    """Progress read to a caller, a body hurried, a repeat caller joined, a second matter, a call given up, two tabs."""
    opened = window(DESK)
    page = _enter(opened)
    page.evaluate("sessionStorage.clear()")
    page.reload(wait_until="load")
    beside = page.evaluate(
        "() => ['#id_phone', '#find'].map(one => Math.abs(document.querySelector(one).getBoundingClientRect().top))"
    )
    assert abs(beside[0] - beside[1]) < 60
    page.keyboard.press("Alt+/")
    page.wait_for_selector("#keyboard-help[open]")
    assert not page.is_visible("#keyboard-help :text('下一条')")
    page.keyboard.press("Escape")
    page.keyboard.type("13700137000")
    page.keyboard.press("Enter")
    page.keyboard.type("新华路小学门口路灯坏了三盏")
    page.wait_for_selector("#caller [data-asked]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".call-number")
    receipt = page.inner_text(".call-number")
    page.keyboard.press("Alt+n")
    page.wait_for_selector("#caller [data-tell]")
    expect(page.locator("#id_phone")).to_have_value("13700137000")
    expect(page.locator("#id_text")).to_have_value("")
    page.keyboard.press("Alt+r")
    page.keyboard.type(receipt)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part] h2:focus")
    assert opened.barriers() == []
    page.keyboard.press("Alt+u")
    page.wait_for_selector("#matter .notice-green")
    page.keyboard.press("Escape")
    assert _held(page) == "text"
    page.keyboard.type("又问路灯")
    page.keyboard.press("Alt+j")
    page.wait_for_selector("[data-part]")
    page.keyboard.press("Alt+m")
    assert page.is_visible("[data-joined]")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".call-number")
    assert Case.objects.get(id=Case.objects.latest("id").merged_into).appeals == 2
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_text")
    page.keyboard.press("Alt+t")
    page.keyboard.type("打错了，不用登记")
    page.keyboard.press("Alt+q")
    page.wait_for_selector(".toast:has-text('Alt Z')")
    expect(page.locator("#id_text")).to_have_value("")
    page.keyboard.press("Alt+z")
    expect(page.locator("#id_text")).to_have_value("打错了，不用登记")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    other = page.context.new_page()
    other.goto(f"{opened.url}/seat/", wait_until="load")
    expect(other.locator("#id_text")).to_have_value("")
    other.fill("#id_text", "另一通电话")
    other.wait_for_selector("[data-saved-note]:not(:empty)")
    page.reload(wait_until="load")
    expect(page.locator("#id_text")).to_have_value("打错了，不用登记")
    page.close()
    other.reload(wait_until="load")
    expect(other.locator("#id_text")).to_have_value("另一通电话")
    third = other.context.new_page()
    third.goto(f"{opened.url}/seat/", wait_until="load")
    expect(third.locator("#id_text")).to_have_value("打错了，不用登记")
    assert opened.faults == []
