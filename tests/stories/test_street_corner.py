"""一个街角四件事：一次反映拆成四件，四家各办各的；绿化先铺草皮，树等季节种。

The street corner with four problems and four bodies: one report, four cases, each closed on its own day; turf now and
the trees in season.
"""

from collections.abc import Callable

import pytest

from tests.stories.narrator import Story
from tests.stories.people import Resident
from tests.stories.usual import mended, taken_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SAID = "书院路与文庙街口停满了车，旁边有人倒了一堆渣土，人行道砖碎了好几块，花坛也踩秃了，能不能一起管管"
PARTS = (
    # what it is called, item, who handles it, body, when it is done
    ("停满了车", "机动车违停", "马超", "区交警大队", "2025-11-03 11:20"),
    ("街口渣土成堆", "装修建筑垃圾", "秦刚", "区城管局", "2025-11-04 10:00"),
    ("街口地砖破损", "人行道破损", "石磊", "区市政中心", "2025-11-06 16:00"),
    ("街口绿地踩秃", "绿地缺损", "林青", "区园林中心", "2025-11-07 15:00"),
)
REPLY = "赵师傅您好，您反映的“{0}”问题收悉。经现场核实，情况属实，{1}已当场处置完毕，并安排专人巡查。感谢您的监督。"
TURF = (
    "赵师傅您好，您反映的花坛踩秃问题收悉。经现场核实，情况属实，区园林中心已铺草皮 12 平方米。"
    "现在天冷种不活树，春季补种香樟三棵。感谢您的监督。"
)
TREES = "补种三棵香樟"


def test_each_closes_on_its_own_day_and_the_trees_come_in_spring(story: Callable[[str], Story]) -> None:
    town = story("2025-11-03 09:10")
    man = town.resident("赵师傅", "13812340003")
    man.says(SAID, "书院路与文庙街口", photo=True)
    town.at("2025-11-03 09:20")
    numbers = _split(town)
    for (_title, _item, who, body, _at), number in zip(PARTS, numbers, strict=True):
        town.officer("陈建国").does(number, "派单", body=body, assists=[])
        taken_on(town, number, who)
    assert "您说的是 4 件事，分给不同单位办，各办各的，办完一件答复一件" in man.track()
    town.picture("corner-track", man, f"/track/{man.receipt}")

    for (title, _item, who, body, at), number in zip(PARTS[:3], numbers, strict=False):
        town.at(at)
        mended(town, number, who, f"{title}：已处置。", REPLY.format(title, body))
        man.judges(solved=True, part=title)
        assert "已结案" in _part(man, title)
        assert "处置中" in _part(man, PARTS[3][0]), "the others go on"

    town.at(PARTS[3][4])
    mended(town, numbers[3], "林青", "已铺草皮。", TURF, promise=TREES, season="2026年春季")
    man.judges(solved=True, part=PARTS[3][0])
    _kept_in_spring(town, man, numbers[3])
    _counted(town)


def _split(town: Story) -> list[str]:
    """One report becomes four cases; the first keeps the number."""
    street = town.officer("陈建国")
    number = street.finds("街口停满了车", "/dispatch/")
    street.does(number, "更正", item=PARTS[0][1])
    form = street.opens(f"/case/{number}/steps/split").form("拆分")
    form.values["parts-title"] = [title for title, *_ in PARTS[1:]]
    form.values["parts-words"] = [item for _title, item, *_ in PARTS[1:]]
    form.values["parts-item"] = ["", "", ""]
    page = street.sends(form, form.action)
    assert "请核对后再提交一次" in page, "a person reads the items before they count"
    page = street.sends(page.form("拆分"), page.address)
    assert "“拆分”已记入办理过程" in page
    parts = [street.finds(title, "/dispatch/") for title, *_ in PARTS[1:]]
    assert number in street.case(parts[0]), "a part leads back to what it was split from"
    town.picture("corner-split", street, f"/dispatch/?case={parts[2]}", size="desk")
    return [number, *parts]


def _part(man: Resident, title: str) -> str:
    """What the track says of the case so called."""
    return next(
        one.text for one in man.track().top.all("section") if title in one.text and "已派单" in one.text
    )


def _kept_in_spring(town: Story, man: Resident, number: str) -> None:
    told = _part(man, TREES)
    assert "兑现中" in told
    assert "2026年春季结束前" in told
    town.picture("corner-promise", man, f"/track/{man.receipt}", part=f"section.panel:has-text('{TREES}')")
    town.at("2026-03-12 10:00")
    green = town.officer("林青")
    green.does(number, "报告兑现", progress="三棵香樟今天种好了，浇了定根水。", photos=False)
    assert "已兑现" in _part(man, TREES)
    assert "三棵香樟今天种好了" in _part(man, TREES)
    assert "报告承诺已经兑现" in man.messages()[-1]
    town.at("2026-06-02 09:00")
    assert "已结案" in _part(man, TREES), "what was kept opens nothing again"


def _counted(town: Story) -> None:
    """Four bodies, one case each, every one in time; one promise, kept."""
    board = town.officer("冯静").opens("/evaluation/?span=days&since=2025-11-01&until=2025-11-30")
    for _title, _item, _who, body, _at in PARTS:
        assert f"{body} 100.00 100.0% 100.0% 100.0%" in board.part(body, ("tr",))
