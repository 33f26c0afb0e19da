"""年年堵的下水道：投诉、当年疏通、明年又堵，直到有人承诺改管并做到。The sewer that blocked every year."""

from collections.abc import Callable

import pytest

from tests.stories.narrator import Story
from tests.stories.people import Resident
from tests.stories.usual import mended, taken_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SAID = "3 栋门前路边的下水道堵了，污水冒出来流了一地，臭得没法开窗"
AGAIN = "3 栋门前路边的下水道又堵了，去年也是这个时候，污水漫到楼道口了"
CLEARED = (
    "陈阿婆您好，您反映的下水道堵塞问题收悉。经现场核实，情况属实，区水务局已疏通污水管、冲洗路面。"
    "感谢您的监督。"
)
FOR_GOOD = (
    "陈阿婆您好，您反映的下水道又堵问题收悉。经现场会诊核实，堵塞是门口一段旧管沉降、倒坡造成，"
    "今日已疏通、冲洗消毒。"
    "区水务局承诺 7 月 31 日前把这段管换成 400 毫米新管，换好后请您验收。感谢您的监督。"
)
DEMAND = "同一处连年堵，请到现场查清原因，商定根治办法。"
MINUTES = "管道机器人查看：40 米旧管沉降倒坡，积泥过半，年年一下大雨就堵。先疏通，再换管。"
CALLED = ("邓文博", "江涛", "吴经理")
PROMISE = "把 3 栋门口 40 米旧管换成 400 毫米新管"


def test_what_came_back_every_year_is_mended_for_good(story: Callable[[str], Story]) -> None:
    town = story("2025-06-12 08:40")
    granny = town.resident("陈阿婆", "13812340002")
    first = _cleared_as_every_year(town, granny)
    town.at("2026-06-15 08:10")
    granny.says(AGAIN, "学堂坡小区", photo=True)
    street = town.officer("陈建国")
    number = street.finds("又堵了", "/dispatch/")
    page = street.case(number)
    assert first in page.numbers, "the case of the year before is a click away"
    assert "这里三年内办过 1 件同样的事 2025-06-12" in page
    town.picture("sewer-again", street, f"/case/{number}", size="desk", part=".place")
    street.does(number, "派单", body="区水务局", assists=[])
    _met_on_the_spot(town, number)
    _promised_and_reported(town, granny, number)
    _kept(town, granny, number)


def _cleared_as_every_year(town: Story, granny: Resident) -> str:
    granny.says(SAID, "学堂坡小区", photo=True)
    number = town.officer("陈建国").finds("下水道堵了", "/dispatch/")
    assert "三年内办过" not in town.officer("陈建国").case(number)
    town.officer("陈建国").does(number, "派单", body="区水务局", assists=[])
    taken_on(town, number, "邓文博")
    town.later(hours=2)
    mended(town, number, "邓文博", "高压车疏通 40 米。", CLEARED)
    town.officer("周小芳").does(number, "回访：已解决", satisfaction="基本满意")
    assert "已办结" in granny.track()
    return number


def _met_on_the_spot(town: Story, number: str) -> None:
    """The street calls; within the hour all three have answered, and stand there with place and time."""
    street, lon_lat = town.officer("陈建国"), town.town.spots["学堂坡小区"]
    street.does(
        number, "呼叫到场", called=["区水务局", "区住建局", "安居乐物业"], demand=DEMAND, spot="3 栋门前"
    )
    taken_on(town, number, "邓文博")
    assert "呼叫区住建局到场，请在 6月15日 09:10前应答" in town.officer("江涛").told()
    town.at("2026-06-15 08:50")
    for who in CALLED:
        town.officer(who).does(number, "应答呼叫")
    town.at("2026-06-15 09:20")
    for who in CALLED:
        town.officer(who).does(number, "到场报到", lon=f"{lon_lat[0]}", lat=f"{lon_lat[1]}")
    town.at("2026-06-15 10:05")
    street.does(number, "记会诊纪要", minutes=MINUTES)
    street.does(
        number, "会诊分工", body="安居乐物业", task="换管期间设围挡、贴通知", promise_until="2026-06-20"
    )
    told = street.case(number).part("叫了")
    assert "叫了 3 家，应答 3，到场 3" in told
    assert told.count("现场报到") == 3
    town.picture("sewer-called", street, f"/case/{number}", size="desk", part=".calls")
    street.does(number, "结束呼叫")
    assert "会诊给安居乐物业分了工，6月20日 23:59前完成并报告" in town.officer("吴经理").told()


def _promised_and_reported(town: Story, granny: Resident, number: str) -> None:
    water, estate = town.officer("邓文博"), town.officer("吴经理")
    page = water.case(number)
    assert not page.has_button("反馈办结"), "the lead waits for the parts of the others"
    assert "会诊分工还没有办完：安居乐物业" in page
    estate.does(number, "报告兑现", result="已贴通知、设围挡。")
    mended(
        town,
        number,
        "邓文博",
        "疏通完成，换管列入七月计划。",
        FOR_GOOD,
        promise=PROMISE,
        promise_until="2026-07-31",
    )
    track = granny.track()
    assert f"承诺 ：{PROMISE} 兑现中" in track.text.replace("承诺：", "承诺 ：").replace(
        "兑现中", " 兑现中"
    ).replace("  ", " ")
    assert "设围挡" not in track, "what offices divide among themselves is not hers to follow"
    assert "7月31日前" in track
    town.picture("sewer-promise", granny, f"/track/{granny.receipt}", top=".promised")
    granny.judges(solved=True, words="希望说到做到")
    assert "已办结" in granny.track()


def _kept(town: Story, granny: Resident, number: str) -> None:
    """The clock of the promise goes on after the case is closed; it reminds, and it is kept in time."""
    town.at("2026-07-28 17:00")
    water = town.officer("邓文博")
    assert "承诺兑现时间过半，7月31日 23:59到期" in water.told()
    water.does(number, "报告兑现", photos=False, progress="新管已换好通水，请您验收。")
    assert "区水务局报告承诺已经兑现。没做到？15 天内点这里告诉我们" in granny.messages()[-1]
    track = granny.track()
    assert "已兑现" in track
    assert track.has_button("没有兑现"), "she may say otherwise for fifteen days"
    town.picture("sewer-kept", granny, f"/track/{granny.receipt}", top=".promised")
    town.at("2026-08-20 09:00")
    assert not granny.track().has_button("没有兑现")
    assert "已办结" in granny.track()
    anybody = town.resident("路人", "13812340099")
    assert "区水务局 兑现 100% 已兑现 1 项，没有兑现 0 项，还在兑现 0 项" in anybody.opens("/public/promises")
    town.picture("sewer-public", anybody, "/public/promises")
