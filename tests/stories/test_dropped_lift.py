"""电梯坠层，物业修不好：网格一叫，一小时内应答、现场会诊；没应答的由兜底单位到场。

The lift that dropped, where the property company could not mend it: called to the spot, answered within the hour, and
another comes for the one that did not answer.
"""

from collections.abc import Callable

import pytest

from tests.stories.narrator import Story
from tests.stories.usual import mended, taken_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SAID = "云麓花园 2 栋电梯从 9 楼一下掉到 5 楼，物业来了三回都修不好，老人不敢出门"
DEMAND = "电梯坠层，物业连修三回没修好，请到现场定：停不停、谁来修、钱从哪里出。"
PARTS = (
    ("区市场监管局", "现场检验，定责", "2026-03-10"),
    ("区住建局", "核拨应急维修资金", "2026-03-11"),
)
REPLY = (
    "彭先生您好，您反映的电梯坠层问题收悉。经区市场监管局现场检验核实，制动器磨损属实，已更换并检验合格，今天恢复运行；"
    "维修费用由应急维修资金支出，账目在楼下公示。感谢您的监督。"
)


def test_whoever_is_called_comes_or_another_comes_for_them(story: Callable[[str], Story]) -> None:
    town = story("2026-03-09 08:30")
    man = town.resident("彭先生", "13812340004")
    man.rings(SAID, "云麓花园")
    street = town.officer("陈建国")
    number = street.finds("电梯从 9 楼", "/dispatch/")
    assert "电梯故障" in street.case(number).text
    street.does(number, "派单", body="安居乐物业", assists=[])
    taken_on(town, number, "吴经理")
    estate = town.officer("吴经理")
    estate.does(number, "记录进展", note="维保换了两回件还是掉，我们修不了。")

    town.at("2026-03-09 10:00")
    _called(town, number)
    town.picture("lift-called", street, f"/case/{number}", size="desk", part=".calls")
    _answered(town, number)
    _another_comes(town, number)
    _consulted(town, number)
    _judged_by_both(town, number)
    mended(town, number, "吴经理", "更换制动器，检验合格。", REPLY)
    man.judges(solved=True, effect=5)
    assert "已办结" in man.track()
    _counted(town)


def _called(town: Story, number: str) -> None:
    """The leader chooses the situation, and the platform names the bodies; the lift company is added by hand."""
    caller = town.officer("刘卫东")
    form = caller.opens(f"/case/{number}/steps/call").form("按情形带出单位")
    page = caller.sends(form.fill("situation", "电梯故障、困人"), form.action, ("bring", "1"))
    form = page.form("呼叫到场")
    assert form.chosen("called") == ["区住建局", "区市场监管局"]
    form.fill("called", ["区市场监管局", "区住建局", "安居乐物业", "迅捷维保"])
    page = caller.sends(form.fill("demand", DEMAND).fill("spot", "2 栋大堂"), form.action)
    assert "叫了 4 家，应答 0，到场 0" in page


def _answered(town: Story, number: str) -> None:
    """Three answer and report in on the spot; the fourth lets the hour pass."""
    lon, lat = town.town.spots["云麓花园"]
    for minute, who in (("10:08", "谢敏"), ("10:15", "江涛"), ("10:20", "吴经理")):
        town.at(f"2026-03-09 {minute}")
        assert "请在 3月9日 11:00前应答" in town.officer(who).told()
        town.officer(who).does(number, "应答呼叫")
    town.at("2026-03-09 10:40")
    for who in ("谢敏", "江涛", "吴经理"):
        town.officer(who).does(number, "到场报到", lon=f"{lon}", lat=f"{lat}")


def _another_comes(town: Story, number: str) -> None:
    """At eleven the lift company is late: it is told, its street's leader is told, and the street is called instead."""
    street = town.officer("陈建国")
    town.at("2026-03-09 10:59")
    assert "叫了 4 家，应答 3，到场 3" in street.case(number)
    town.at("2026-03-09 11:01")
    told = street.case(number).part("叫了")
    assert "叫了 5 家，应答 3，到场 3" in told
    assert "迅捷维保超时未应答" in told.replace("迅捷维保 ", "迅捷维保")
    assert "呼叫书院路街道到场" in town.officer("丁洁").told()
    assert "呼叫应答已超时，3月9日 11:00到期" in town.officer("尤师傅").told()
    assert "呼叫应答已超时" in town.officer("刘卫东").told()
    town.at("2026-03-09 11:15")
    town.officer("丁洁").does(number, "到场报到", lon="114.315", lat="22.608")
    town.picture("lift-called", street, f"/case/{number}", size="desk", part=".calls")


def _consulted(town: Story, number: str) -> None:
    """Minutes, and to each its part with a day; whoever calls may divide, whoever has a part reports it."""
    leader = town.officer("刘卫东")
    leader.does(
        number,
        "记会诊纪要",
        minutes="即刻停用；市场监管局检验定责；住建局当天批应急维修资金；物业另请维保换制动器。",
    )
    for body, task, until in PARTS:
        leader.does(number, "会诊分工", body=body, task=task, promise_until=until)
    leader.does(number, "结束呼叫")
    town.picture("lift-parts", leader, f"/case/{number}", size="desk", part=".promises")
    assert "会诊分工还没有办完：区市场监管局、区住建局" in town.officer("吴经理").case(number)
    town.at("2026-03-10 16:00")
    town.officer("谢敏").does(number, "报告兑现", result="制动器磨损，责令更换，检验合格。")
    town.officer("江涛").does(number, "报告兑现", result="应急维修资金已核拨。")


def _judged_by_both(town: Story, number: str) -> None:
    leader = town.officer("刘卫东")
    leader.does(number, "评价应呼单位（区市场监管局）", stars="5 星", remark="来得快，当场定。")
    leader.does(number, "评价应呼单位（迅捷维保）", stars="1 星", remark="叫不来。")
    town.officer("谢敏").does(number, "评价呼叫方", stars="4 星", remark="现场组织有序。")
    told = leader.case(number).part("叫了")
    assert "呼叫方评 5 星 · 应呼单位评 4 星" in told
    assert "呼叫方评 1 星" in told


def _counted(town: Story) -> None:
    """Four of five answered in time: that stands with the bodies' figures."""
    board = town.officer("冯静").opens("/evaluation/?all=1")
    assert board.part("迅捷维保", ("tr",)).endswith("0.0% 0.0% 1.00 — 0"), "late, never there, one star"
    assert board.part("区市场监管局", ("tr",)).endswith("100.0% 100.0% 5.00 — 0")
    assert "合计" in board.part("80.0% 80.0% 3.00", ("tr",))
