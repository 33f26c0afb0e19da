"""信息有误: what somebody says is wrong becomes a task of the entry's keeper, and ends with what came of it."""

from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.notices.models import Notice
from huying.people.actions import NewPost, create_account
from huying.services.actions import clear_reports, report_entry, settle
from huying.services.models import EntryReport
from huying.services.queries import facility_for, open_reports, reports_for
from huying.services.rules.kinds import EntryFault, Settling
from huying.texts.rules.occasions import Occasion
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET
from tests.services.conftest import Town, after

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told() -> set[int | None]:
    rows = Notice.objects.filter(occasion=Occasion.ENTRY_WRONG.value)
    return set(rows.values_list("account_id", flat=True))


def test_the_keeper_is_told_its_body_before_the_street(town: Town) -> None:
    def account(login: str, role: Role, area: str, body: int | None = None) -> int:
        made = create_account(
            town.cast.system, login, login, [NewPost(role, area, body)], MONDAY, password=None
        )
        return int(getattr(made, "id", made))

    street = account("street", Role.STREET_DISPATCHER, STREET)
    account("other", Role.STREET_DISPATCHER, OTHER_STREET)
    body = account("body", Role.DEPARTMENT_HANDLER, str(DISTRICT), town.cast.urban)
    report_entry(DISTRICT, town.stand("无主"), EntryFault.HOURS, "", after(hours=1))
    assert told() == {street}
    Notice.objects.all().delete()
    report_entry(DISTRICT, town.stand("市政", body_id=town.cast.urban), EntryFault.CLOSED, "", after(hours=1))
    assert told() == {body}


def test_a_report_waits_for_its_keeper_and_is_settled_once(town: Town) -> None:
    number = town.stand("春风路公厕")
    made = report_entry(DISTRICT, number, EntryFault.HOURS, "现在八点才开", MONDAY)
    assert report_entry(DISTRICT, number, EntryFault.HOURS, " 现在八点才开 ", after(hours=1)) == made
    (found,) = reports_for(town.cast.dispatcher)
    assert (found.facility.name, found.words, open_reports(town.cast.dispatcher)) == (
        "春风路公厕",
        "现在八点才开",
        1,
    )
    assert reports_for(town.cast.other_dispatcher) == []
    with pytest.raises(NotFound):
        settle(town.cast.other_dispatcher, made, Settling.MENDED, "", MONDAY)
    with pytest.raises(Denied):
        settle(town.cast.seat, made, Settling.MENDED, "", MONDAY)
    settle(town.cast.dispatcher, made, Settling.RIGHT, "看过了", after(hours=2))
    settle(town.cast.dispatcher, made, Settling.ENDED, "又来", after(hours=3))
    assert facility_for(town.cast.dispatcher, number).ended_at is None
    assert facility_for(town.cast.dispatcher, number).checked_at == after(hours=2)
    (done,) = reports_for(town.cast.dispatcher, settled=True)
    assert (done.settling, done.answer, done.settled_by) == (Settling.RIGHT, "看过了", "陈建国")


def test_what_is_there_no_more_is_taken_down_with_its_report(town: Town) -> None:
    number = town.stand("春风路公厕")
    made = report_entry(DISTRICT, number, EntryFault.CLOSED, "", MONDAY)
    settle(town.cast.dispatcher, made, Settling.ENDED, "", MONDAY)
    assert facility_for(town.cast.dispatcher, number).ended_why == "已经没有了"
    with pytest.raises(NotFound):
        report_entry(DISTRICT, number, EntryFault.HOURS, "", MONDAY)


def test_reports_are_bounded_and_say_something(town: Town) -> None:
    number = town.stand("春风路公厕")
    for fault, words in ((EntryFault.OTHER, " "), (EntryFault.HOURS, "长" * 301)):
        with pytest.raises(Invalid):
            report_entry(DISTRICT, number, fault, words, MONDAY)
    for turn in range(20):
        report_entry(DISTRICT, number, EntryFault.OTHER, f"第 {turn} 次", MONDAY)
    with pytest.raises(Conflict):
        report_entry(DISTRICT, number, EntryFault.OTHER, "第 20 次", MONDAY)


def test_words_go_ninety_days_after_they_were_settled(town: Town) -> None:
    number = town.stand("春风路公厕")
    made = report_entry(DISTRICT, number, EntryFault.OTHER, "门口有人收费", MONDAY)
    report_entry(DISTRICT, number, EntryFault.HOURS, "还没处理", MONDAY)
    settle(town.cast.dispatcher, made, Settling.RIGHT, "", MONDAY)
    assert clear_reports(DISTRICT, MONDAY + timedelta(days=89)) == 0
    assert clear_reports(DISTRICT, MONDAY + timedelta(days=90)) == 1
    assert set(EntryReport.objects.values_list("words", flat=True)) == {"", "还没处理"}
