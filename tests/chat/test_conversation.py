"""The conversation as rules: nothing filed without a yes, no text lost unsaid, and it always ends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.chat.rules.conversation import Do, Heard, Known, Stage, Talk, Turn, says, step
from huying.chat.rules.conversation.words import Word, read, receipt_in
from huying.chat.rules.kinds import Medium
from huying.kernel.numbers import many, shown

RECEIPT = many(1)[0]
NOBODY = Known()
BUSY = Known(open=(RECEIPT,), title="龙田路路灯不亮")
MATTER = "楼下垃圾三天没人收"
# A few characters say as much to a table of words as all of them, and are drawn a hundred times faster.
sentences = st.text("路灯不亮垃圾没人收三楼着火了新的是满意", min_size=5, max_size=30).filter(
    lambda text: read(text).word is None
)
texts = st.one_of(
    sentences,
    st.sampled_from(
        [
            "1",
            "2",
            "0",
            "是",
            "取消",
            "跳过",
            "进度",
            "满意",
            "不满意",
            "催办",
            "人工",
            "帮助",
            "投诉",
            "绑定",
            "解绑",
        ]
    ),
    st.text(max_size=12),
    st.sampled_from([RECEIPT, "13800138000", "123456", "😀😀", "绑定 ABCDEFGH", f"进度 {RECEIPT}"]),
)
heards = st.one_of(
    texts.map(lambda text: Heard(Medium.TEXT, text)),
    st.just(Heard(Medium.PICTURE, pictures=1)),
    st.just(Heard(Medium.PLACE, "区政府", 113.5, 23.1)),
    st.sampled_from(
        [Heard(Medium.VOICE), Heard(Medium.VOICE, "路灯不亮了"), Heard(Medium.OTHER), Heard(Medium.ENTER)]
    ),
)


def told(*texts: str, known: Known = NOBODY, talk: Talk | None = None) -> Turn:
    turn = Turn(talk or Talk())
    for text in texts:
        turn = step(turn.talk, Heard(Medium.TEXT, text), known)
    return turn


def deeds(turn: Turn) -> list[Do]:
    return [deed.do for deed in turn.deeds]


def test_a_matter_its_place_and_a_yes_are_one_filing() -> None:
    turn = told(MATTER)
    assert turn.talk.stage is Stage.PLACE
    turn = told("阳光花园3栋", talk=turn.talk)
    assert turn.talk.stage is Stage.CONFIRM
    assert MATTER in turn.says[0]
    assert "阳光花园3栋" in turn.says[0]
    turn = told("1", talk=turn.talk)
    assert deeds(turn) == [Do.FILE]
    spoken = turn.deeds[0].talk
    assert spoken is not None
    assert (spoken.text, spoken.place) == (MATTER, "阳光花园3栋")
    assert turn.talk == Talk()


@pytest.mark.parametrize("yes", ["1", "是", "是的！", "１", "好的。", "OK", " 确认 ", "提交👌"])
def test_yes_is_heard_however_it_is_written(yes: str) -> None:
    assert read(yes).word is Word.YES


def test_pictures_and_a_place_may_come_in_any_order() -> None:
    turn = step(Talk(), Heard(Medium.PICTURE, pictures=1), NOBODY)
    assert turn.talk.stage is Stage.MATTER
    turn = step(turn.talk, Heard(Medium.PLACE, "路口", 113.5, 23.1), NOBODY)
    turn = told(MATTER, talk=turn.talk)
    assert turn.talk.stage is Stage.CONFIRM
    assert (turn.talk.pictures, turn.talk.lon) == (1, 113.5)
    assert "照片：1 张" in turn.says[0]


def test_a_seventh_picture_is_said_not_to_be_kept() -> None:
    talk = replace(told(MATTER).talk, pictures=6)
    turn = step(talk, Heard(Medium.PICTURE, pictures=1), NOBODY)
    assert turn.talk.pictures == 6
    assert turn.says[0] == says.TOO_MANY_PICTURES


def test_who_has_an_open_matter_is_asked_which() -> None:
    turn = told("还是不亮，小孩摔倒了", known=BUSY)
    assert turn.talk.stage is Stage.WHICH
    assert "路灯不亮" in turn.says[0]
    added = told("1", known=BUSY, talk=turn.talk)
    assert deeds(added) == [Do.ADD]
    assert (added.deeds[0].number, added.deeds[0].text) == (RECEIPT, "还是不亮，小孩摔倒了")
    fresh = told("2", known=BUSY, talk=turn.talk)
    assert fresh.talk.stage is Stage.PLACE
    assert fresh.talk.text == "还是不亮，小孩摔倒了"


def test_a_receipt_alone_or_after_the_word_asks_how_it_stands() -> None:
    for text in (RECEIPT, shown(RECEIPT), f"进度 {RECEIPT}", f"进度{shown(RECEIPT)}", f"查询：{RECEIPT}"):
        turn = told(text)
        assert deeds(turn) == [Do.PROGRESS]
        assert turn.deeds[0].number == RECEIPT


def test_a_say_goes_to_the_matter_that_waits_for_it() -> None:
    waiting = Known(open=(RECEIPT,), to_rate=(RECEIPT,), title="路灯")
    turn = told("不满意，还是不亮", known=waiting)
    assert deeds(turn) == [Do.RATE]
    assert (turn.deeds[0].solved, turn.deeds[0].text) == (False, "还是不亮")
    assert told("满意").says == (says.NOT_TO_RATE,)
    # Nothing waits: a sentence that begins so is a matter.
    assert told("不满意，还是不亮").talk.text == "不满意，还是不亮"


def test_danger_is_answered_first_and_a_person_is_asked_for() -> None:
    turn = told("三楼着火了，有人没下来")
    assert deeds(turn) == [Do.DANGER]
    assert turn.says[0] == says.DANGER
    assert turn.talk.text == "三楼着火了，有人没下来"


def test_binding_asks_for_a_phone_then_a_code() -> None:
    turn = told("绑定")
    assert turn.talk.stage is Stage.PHONE
    turn = told("13800138000", talk=turn.talk)
    assert deeds(turn) == [Do.ASK_CODE]
    turn = told("123456", talk=turn.talk)
    assert deeds(turn) == [Do.CHECK_CODE]
    # Whoever writes of something else meanwhile is heard.
    other = told("路灯不亮", talk=turn.talk)
    assert other.talk.text == "路灯不亮"


def test_a_staff_code_binds_wherever_the_conversation_stands() -> None:
    turn = told("绑定 abcdefgh", talk=told(MATTER).talk)
    assert Do.BIND_STAFF in deeds(turn)
    assert turn.deeds[0].text == "ABCDEFGH"
    assert turn.talk.text == MATTER


def test_asking_for_something_else_keeps_what_was_not_filed_and_says_so() -> None:
    turn = told("进度", talk=told(MATTER, "阳光花园").talk)
    assert deeds(turn) == [Do.PROGRESS]
    assert turn.talk.text == MATTER
    assert "没提交" in turn.says[-1]


def test_a_text_too_long_is_said_not_to_be_kept() -> None:
    talk = replace(told(MATTER, "阳光花园").talk, text="长" * 1990)
    turn = told("这里再写一点，写满了就放不下了", talk=talk)
    assert turn.talk.text == "长" * 1990
    assert turn.says == (says.TOO_LONG,)


@given(st.lists(heards, max_size=8), st.booleans())
def test_nothing_is_filed_without_a_yes_to_what_was_shown(heard: list[Heard], busy: bool) -> None:
    known = BUSY if busy else NOBODY
    talk = Talk()
    for one in heard:
        turn = step(talk, one, known)
        if set(deeds(turn)) & {Do.FILE, Do.ADD}:
            assert talk.stage in {Stage.CONFIRM, Stage.WHICH}
            assert read(one.text).word is Word.YES
        talk = turn.talk


@given(st.lists(heards, max_size=8), st.booleans())
def test_no_sentence_is_lost_unless_its_author_is_told(heard: list[Heard], busy: bool) -> None:
    known = BUSY if busy else NOBODY
    talk = Talk()
    for one in heard:
        turn = step(talk, one, known)
        text = one.text.strip()
        if one.medium is Medium.TEXT and text and read(text).word is None:
            kept = turn.talk.text + turn.talk.place + "".join(deed.text for deed in turn.deeds)
            told_off = set(turn.says) & {says.TOO_LONG, says.CODE, says.PHONE}
            assert text in kept or told_off
        if talk.has_matter and not turn.talk.has_matter:
            filed = set(deeds(turn)) & {Do.FILE, Do.ADD}
            assert filed or says.DROPPED in turn.says
        talk = turn.talk


@given(st.lists(heards, max_size=6), st.booleans())
def test_it_always_says_or_does_something_and_a_no_always_ends_it(heard: list[Heard], busy: bool) -> None:
    known = BUSY if busy else NOBODY
    talk = Talk()
    for one in heard:
        turn = step(talk, one, known)
        assert turn.says or turn.deeds
        talk = turn.talk
    assert told("0", known=known, talk=talk).talk == Talk()


@given(st.text(max_size=30))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    read(text)
    receipt_in(text)
