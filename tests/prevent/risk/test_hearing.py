"""Danger in new appeals: kept once, told at once to who dispatches there, judged by persons."""

import csv
import io
from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.actions import NewAppeal, receive
from huying.cases.models import Case, Entry
from huying.kernel import clock
from huying.kernel.errors import Denied, NotFound
from huying.kernel.numbers import case_number
from huying.notices.models import Notice
from huying.prevent.risk import queries
from huying.prevent.risk.actions import judge, set_width
from huying.prevent.risk.models import RiskSignal, RiskWidth
from huying.prevent.risk.queries import counted, signals_for, width_of
from huying.prevent.risk.rules.kinds import RiskKind, Verdict, Width
from huying.prevent.risk.tasks import hear_new
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, actor
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRE = "三楼着火了，楼道全是烟"


def said(cast: Cast, text: str, *, hours: float = 0.0, area: str = GRID) -> int:
    new = NewAppeal(text=text, channel="web", area=area)
    return receive(DISTRICT, [new], by=cast.system, now=clock.now() - timedelta(hours=hours))[0].case_id


def hear(*case_ids: int) -> None:
    entries = list(Entry.objects.filter(district=DISTRICT, case_id__in=case_ids).order_by("case_id", "seq"))
    hear_new(DISTRICT, entries, clock.now())  # type: ignore[arg-type]


def test_what_was_heard_is_kept_once_and_told_once(cast: Cast) -> None:
    desk(Role.STREET_DISPATCHER, STREET)
    case_id, quiet = said(cast, FIRE), said(cast, "路灯不亮")
    state = Case.objects.get(id=case_id).state
    for _again in range(2):
        hear(case_id, quiet)
    signal = RiskSignal.objects.get()
    assert (signal.case_id, signal.kind, signal.urgency, signal.precise) == (
        case_id,
        "fire",
        "immediate",
        True,
    )
    told = Notice.objects.filter(occasion="risk")
    assert told.values("account_id", "way").distinct().count() == told.count() > 0
    assert Case.objects.get(id=case_id).state == state


def test_an_old_history_is_kept_and_nobody_called(cast: Cast) -> None:
    hear(said(cast, FIRE, hours=25))
    assert RiskSignal.objects.count() == 1
    assert not Notice.objects.filter(occasion="risk").exists()


def test_what_was_judged_is_counted_and_only_by_who_may(cast: Cast) -> None:
    hear(said(cast, FIRE), said(cast, "老板拖欠工资三个月"), said(cast, "仓库冒着黑烟"))
    now, ids = clock.now(), list(RiskSignal.objects.order_by("id").values_list("id", flat=True))
    judge(cast.dispatcher, ids[0], Verdict.RIGHT, now)
    judge(cast.dispatcher, ids[2], Verdict.RIGHT, now)
    judge(cast.dispatcher, ids[2], Verdict.WRONG, now)
    found = signals_for(cast.dispatcher, now, now - timedelta(days=1))
    counts = {one.kind: one for one in counted(found)}
    assert (counts[RiskKind.FIRE].heard, counts[RiskKind.FIRE].precision) == (2, 0.5)
    assert counts[RiskKind.WAGES].precision is None
    assert found[0].verdict is None
    assert "拖欠工资" in found[0].words[0]
    with pytest.raises(Denied):
        judge(cast.handler, ids[1], Verdict.RIGHT, now)
    with pytest.raises(NotFound):
        judge(cast.dispatcher, 10**9, Verdict.RIGHT, now)


