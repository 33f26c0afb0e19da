"""The hot issues of public messages (2017–2020) that independent teams published as the hottest.

What they agreed on was looked up, never used to choose how messages are grouped: that was chosen on ten other issues of
the same file (docs/hot-issues.md).
"""

import re
from functools import cache
from pathlib import Path

import pytest

from huying.prevent.hot_issues.rules.finding import Issue, issues_of
from huying.site.commands.hot_issues import read_messages

FILE = Path(__file__).parents[4] / "shared/data/messages/hot_issue_messages.csv"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.skipif(not FILE.exists(), reason=f"public messages not beside the checkout: {FILE}"),
]
# How its title reads, what its members say, among how many first, how many members at least.
AGREED = {
    "58车贷": ("58车贷", "58车贷", 5, 12),
    "丽发新城的搅拌站": ("搅拌", "搅拌", 5, 45),
    "伊景园滨河苑捆绑销售车位": ("伊景园", "车位|捆绑|滨河苑|广铁", 5, 40),
    "五矿万境K9县": ("K9县", "K9县", 10, 3),
    "金毛湾配套入学": ("金毛湾", "学", 10, 1),
    "绿地海外滩和高铁": ("海外滩", "海外滩", 10, 6),
    "魅力之城的油烟和夜宵": ("魅力之城小区(临街|油烟|一楼)", "油烟|夜宵|噪音|烧烤", 10, 12),
    "A市人才购房补贴": ("人才购房补贴", "人才|补贴", 20, 8),
    "经济学院强制实习": ("经济学院", "学院", 30, 7),
}


@cache
def issues() -> list[Issue]:
    return issues_of(read_messages(FILE))


def _of(title: str) -> tuple[int, Issue]:
    """The hottest issue whose title reads so, and its rank."""
    return next((rank, one) for rank, one in enumerate(issues(), 1) if re.search(title, one.title))


@pytest.mark.parametrize("name", AGREED)
def test_what_independent_teams_agreed_on_is_among_the_hottest(name: str) -> None:
    title, words, among, least = AGREED[name]
    rank, one = _of(title)
    assert rank <= among
    assert one.heat.messages >= least
    assert len({each.subject for each, _ in one.members}) >= max(1, least * 2 // 3)
    about = [each for each, _ in one.members if re.search(words, each.subject + each.text)]
    assert len(about) >= 0.8 * one.heat.messages


def test_several_issues_at_one_place_are_kept_apart() -> None:
    _rank, mixing = _of("搅拌")
    members = {each.subject for each, _ in mixing.members}
    at_the_same = [one for one in issues() if "丽发新城" in one.title and one is not mixing]
    assert len(at_the_same) >= 3
    assert not {"A市富绿物业丽发新城强行断业主家水", "A市A2区丽发新城道路坑坑洼洼"} & members
    smoke = {each.subject for each, _ in _of("魅力之城小区(临街|油烟|一楼)")[1].members}
    assert "A市万科魅力之城小区近百户楼板开裂墙面开裂" not in smoke
