"""Texts as data: what they may hold, versions, and that what somebody typed is never filled again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.rules.replies import reply_faults
from huying.kernel.errors import Denied, Invalid, StaleVersion
from huying.texts.actions import REPLY_PLACEHOLDERS, new_template, restore_text, retire_template, write_text
from huying.texts.queries import forget, notice_wording, reply_templates, text_for, versions_for
from huying.texts.rules.filling import MOST_NOTICE, MOST_TITLE, blanks, filled, text_faults
from huying.texts.rules.kinds import ReplyFor, TextKind
from huying.texts.rules.occasions import Occasion, Placeholder, asked_of
from huying.texts.rules.starter import CHINESE, LANGUAGES, Wording, starter
from tests.cast import DISTRICT, MONDAY, Cast, gather

N = TextKind.NOTICE


@pytest.fixture
def cast(db: None) -> Cast:
    forget()
    return gather()


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_occasion_has_a_sound_text_in_both_languages(occasion: Occasion, language: str) -> None:
    wording, asked = starter()[N, occasion.value, language], asked_of(occasion)
    assert text_faults(wording.title, allowed=asked.allowed, most=MOST_TITLE) == []
    assert text_faults(wording.body, allowed=asked.allowed, needed=asked.needed, most=MOST_NOTICE) == []


def test_every_template_that_comes_along_passes_the_check_of_replies_once_it_is_filled_in() -> None:
    for (kind, name, _language), wording in starter().items():
        if kind is TextKind.REPLY and wording.fits in {ReplyFor.SOLVED, ReplyFor.UNSOLVED}:
            assert text_faults(wording.body, allowed=REPLY_PLACEHOLDERS, most=2000) == []
            assert reply_faults(wording.body, solved=wording.fits is ReplyFor.SOLVED) == [], name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{电话} 收到 {编号}", "不认识 {电话}"),
        ("没有占位", "必须有 {编号}"),
        ("{编号} {", "花括号要成对"),
        ("  ", "请写内容"),
        ("{编号}" + "长" * 300, "最多 300 字"),
    ],
)
def test_what_is_wrong_is_said_in_words(text: str, words: str) -> None:
    given = (Placeholder.NUMBER, Placeholder.TITLE)
    faults = text_faults(text, allowed=given, needed=(Placeholder.NUMBER,), most=MOST_NOTICE)
    assert any(words in fault for fault in faults)


@given(st.text(alphabet="{}编号事由ab ", max_size=30))
def test_what_somebody_typed_is_never_filled_again(title: str) -> None:
    values = {Placeholder.TITLE: title, Placeholder.NUMBER: "42"}
    assert filled("{编号}：{事由}", values) == f"42：{title}"


def test_either_name_means_the_placeholder() -> None:
    assert filled("{number} {编号} {nothing}", {Placeholder.NUMBER: "7"}) == "7 7 {nothing}"


def test_a_change_holds_at_once_for_its_district_and_adds_a_version(cast: Cast) -> None:
    by, mine = cast.administrator, Wording("单子来了", "{编号} 快看")
    with pytest.raises(Denied):
        write_text(cast.handler, N, "order", CHINESE, mine, seen=0, now=MONDAY)
    assert write_text(by, N, "order", CHINESE, mine, seen=0, now=MONDAY) == 1
    assert write_text(by, N, "order", CHINESE, mine, seen=0, now=MONDAY) == 1
    assert notice_wording(DISTRICT, Occasion.ORDER, CHINESE) == mine
    assert notice_wording(DISTRICT, Occasion.ORDER, "en") == starter()[N, "order", "en"]
    assert notice_wording(990102, Occasion.ORDER, CHINESE) == starter()[N, "order", CHINESE]
    with pytest.raises(StaleVersion):
        write_text(by, N, "order", CHINESE, Wording("别的", "{编号}"), seen=0, now=MONDAY)
    newest = text_for(by, N, "order").version
    assert (newest.changed_by, newest.changed_at) == ("高敏", MONDAY)


def test_an_earlier_version_is_brought_back_as_a_new_one(cast: Cast) -> None:
    by = cast.administrator
    write_text(by, N, "order", CHINESE, Wording("一", "{编号}"), seen=0, now=MONDAY)
    write_text(by, N, "order", CHINESE, Wording("二", "{编号}"), seen=1, now=MONDAY)
    assert restore_text(by, N, "order", CHINESE, 0, MONDAY + timedelta(hours=1)) == 3
    assert notice_wording(DISTRICT, Occasion.ORDER, CHINESE) == starter()[N, "order", CHINESE]
    assert [one.number for one in versions_for(by, N, "order")] == [3, 2, 1, 0]
    assert restore_text(by, N, "order", CHINESE, 0, MONDAY) == 3


def test_an_unsound_text_is_refused_and_changes_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid) as refusal:
        write_text(cast.administrator, N, "order", CHINESE, Wording("标题", "没有号"), seen=0, now=MONDAY)
    assert set(refusal.value.fields) == {"body"}
    assert len(versions_for(cast.administrator, N, "order")) == 1


def test_templates_are_offered_by_item_and_outcome_the_closest_first(cast: Cast) -> None:
    by = cast.administrator
    name = new_template(
        by, Wording("井盖专用", "已现场核实并更换井盖。", "010101", ReplyFor.SOLVED), MONDAY, "k"
    )
    assert new_template(by, Wording("再来一次", "已现场核实并更换井盖。", "010101"), MONDAY, "k") == name
    offered = [wording.title for _name, wording in reply_templates(DISTRICT, "010101", ReplyFor.SOLVED)]
    assert offered[:2] == ["井盖专用", "市政设施：已修复"]
    assert "通用：不予受理" not in offered
    assert "井盖专用" not in [wording.title for _name, wording in reply_templates(DISTRICT, "030101")]
    retire_template(by, name, MONDAY)
    retire_template(by, name, MONDAY)
    assert name not in dict(reply_templates(DISTRICT, "010101"))
    restore_text(by, TextKind.REPLY, name, CHINESE, 1, MONDAY)
    assert name in dict(reply_templates(DISTRICT, "010101"))


def test_blanks_are_found() -> None:
    assert blanks("于【填：日期】到【填:地点】，已办。") == ["日期", "地点"]
    assert blanks("没有空") == []
