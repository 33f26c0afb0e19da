"""小学门口的斑马线：家长早上说，第二天早上就能放心过。The zebra crossing by the school settled in 24 hours."""

from collections.abc import Callable

import pytest

from tests.stories.narrator import Story
from tests.stories.usual import mended, taken_on

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
SAID = "书院小学门口的斑马线掉色看不清了，早上送孩子过马路车都不让，太危险了"
REPLY = (
    "王女士您好，您反映的斑马线不清问题收悉。经现场核实，书院小学门口标线磨损属实。"
    "交警大队已于当晚封闭半幅路面，重新施划斑马线并增设让行标志，今早已请学校一同查看。感谢您的监督。"
)


def test_the_crossing_is_painted_within_a_day(story: Callable[[str], Story]) -> None:
    town = story("2026-03-03 07:52")
    mother = town.resident("王女士", "13812340001")
    town.picture("crossing-report", mother, "/report")
    receipt = mother.says(SAID, "书院小学", photo=True)
    assert "最晚 3月3日 12:00 前受理" in receipt
    town.at("2026-03-03 08:10")
    street, traffic = town.officer("陈建国"), town.officer("马超")
    number = street.finds("斑马线", "/dispatch/")
    town.picture("crossing-dispatch", street, f"/dispatch/?case={number}", size="desk")
    page = street.does(number, "派单", body="区交警大队")
    assert "清单：“标志标线”由区交警大队牵头" in page, "why it goes there"
    assert "派给区交警大队" in traffic.told()

    town.at("2026-03-03 08:35")
    taken_on(town, number, "马超")
    traffic.does(number, "记录进展", progress="今晚车少的时候施划，明早上学前能用。")
    assert "明早上学前能用" in mother.messages()[-1]
    town.at("2026-03-04 06:50")
    mended(town, number, "马超", "3 日 23 时至 4 日 2 时施划完成，增设停车让行标志两块。", REPLY)
    town.at("2026-03-04 07:40")
    assert "办好了，请您评价" in mother.track()
    town.picture("crossing-track", mother, f"/track/{mother.receipt}")
    assert "谢谢您的评价" in mother.judges(solved=True, speed=5, effect=5)
    assert "已办结" in mother.track()
    assert "您说解决了3月4日 07:40" in mother.track()
    _shown_to_all(town)


def _shown_to_all(town: Story) -> None:
    """The figures of the day, and the answer on the page that everybody reads, without who asked."""
    row = town.officer("冯静").opens("/evaluation/").part("区交警大队", ("tr",))
    assert row == "— 不足 5 件 区交警大队 100.00 100.0% 100.0% 100.0% 100.0% 0.0% 23.8 1", (
        "closed 23.8 hours after it was said"
    )
    page = town.resident("路人", "13812340099").opens("/public")
    assert "重新施划斑马线并增设让行标志" in page
    assert "王女士" not in page
