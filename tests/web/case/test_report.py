"""A case's whole report on paper: facts, course, orders, replies; the caller masked; printing it is in the audit."""

import pytest

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.people.actions import ensure_callers
from huying.people.models import Viewing
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def number(cast: Cast) -> str:
    caller = ensure_callers(DISTRICT, [("张小三", "13812345678")], clock.now())[0]
    new = NewAppeal(text="春风路垃圾没人收", channel="web", area=GRID, caller_id=caller)
    ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=clock.now())[0].case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=clock.now(), item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=clock.now(), body=cast.urban, note="先清再查")
    return case_number(DISTRICT, ref[1])


def test_the_report_tells_the_whole_course_and_no_caller(number: str) -> None:
    page = desk(Role.STREET_DISPATCHER, STREET).get(f"/case/{number}/report").content.decode()
    for said in (
        "诉求办理情况报告",
        number,
        "春风路垃圾没人收",
        "城市管理局",
        "先清再查",
        "派单",
        "办理链校验码",
    ):
        assert said in page, said
    assert "张小三" not in page
    assert "13812345678" not in page
    assert page.index("立案") < page.index("先清再查")
    kept = Viewing.objects.get(kind="export")
    assert (kept.what, kept.case_id is not None) == ("打印办理情况报告", True)


def test_who_may_not_see_the_case_gets_no_report(number: str) -> None:
    assert desk(Role.STREET_DISPATCHER, OTHER_STREET).get(f"/case/{number}/report").status_code == 404
    assert not Viewing.objects.filter(kind="export").exists()


def test_it_is_english_for_who_reads_english(number: str) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    client.post("/language", {"language": "en"})
    assert "Report on a case" in client.get(f"/case/{number}/report").content.decode()


@pytest.mark.parametrize("address", ["/oversight/?paper=1", "/evaluation/?paper=1&span=quarter"])
def test_a_board_is_printed_with_its_period_and_who_printed_it(number: str, address: str) -> None:
    page = desk(Role.SUPERVISOR).get(address).content.decode()
    assert "data-print" in page
    assert "督办员" in page
    assert "呼应区" in page
