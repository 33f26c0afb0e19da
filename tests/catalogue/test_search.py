"""Items found by the words people use."""

import time

import pytest

from huying.catalogue.rules.search import Index, normal
from huying.catalogue.rules.starter import starter

INDEX = Index(starter().items)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("楼上漏水滴到我家厨房", "房屋漏水到楼下"),
        ("门口那条臭水沟没人管", "黑臭水体"),
        ("工地半夜施工吵死人", "夜间施工"),
        ("路灯坏了一个星期了", "路灯不亮"),
        ("老板拖欠工资不给", "拖欠工资"),
        ("电动车进电梯上楼充电", "电动车进楼"),
        ("家里停水两天", "停水"),
        ("被困在电梯里，电梯困人", "电梯困人"),
        ("天天有人摆摊，地摊占了人行道", "流动摊贩"),
        ("健身卡退费不给退", "健身退费"),
        ("流浪狗咬人", "犬只伤人"),
        ("低保怎么申请", "低保"),
    ],
)
def test_a_resident_s_words_find_the_item_among_the_first_three(words: str, name: str) -> None:
    assert name in [found.item.name for found in INDEX.search(words, 3)]


def test_every_item_is_found_by_each_of_its_own_words() -> None:
    lost = []
    for line in starter().items:
        for word in (line.name, *line.keywords):
            found = [each.item.code for each in INDEX.search(word, 10)]
            if line.code not in found:
                lost.append((line.code, word))
    assert lost == []


def test_a_code_finds_its_item_first() -> None:
    assert INDEX.search("010101", 1)[0].item.code == "010101"


def test_what_was_said_whole_is_told() -> None:
    assert INDEX.search("小区门口井盖没盖", 1)[0].said == ("井盖没盖",)


def test_nothing_said_finds_nothing() -> None:
    assert INDEX.search("", 5) == []
    assert INDEX.search(" ，。！", 5) == []


def test_one_character_still_finds() -> None:
    assert any("桥" in found.item.name for found in INDEX.search("桥", 5))


def test_full_width_and_case_do_not_matter() -> None:
    assert normal("ＫＴＶ 吵！") == "ktv吵"
    assert INDEX.search("ｋｔｖ吵", 1)[0].item.name == "娱乐场所噪声"


def test_searching_is_quick_enough_to_follow_typing() -> None:
    INDEX.search("楼上漏水", 10)
    start = time.process_time()
    for _ in range(50):
        INDEX.search("我家楼下烧烤店油烟很大半夜还在营业音响很吵", 10)
    assert (time.process_time() - start) / 50 < 0.02
