"""没人认领的化粪池：争议有人裁，裁了管以后；没人按时裁，兜底单位先办。

The septic tank that no department owned: the ruling becomes a precedent, and where nobody rules in time the body of
last resort does the work.
"""

from collections.abc import Callable

import pytest

from tests.stories.narrator import Story
from tests.stories.usual import mended, taken_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SAID = "老粮库宿舍后面化粪池满了，粪水流到路上，单位早就没了，也没有物业，问谁都说不归他管"
LIKE = "文庙后巷的化粪池满溢了，没有物业，粪水流到巷子里"
GROUNDS = "该化粪池接入市政污水管，属排水设施，产权单位已注销，不在环卫作业范围。"
REPLY = (
    "{0}您好，您反映的化粪池满溢问题收悉。经现场核实，情况属实，{1}已用吸污车抽净、冲洗消毒，"
    "今后由专人定期清掏。感谢您的监督。"
)
RULING = "产权单位已不存在、接入市政管网的化粪池，清掏养护由水务局负责。"


def test_the_ruling_sends_the_next_one_straight_to_the_right_body(story: Callable[[str], Story]) -> None:
    town = story("2026-03-09 09:00")
    man = town.resident("曾大爷", "13812340005")
    man.says(SAID, "老粮库宿舍", photo=True)
    number = _disputed(town)
    officer = town.officer("郑和平")
    assert "区环卫中心提出争议，请裁定" in officer.told()
    assert number in officer.opens("/oversight/disputes").numbers
    town.picture("tank-dispute", officer, f"/oversight/disputes?case={number}", size="desk")
    town.at("2026-03-09 10:30")
    officer.does(number, "裁定：争议成立", body="区水务局", ruling=RULING, reach="本街道同类")
    assert "争议成立" in town.officer("韩梅").told()
    assert "派给区水务局" in town.officer("邓文博").told()
    track = man.track()
    assert "已明确由谁办理3月9日 10:30 区水务局" in track
    assert GROUNDS not in track, "what bodies say of each other is not the caller's"
    taken_on(town, number, "邓文博")
    town.at("2026-03-09 13:00")
    mended(
        town, number, "邓文博", "吸污车抽净，冲洗消毒，纳入管网养护台账。", REPLY.format("曾大爷", "区水务局")
    )
    man.judges(solved=True)
    _the_next_one(town, number)


def _the_next_one(town: Story, before: str) -> None:
    """A week later the same elsewhere in the street: nobody has to ask whose it is."""
    held = town.officer("郑和平").opens("/admin/precedents")
    assert f"化粪池满溢 书院路街道 区水务局 {RULING}" in held.part(before, ("tr",)), (
        "what, where, whose, and why"
    )
    town.at("2026-03-17 08:20")
    woman = town.resident("孟阿姨", "13812340006")
    woman.says(LIKE, "书院路与文庙街口", place="文庙后巷")
    street = town.officer("陈建国")
    number = street.finds("文庙后巷", "/case/")
    page = street.case(number)
    assert (
        f"派单3月17日 08:20 区水务局 系统自动 主办单位 区水务局 派单理由 先例：2026-03 裁定（案件 {before}）"
        in page
    )
    assert "已派给区水务局，等待签收" in woman.track()
    assert "由区水务局办理" in woman.messages()[-1]
    town.picture("tank-precedent", street, f"/case/{number}", size="desk")
    # In another street the ruling says nothing: there a person decides.
    other = town.resident("孟阿姨", "13812340006")
    other.says("废品站旁的化粪池满溢了，没有物业", "文庙广场")
    assert "正在派给承办单位" in other.track()


def test_when_nobody_rules_in_time_the_body_of_last_resort_does_it(story: Callable[[str], Story]) -> None:
    town = story("2026-03-09 09:00")
    man = town.resident("曾大爷", "13812340005")
    man.says(SAID, "老粮库宿舍")
    number = _disputed(town)
    town.at("2026-03-10 09:41")
    page = town.officer("陈建国").case(number)
    assert "逾期没有裁定，兜底办理3月10日 09:40 书院路街道 系统自动" in page
    assert "派给书院路街道" in town.officer("丁洁").told()
    assert "已派给书院路街道，等待签收" in man.track()
    assert "由书院路街道办理" in man.messages()[-1]
    taken_on(town, number, "丁洁")
    town.at("2026-03-10 12:00")
    mended(town, number, "丁洁", "街道请吸污车抽净。", REPLY.format("曾大爷", "书院路街道"))
    man.judges(solved=True)
    assert "已办结" in man.track()
    assert not town.officer("高敏").opens("/admin/precedents").numbers, "what nobody ruled binds nobody"


def _disputed(town: Story) -> str:
    """Given to the body that the list names, which says that it is not theirs, while the clock goes on."""
    street = town.officer("陈建国")
    number = street.finds("化粪池满了", "/dispatch/")
    street.does(number, "派单", body="区环卫中心", assists=[])
    town.at("2026-03-09 09:40")
    clean = town.officer("韩梅")
    taken_on(town, number, "韩梅")
    clean.does(number, "提出争议", grounds=GROUNDS, proposed="区水务局")
    page = clean.case(number)
    assert "处置 还剩 3 小时 20 分" in page, "the clock of the work goes on"
    assert not page.has_button("提出争议"), "once, and not again"
    return number