def test_what_many_others_hear_hides_nothing_of_a_street(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST", 2)
    hear(said(cast, FIRE, hours=2))
    hear(*(said(cast, FIRE, area=f"{OTHER_STREET}001001") for _ in range(3)))
    found = signals_for(cast.dispatcher, clock.now(), clock.now() - timedelta(days=1))
    assert [one.line.area_name for one in found] == [found[0].line.area_name]
    assert len(signals_for(cast.supervisor, clock.now(), clock.now() - timedelta(days=1))) == 2


def test_a_wide_district_hears_what_only_may_be_danger(cast: Cast) -> None:
    case_id = said(cast, "电线乱拉，万一着火了怎么办")
    hear(case_id)
    assert not RiskSignal.objects.exists()
    RiskWidth.objects.create(district=DISTRICT, width=Width.WIDE, by_account=None, at=clock.now())
    assert width_of(DISTRICT) is Width.WIDE
    hear(case_id)
    assert RiskSignal.objects.get().precise is False
    with pytest.raises(Denied):
        set_width(cast.handler, Width.PRECISE, clock.now())
    assert width_of(DISTRICT) is Width.WIDE


def test_the_page_shows_the_words_and_takes_a_verdict(cast: Cast) -> None:
    case_id = said(cast, FIRE)
    hear(case_id)
    client = desk(Role.STREET_DISPATCHER, STREET)
    page = client.get(f"/risk/?number={case_number(DISTRICT, case_id)}").content.decode()
    assert "<mark>着火了" in page
    signal = RiskSignal.objects.get()
    assert client.post(f"/risk/{signal.id}/verdict", {"verdict": "right"}).status_code == 302
    assert RiskSignal.objects.get().verdict == "right"
    assert "100%" in client.get("/risk/").content.decode()
    assert client.post(f"/risk/{signal.id}/verdict", {"verdict": "x"}).status_code == 400
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert "着火了" not in other.get("/risk/").content.decode()
    assert other.post(f"/risk/{signal.id}/verdict", {"verdict": "wrong"}).status_code == 404
    assert RiskSignal.objects.get().verdict == "right"


def test_the_width_is_set_by_who_writes_the_rules(cast: Cast) -> None:
    dispatcher, client = desk(Role.STREET_DISPATCHER, STREET), desk(Role.ADMINISTRATOR)
    assert dispatcher.post("/risk/width", {"width": "wide"}).status_code == 403
    street = desk(Role.RULING_OFFICER, STREET)
    assert street.post("/risk/width", {"width": "wide"}).status_code == 403
    assert "就按这个" not in street.get("/risk/").content.decode()
    assert width_of(DISTRICT) is Width.PRECISE
    assert not Change.objects.filter(subject="risk").exists()
    for _again in range(2):
        assert client.post("/risk/width", {"width": "wide"}).status_code == 302
    assert width_of(DISTRICT) is Width.WIDE
    (told,) = Change.objects.filter(subject="risk")
    assert (told.before, told.after) == ({"宽严": "宁缺毋滥"}, {"宽严": "宁滥毋缺"})
    page = client.get("/risk/").content.decode()
    assert "改动记录" in page
    assert "没有听到风险" not in page  # Who reads no case is not told that there is none.
    assert "提示得宽还是严" in desk(Role.AUDITOR).get("/admin/audit/changes").content.decode()
    assert "改动记录" not in dispatcher.get("/risk/").content.decode()


def test_the_case_and_the_seat_show_it_while_it_matters(cast: Cast) -> None:
    case_id = said(cast, FIRE)
    page = (
        desk(Role.STREET_DISPATCHER, STREET).get(f"/case/{case_number(DISTRICT, case_id)}").content.decode()
    )
    assert "风险提示" in page
    assert "火、燃气、触电“着火了”" in page
    seat = desk(Role.SEAT)
    typed = seat.post("/seat/suggestions", {"text": FIRE}).content.decode()
    assert "特急" in typed
    assert "<mark>着火了</mark>" in typed
    assert "风险提示" not in seat.post("/seat/suggestions", {"text": "路灯不亮了好几天"}).content.decode()


def test_a_street_does_not_set_how_readily_the_district_hears(cast: Cast) -> None:
    street = actor("梁", 98, Role.RULING_OFFICER, STREET)
    with pytest.raises(Denied):
        set_width(street, Width.WIDE, MONDAY)
    assert width_of(DISTRICT) is Width.PRECISE


def test_the_file_holds_what_the_page_shows_with_the_words_that_spoke(cast: Cast) -> None:
    case_id = said(cast, FIRE)
    hear(case_id, said(cast, "老板拖欠工资三个月"))
    judge(cast.dispatcher, RiskSignal.objects.get(kind="fire").id, Verdict.RIGHT, clock.now())
    client = desk(Role.SUPERVISOR)

    def lines(asked: str) -> list[list[str]]:
        told = client.get(f"/export/risks?format=csv{asked}").content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(told, newline="")))[1:]

    number = case_number(DISTRICT, case_id)
    assert {row[4] for row in lines("")} == {"火、燃气、触电", "欠薪"}
    for asked in ("&kind=fire", f"&number={number}"):
        (row,) = lines(asked)
        assert (row[0], row[5], row[6], row[9]) == (number, "特急", "明白说了", "确有其事")
        assert "着火了" in row[7]
        assert client.get(f"/risk/?{asked}").context["export"].endswith(f"?{asked[1:]}&format=")
    assert desk(Role.SEAT).get("/export/risks?format=csv").status_code == 403
