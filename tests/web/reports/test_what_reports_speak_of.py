"""A report speaks of calls, promises and emergencies that happened in its days, and each number opens to its cases."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import advance, fire_due
from huying.cases.lifecycle import Verb
from huying.cases.models import Promise
from huying.emergency.actions import hand_outside, open_card, stand_down, write_review
from huying.reports.actions import write_anew
from huying.reports.models import Report
from huying.reports.rules.doc import plain
from huying.reports.rules.kinds import ReportKind
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast
from tests.emergency.conftest import alarm
from tests.reports.conftest import NOW, counted, live
from tests.teams.conftest import draw
from tests.web.desks import desk
from tests.web.numbers import walked

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AREA = str(DISTRICT)
SUNDAY = date(2026, 3, 8)


def lived(cast: Cast) -> None:
    """A call that one answered, two did not, a promise kept and one broken, two emergencies."""
    draw(cast)
    ref = (DISTRICT, live(cast, MONDAY, closed=False))

    def step(verb: Verb, by: Any, minutes: float, **facts: Any) -> None:
        advance(ref, verb, by=by, now=MONDAY + timedelta(minutes=minutes), **facts)

    step(
        Verb.CALL,
        cast.dispatcher,
        20,
        called=[cast.urban, cast.water],
        demand="请到现场会商",
        spot="春风路 5 号",
    )
    step(Verb.ANSWER_CALL, cast.handler, 30)
    step(Verb.ARRIVE, cast.handler, 32)
    for words, day in (("先围挡", 1), ("再铺路", 2)):
        until = MONDAY + timedelta(days=day)
        step(Verb.PROMISE, cast.handler, 40, promise=words, promise_until=until)
    while fire_due(MONDAY + timedelta(hours=3)):
        pass
    step(Verb.KEEP_PROMISE, cast.handler, 200, pledge=_promises()[0], progress="已围挡。")
    while fire_due(MONDAY + timedelta(days=4)):
        pass
    first = open_card(cast.seat, alarm(), MONDAY + timedelta(days=4))
    at = MONDAY + timedelta(days=4, minutes=5)
    hand_outside(cast.seat, first.id, "120", "JJ-1", "一人昏迷", at, "form-1", at)
    stand_down(cast.district_dispatcher, first.id, "已送医", at + timedelta(minutes=9))
    second = open_card(cast.seat, alarm("fire", "k-2"), MONDAY + timedelta(days=5))
    stand_down(cast.district_dispatcher, second.id, "已扑灭", MONDAY + timedelta(days=5, minutes=9))
    write_review(cast.district_dispatcher, second.id, "楼道堆物", "", MONDAY + timedelta(days=5, hours=1))


def _promises() -> list[int]:
    return list(Promise.objects.order_by("id").values_list("id", flat=True))


def words_of(number: int, language: str = "zh-hans") -> str:
    blocks = Report.objects.get(pk=number).text[language]["blocks"]
    return "\n".join(plain(block["p"]) for block in blocks if "p" in block)


def test_calls_promises_and_emergencies_are_told_with_their_numbers(cast: Cast) -> None:
    lived(cast)
    counted()
    number = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    said = words_of(number)
    assert "本周发起呼叫 1 次，呼叫单位 3 家次。" in said
    assert "时限内应答 1 家次，超时 2 家次。" in said
    assert "超时未应答的单位：水务局 1 次、青石街道办事处 1 次。" in said
    assert "从呼叫到报到用时为 12 分钟" in said
    assert "本周作出承诺 2 件。报告兑现 1 件，未兑现 1 件。" in said
    assert "至今没有补办的 1 件。" in said
    assert "本周启动应急 2 起：" in said
    assert "移交外部力量：120 1 起。" in said
    assert "已解除、尚未复盘 1 起。" in said
    english = words_of(number, "en")
    assert "Emergencies this week: 2" in english
    assert "Bodies that did not answer in time" in english
    numbers = {one["code"]: one["value"] for one in Report.objects.get(pk=number).numbers}
    assert (numbers["called"], numbers["promise_broken"], numbers["emergencies"]) == (3, 1, 2)
    opened, wrong = walked(desk(Role.SUPERVISOR), f"/reports/{number}")
    assert wrong == []
    assert opened >= 20


def test_a_street_hears_of_its_own_alone(cast: Cast) -> None:
    lived(cast)
    counted()
    own = words_of(write_anew(cast.evaluator, ReportKind.WEEK, STREET, SUNDAY, NOW))
    other = words_of(write_anew(cast.evaluator, ReportKind.WEEK, OTHER_STREET, SUNDAY, NOW))
    assert "发起呼叫 1 次" in own
    assert not any(word in other for word in ("呼叫", "承诺", "应急"))


def test_what_is_archived_stays_as_it_was_when_more_happens(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    number = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    before = Report.objects.filter(pk=number).values("text", "numbers", "measures").get()
    lived(cast)
    assert Report.objects.filter(pk=number).values("text", "numbers", "measures").get() == before
    page = desk(Role.SUPERVISOR).get(f"/reports/{number}").text
    assert "呼叫到场" not in page.partition("<main")[2]


def test_what_it_costs_does_not_grow_with_calls_and_emergencies(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
        return len(queries)

    lived(cast)
    counted()
    cost()
    few = cost()
    for hour in range(4):
        card = open_card(cast.seat, alarm("lift", f"more-{hour}"), MONDAY + timedelta(days=3, hours=hour))
        stand_down(
            cast.district_dispatcher, card.id, "已解困", MONDAY + timedelta(days=3, hours=hour, minutes=9)
        )
    assert cost() <= few + 4
