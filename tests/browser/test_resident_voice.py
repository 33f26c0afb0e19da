"""Spoken words become text, and text is read aloud: with a browser's ear and voice that the test plays."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
EAR_AND_VOICE = """
class Ear {
  constructor() { window.ear = this; }
  start() { if (window.deaf) setTimeout(() => { this.onerror({ error: 'not-allowed' }); this.onend(); }); }
  stop() { this.onend(); }
  hear(...pieces) { this.onresult({ results: pieces.map((transcript) => [{ transcript }]) }); }
}
window.SpeechRecognition = Ear;
const voice = { said: [], voices: [], getVoices: () => voice.voices,
  speak(speech) { voice.now = speech; voice.said.push(speech.text); speech.onstart(); },
  cancel() { const { now } = voice; voice.now = null; now?.onerror({}); },
  end() { const { now } = voice; voice.now = null; now.onend(); } };
Object.defineProperty(window, 'speechSynthesis', { value: voice });
window.voice = voice;
"""


@pytest.fixture
def phone(window: Any) -> Any:
    view = window((360, 780))
    view.page.context.add_init_script(EAR_AND_VOICE)
    yield view
    assert view.faults == []


def test_what_is_said_is_written_while_it_is_heard_and_a_refusal_is_told(phone: Any) -> None:
    page = phone.go("/report")
    page.fill("[name=text]", "门口：")
    page.click("[data-dictate]")
    expect(page.locator("[data-dictate]")).to_have_text("说完了", use_inner_text=True)
    for heard in (["路等"], ["路灯不亮"], ["路灯不亮", "晚上很黑"], ["路灯不亮", "路灯不亮晚上很黑"]):
        page.evaluate("heard => ear.hear(...heard)", heard)
    expect(page.locator("[name=text]")).to_have_value("门口：路灯不亮晚上很黑")
    page.type("[name=text]", "，三天了")
    page.evaluate("ear.hear('路灯不亮', '晚上很黑', '有老人摔了')")
    expect(page.locator("[name=text]")).to_have_value("门口：路灯不亮晚上很黑，三天了有老人摔了")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    page.click("[data-dictate]")
    expect(page.locator("[data-dictate]")).to_have_text("语音输入", use_inner_text=True)
    page.evaluate("window.deaf = true")
    page.click("[data-dictate]")
    page.wait_for_selector("[data-dictate-note]:text('没能用话筒')")
    expect(page.locator("[data-dictate]")).to_have_text("语音输入", use_inner_text=True)
    expect(page.locator("[name=text]")).to_have_value(re.compile("有老人摔了$"))


def test_a_report_fits_one_screen_and_a_text_too_long_is_told_and_not_cut(phone: Any) -> None:
    page = phone.go("/report")
    page.wait_for_selector("[data-pick-photos]:not([hidden])")
    assert page.evaluate("document.querySelector('[data-send]').getBoundingClientRect().bottom") <= 780
    page.fill("[name=text]", "长" * 2050)
    expect(page.locator("[data-count]")).to_have_text("多了 50 字，请删短一些", use_inner_text=True)
    page.click("[data-send]")
    page.wait_for_selector(".wrongs")
    assert len(page.input_value("[name=text]")) == 2050
    # The browser writes the refused form down as an error.
    phone.faults.clear()


def test_a_page_is_read_sentence_by_sentence_and_stops_at_a_tap(phone: Any) -> None:
    page = phone.go("/report")
    page.fill("[name=text]", "小区北门的路灯不亮。晚上很黑")
    page.click("[data-read-aloud]")
    page.wait_for_selector("h1[data-being-read]")
    phone.keep_picture("resident-read-aloud")
    while page.evaluate("!!voice.now"):
        page.evaluate("voice.end()")
    said = page.evaluate("voice.said")
    assert said[0] == "我要反映"
    assert {"什么事", "小区北门的路灯不亮。", "晚上很黑", "提交"} <= set(said)
    assert not any("就是这里" in one for one in said), "what a closed dialog says is not on the page"
    assert max(map(len, said)) <= 80
    page.click("[data-read-aloud]")
    page.click("[data-read-aloud]")
    assert page.evaluate("voice.now") is None
    expect(page.locator("[data-being-read]")).to_have_count(0)
    expect(page.locator("[data-read-aloud]")).to_have_text("朗读", use_inner_text=True)
    page.evaluate("voice.voices = [{ lang: 'en-US' }]")
    page.click("[data-read-aloud]")
    expect(page.locator("[data-read-aloud]")).to_have_text("手机没装朗读语音", use_inner_text=True)
