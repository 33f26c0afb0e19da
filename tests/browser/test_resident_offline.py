"""A resident without a signal: the page opens, what is written waits on the phone and arrives once."""

from typing import Any

import pytest
from playwright.sync_api import expect

from huying.cases.models import Appeal, Attachment
from tests.browser.test_resident_pages import _photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
READY = (
    "navigator.serviceWorker.ready.then(() => caches.keys())"
    ".then(kept => kept.length && !!navigator.serviceWorker.controller)"
)


def _without_signal(window: Any) -> Any:
    view = window()
    page = view.go("/")
    page.wait_for_function(READY)
    page.context.set_offline(True)
    page.goto(f"{view.url}/report")
    expect(page.locator("main")).to_contain_text("现在没有信号", use_inner_text=True)
    return view


def test_a_report_written_without_a_signal_arrives_once_when_it_is_back(window: Any) -> None:
    view = _without_signal(window)
    page = view.page
    page.fill("[name=text]", "没信号时写的诉求")
    page.fill("[name=phone]", "13812346677")
    page.set_input_files("[name=photos]", [_photo(3)])
    page.wait_for_selector("figure")
    view.keep_picture("resident-offline")
    page.click("[data-send]")
    page.wait_for_selector("[data-kept]:not([hidden])")
    view.keep_picture("resident-offline-kept")
    expect(page.locator("[name=text]")).to_have_value("")
    assert not Appeal.objects.filter(text="没信号时写的诉求").exists()
    page.context.set_offline(False)
    page.goto(f"{view.url}/")
    page.wait_for_selector("[data-outbox] a")
    for _again in range(2):
        page.reload()
        page.wait_for_selector("[data-outbox] a")
    sent = Appeal.objects.get(text="没信号时写的诉求")
    assert Attachment.objects.filter(appeal_id=sent.id).count() == 1
    page.click("[data-outbox] a")
    page.wait_for_url(f"**/receipt/{sent.receipt}")
    expect(page.locator("main")).to_contain_text("6677", use_inner_text=True)
    page.goto(f"{view.url}/")
    expect(page.locator(".mine")).to_contain_text("没信号时写的诉求", use_inner_text=True)


def test_an_answer_that_was_lost_does_not_make_two_appeals(window: Any) -> None:
    view = _without_signal(window)
    page = view.page
    page.fill("[name=text]", "回执没收到的诉求")
    page.click("[data-send]")
    page.wait_for_selector("[data-kept]:not([hidden])")
    lost = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.fallback()

    page.context.route("**/report", lose)
    page.context.set_offline(False)
    page.goto(f"{view.url}/")
    page.wait_for_timeout(1000)
    page.reload()
    page.wait_for_selector("[data-outbox] a")
    assert lost == [201]
    assert Appeal.objects.filter(text="回执没收到的诉求").count() == 1


def test_what_is_refused_later_goes_back_into_the_form(window: Any) -> None:
    view = _without_signal(window)
    page = view.page
    page.fill("[name=text]", "电话写错了的诉求")
    page.fill("[name=phone]", "12")
    page.click("[data-send]")
    page.wait_for_selector("[data-kept]:not([hidden])")
    page.context.set_offline(False)
    page.goto(f"{view.url}/")
    page.wait_for_selector("[data-outbox] button")
    expect(page.locator("[data-outbox]")).to_contain_text("电话号码不对", use_inner_text=True)
    page.click("[data-outbox] button")
    page.wait_for_url("**/report")
    expect(page.locator("[name=text]")).to_have_value("电话写错了的诉求")


def test_what_is_kept_speaks_of_nobody_and_an_old_shell_goes(window: Any) -> None:
    view = window()
    page = view.go("/report")
    page.fill("[name=text]", "缓存里不该有的诉求")
    page.wait_for_function(READY)
    page.evaluate("caches.open('shell-old').then(c => c.put('/x', new Response('x')))")
    page.click("[data-send]")
    page.wait_for_url("**/receipt/*")
    number = page.url.rsplit("/", 1)[1]
    page.goto(f"{view.url}/track/{number}")
    page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.unregister())")
    page.goto(f"{view.url}/report")
    page.wait_for_function("caches.keys().then(k => !k.includes('shell-old') && k.length === 1)")
    kept = page.evaluate(
        "caches.keys().then(async names => { const all = []; for (const n of names) for (const r of "
        "await (await caches.open(n)).matchAll()) all.push(r.url + await r.text()); return all.join(' '); })"
    )
    assert "/offline" in kept
    assert number not in kept
    assert "缓存里不该有的诉求" not in kept
