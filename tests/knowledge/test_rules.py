"""What fits a question, what is the same question, and until when an article holds: without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huying.catalogue.rules.starter import starter as items
from huying.kernel.errors import Invalid
from huying.knowledge.rules import GapKind, Standing, standing
from huying.knowledge.rules.checking import must_be_sound
from huying.knowledge.rules.fitting import FITS, Words, any_of, core, fit, terms
from huying.knowledge.rules.gaps import Asked, grouped, without_persons
from huying.knowledge.rules.holding import offered
from huying.knowledge.rules.starter import starter

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def best(asked: str) -> str:
    """The starter's article that fits best; "" when none does."""
    judged = [(fit(asked, Words(a.question, a.keywords, a.answer)), a.origin) for a in starter()]
    score, origin = max(judged)
    return origin.removeprefix("starter:") if score >= FITS else ""


@pytest.mark.parametrize(
    ("asked", "article"),
    [
        ("你好我想问一下居住证怎么办理", "residence-permit"),
        ("我在外地住院了，异地看病医保怎么备案啊", "medical-elsewhere"),
        ("家里停电了", "power-stop"),
        ("屋里有煤气味", "gas-leak"),
        ("隔壁工地半夜施工，吵得睡不着", "noise-site"),
        ("电瓶车能不能推上楼充电", "ebike-charging"),
        ("老人80岁了有没有高龄津贴", "elder-allowance"),
        ("孩子上小学怎么报名", "school-entry"),
        ("公积金怎么提取", "fund-withdraw"),
        ("路灯坏了", "street-lamp"),
        ("准生证还要办吗", "birth-registration"),
        ("物业费太高可以不交吗", "property-fee"),
    ],
)
def test_an_everyday_question_finds_its_article(asked: str, article: str) -> None:
    assert best(asked) == article


@pytest.mark.parametrize("asked", ["请问怎么办理", "河里有一条鳄鱼", "", "，。"])
def test_what_no_article_speaks_of_finds_none(asked: str) -> None:
    assert best(asked) == ""


def test_the_words_around_a_question_are_left_out() -> None:
    assert terms("请问居住证怎么办理？") == ["居住", "住证"]
    assert core("请问怎么办？") == ""


def test_a_single_character_is_asked_for_as_a_beginning() -> None:
    assert any_of(["狗", "居住"]) == "'狗':* | '居住'"
    assert fit("狗", Words("养犬怎么登记", ("狗证",), "先打疫苗再登记，遛狗要牵绳。")) >= FITS


def test_the_starter_set_is_sound_and_large_enough() -> None:
    assert len(starter()) >= 40
    assert len({line.origin for line in starter()}) == len(starter())
    assert len({line.question for line in starter()}) == len(starter())
    codes = {line.code for line in items().items}
    duties = {line.duty for line in items().items}
    for line in starter():
        must_be_sound(line.question, line.answer, line.keywords, DAY, None)
        assert line.item in codes | {""}, line.origin
        assert line.duty in duties, line.origin
        assert len(line.origin) <= 40


@pytest.mark.parametrize(
    ("since", "until", "withdrawn", "expected"),
    [
        (0, None, False, Standing.IN_FORCE),
        (0, 30, False, Standing.IN_FORCE),
        (0, 29, False, Standing.ENDING),
        (0, 0, False, Standing.ENDING),
        (-9, -1, False, Standing.OVER),
        (1, None, False, Standing.COMING),
        (0, None, True, Standing.WITHDRAWN),
    ],
)
def test_an_article_holds_through_its_last_day(
    since: int, until: int | None, withdrawn: bool, expected: Standing
) -> None:
    last = None if until is None else DAY + timedelta(days=until)
    found = standing(DAY + timedelta(days=since), last, DAY, withdrawn=withdrawn)
    assert found is expected
    assert offered(found) is (expected in {Standing.IN_FORCE, Standing.ENDING})


def test_questions_alike_are_one_gap_and_the_most_asked_comes_first() -> None:
    said = [
        ("图书馆周末几点关门", GapKind.NOT_FOUND, ""),
        ("共享单车乱停在小区门口", GapKind.BY_HAND, "已告知可以登记后由城管清理。"),
        ("请问图书馆周末几点开门", GapKind.BY_HAND, "周末九点开门。"),
    ]
    asked = [
        Asked(n, kind, words, reply, AT - timedelta(days=n)) for n, (words, kind, reply) in enumerate(said)
    ]
    groups = grouped(asked)
    assert [(group.times, group.words) for group in groups] == [(2, said[0][0]), (1, said[1][0])]
    assert groups[0].reply == "周末九点开门。"
    assert groups[0].times_of(GapKind.NOT_FOUND) == 1


def test_what_is_kept_of_a_question_holds_no_number_of_anybody() -> None:
    kept = without_persons("我是13800138000，身份证 11010119900101123X，住3栋502")
    assert "138" not in kept
    assert "1990" not in kept
    assert "3栋502" in kept
    assert len(without_persons("长" * 999)) == 200


def test_every_fault_is_named_at_its_field() -> None:
    with pytest.raises(Invalid) as wrong:
        must_be_sound("短", "短", ("长" * 21,), DAY, DAY - timedelta(days=1))
    assert set(wrong.value.fields) == {"question", "answer", "keywords", "valid_until"}
