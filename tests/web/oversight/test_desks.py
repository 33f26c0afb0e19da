"""Disputes, applications for time and checks: each beside its case, decided by the step's own form."""

from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.models import Attachment, Case, CaseAppeal, Clock
from huying.cases.queries.page import CaseView, case_for
from huying.catalogue.rules.kinds import Evidence
from huying.web.case.steps import offers
from huying.web.drawing import moment
from huying.web.oversight import handed_in, waiting
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast
from tests.web.desks import desk
from tests.web.matters import REPLY, handled, indexed, number, reported

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = MONDAY + timedelta(minutes=40)


def _disputed(cast: Cast) -> Case:
    case = handled(cast, reasons=["清单：“占道垃圾”由城市管理局牵头"])
    facts = {"grounds": "这条路归水务局管养", "proposed": cast.water}
    return advance((DISTRICT, case.id), Verb.DISPUTE, by=cast.handler, now=LATER, **facts)


def _step(case: Case, **facts: str) -> dict[str, str]:
    case.refresh_from_db()
    return {"expected": str(case.length), "key": "k1", **facts}


def test_a_dispute_shows_its_grounds_and_is_ruled_from_its_desk(cast: Cast) -> None:
    case, office = _disputed(cast), desk(Role.RULING_OFFICER)
    page = office.get("/oversight/disputes").content.decode()
    assert "这条路归水务局管养" in page
    assert "水务局" in page
    back = "/oversight/disputes?"
    ruled = office.post(
        f"/case/{number(case)}/steps/rule",
        _step(case, outcome="upheld", ruling="按清单归水务局", body=str(cast.water), next=back),
    )
    assert (ruled.status_code, ruled.headers["Location"]) == (302, back)
    case.refresh_from_db()
    assert case.body_id == cast.water
    assert "没有待裁定的争议" in office.get("/oversight/disputes").content.decode()


def test_both_sides_of_a_dispute_stand_beside_it(cast: Cast) -> None:
    _disputed(cast)
    page = desk(Role.RULING_OFFICER).get("/oversight/disputes").content.decode()
    sides = page.split("双方怎么说", 1)[1].split("</section>", 1)[0]
    assert "这条路归水务局管养" in sides
    assert "<dt>派单</dt>" in sides
    assert "清单：“占道垃圾”由城市管理局牵头" in sides


def test_a_ruling_asks_first_whose_it_is_and_says_how_far_it_binds(cast: Cast) -> None:
    case = _disputed(cast)
    asked = {"outcome": "upheld"}
    form = desk(Role.RULING_OFFICER).get(f"/case/{number(case)}/steps/rule", asked).content.decode()
    assert form.index("改派单位") < form.index("裁定意见") < form.index("先例范围")
    assert "不选就只管这一件" in form


def test_htmx_asks_for_the_case_alone(cast: Cast) -> None:
    case, office = _disputed(cast), desk(Role.RULING_OFFICER)
    part = office.get(
        f"/oversight/disputes?case={number(case)}", headers={"HX-Request": "true"}
    ).content.decode()
    assert "这条路归水务局管养" in part
    assert "<html" not in part


def test_an_application_goes_to_the_first_and_then_to_another_person(cast: Cast) -> None:
    case = handled(cast)
    ref = (DISTRICT, case.id)
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="要等设备到货")
    first, leader = desk(Role.STREET_DISPATCHER, STREET), desk(Role.SUPERVISOR)
    asker = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    assert "延期 · 待初审" in asker.get(f"/case/{number(case)}").content.decode()
    assert "要等设备到货" in first.get("/oversight/delays").content.decode()
    assert "要等设备到货" not in leader.get("/oversight/delays").content.decode()
    agreed = first.post(f"/case/{number(case)}/steps/recommend", _step(case, outcome="agreed"))
    assert agreed.status_code == 302
    assert "要等设备到货" not in first.get("/oversight/delays").content.decode()
    page = leader.get("/oversight/delays").content.decode()
    assert "延期 待终审" in page
    assert "现在的期限" in page
    assert "从现在的期限起再加" in page
    given = leader.post(f"/case/{number(case)}/steps/approve", _step(case, outcome="extended"))
    assert given.status_code == 302
    clock = Clock.objects.get(case_id=case.id, kind=ClockKind.HANDLE)
    assert f"{moment(clock.due_at)}（从现在的期限起再加" in page
    assert "街道分拨员" in page


def test_a_check_puts_the_report_beside_the_standard(cast: Cast) -> None:
    case, supervisor = reported(cast), desk(Role.SUPERVISOR)
    page = supervisor.get("/oversight/checks").content.decode()
    assert REPLY in page
    assert "报已解决" in page
    assert f"/case/{number(case)}/steps/check?outcome=passed" in page.replace("&amp;", "&")


def test_a_check_says_which_of_the_demanded_pieces_was_not_handed_in(cast: Cast) -> None:
    case = reported(cast)
    view = _view(case, cast)
    kinds = (Evidence.AFTER, Evidence.REPLY, Evidence.CALL, Evidence.TEST)
    assert [handed_in.piece(view, kind).there for kind in kinds] == [False, True, False, None]
    kept = {"district": DISTRICT, "sha256": "0" * 64, "width": 1, "height": 1, "size": 1, "created_at": LATER}
    Attachment.objects.create(id=2, case_id=case.id, seq=1, stage="after", path="b.jpg", **kept)
    assert handed_in.piece(_view(case, cast), Evidence.AFTER).said == "1 张"


def test_another_street_sees_none_of_it(cast: Cast) -> None:
    reported(cast)
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert "没有待核查的案件" in other.get("/oversight/checks").content.decode()
    advance((DISTRICT, handled(cast).id), Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="等配件")
    assert "没有待批的申请" in other.get("/oversight/delays").content.decode()


@pytest.mark.parametrize("address", ["/oversight/disputes", "/oversight/delays", "/oversight/checks"])
def test_a_desk_is_closed_to_those_whose_work_it_is_not(cast: Cast, address: str) -> None:
    assert desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban).get(address).status_code == 403


def test_a_list_costs_the_same_however_long_it_is(cast: Cast, django_assert_max_num_queries: object) -> None:
    for _ in range(4):
        _disputed(cast)
    office = desk(Role.RULING_OFFICER)
    office.get("/oversight/disputes")
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        office.get("/oversight/disputes")
    indexed(LATER)
    asked = f"/oversight/disputes?area={STREET}&q=垃圾&kind=complaint&body={cast.urban}"
    assert office.get(asked).text.count("data-opens") == 4
    # What words find costs two questions more.
    with django_assert_max_num_queries(36):  # type: ignore[operator]
        office.get(asked)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("", True), (f"area={STREET}", True), (f"area={OTHER_STREET}", False), ("q=垃圾", True), ("q=噪声", False),
        ("body={urban}", True), ("body={water}", False), ("lamp=red", True), ("lamp=green", False),
        ("body=nonsense&area=x&ask=any&step=any&closed=1", True),
    ],
)  # fmt: skip
def test_what_waits_is_narrowed_by_its_address(cast: Cast, asked: str, *, there: bool) -> None:
    _disputed(cast)
    advance((DISTRICT, handled(cast).id), Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="要等设备")
    indexed(LATER)
    query = asked.format(urban=cast.urban, water=cast.water)
    for role, area, page in (
        (Role.RULING_OFFICER, str(DISTRICT), "disputes"),
        (Role.STREET_DISPATCHER, STREET, "delays"),
    ):
        client = desk(role, area)
        shown = client.get(f"/oversight/{page}?{query}").text
        assert ("data-opens" in shown) is there
        assert ("没有符合条件的案件" in shown) is not there
        rows = client.get(f"/export/{page}?{query}&format=csv").text.splitlines()
        assert (len(rows) == 2) is there


@pytest.mark.parametrize(
    ("asked", "there"),
    [("ask=extension", True), ("ask=suspension", False), ("step=asked", True), ("step=recommended", False)],
)
def test_applications_are_asked_for_by_sort_and_step(cast: Cast, asked: str, *, there: bool) -> None:
    advance((DISTRICT, handled(cast).id), Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="要等设备")
    page = desk(Role.STREET_DISPATCHER, STREET).get(f"/oversight/delays?{asked}").text
    assert ("data-opens" in page) is there
    assert 'name="list" value="delays"' in page


def test_an_objection_is_ruled_away_from_who_objects_and_first_to_whom_they_name(cast: Cast) -> None:
    case, office = _disputed(cast), desk(Role.RULING_OFFICER)
    form = office.get(f"/case/{number(case)}/steps/rule?outcome=upheld").content.decode()
    assert f'value="{cast.water}" selected' in form
    assert f'name="body" value="{cast.urban}"' not in form


def _view(case: Case, cast: Cast) -> CaseView:
    return case_for(cast.supervisor, DISTRICT, case.id, LATER)


def test_whoever_has_the_case_is_not_offered_as_somebody_else(cast: Cast) -> None:
    held = _view(_disputed(cast), cast)
    found = [offers.Offer(str(cast.urban), "城管"), offers.Offer(str(cast.water), "水务")]
    assert [one.value for one in offers.others_than_now(held, found)] == [str(cast.water)]


def test_a_check_shows_the_callers_photos_before_and_the_bodys_after(cast: Cast) -> None:
    case = handled(cast)
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    kept = {"district": DISTRICT, "sha256": "0" * 64, "width": 1, "height": 1, "size": 1, "created_at": LATER}
    Attachment.objects.create(id=1, appeal_id=appeal, stage="appeal", path="a.jpg", **kept)
    Attachment.objects.create(id=2, case_id=case.id, seq=1, stage="after", path="b.jpg", **kept)
    _step, before, after = waiting.reported(_view(case, cast))
    assert [one.src for one in before] == [f"/case/{number(case)}/photos/1"]
    assert [one.src for one in after] == [f"/case/{number(case)}/photos/2"]


def test_a_case_that_does_not_wait_here_never_opens_another(cast: Cast) -> None:
    case, office = _disputed(cast), desk(Role.RULING_OFFICER)
    page = office.get("/oversight/disputes?case=440310-000000001").content.decode()
    assert "440310-000000001 不在这里等您办了" in page
    assert number(case) in page
    assert "这条路归水务局管养" not in page.split('id="pane"')[1]


def test_checks_are_narrowed_by_their_address_counted_and_taken_away_as_they_are_shown(cast: Cast) -> None:
    case, office = reported(cast), desk(Role.DISTRICT_DISPATCHER)
    page = office.get("/oversight/checks").content.decode()
    assert "本页 1 件" in page
    assert "共 1 件" in page
    narrowed = office.get(f"/oversight/checks?area={OTHER_STREET}").content.decode()
    assert "没有符合条件的案件" in narrowed
    assert "data-filters" in narrowed
    assert "存为常用" in office.get("/oversight/checks?lamp=red").content.decode()
    taken = office.get(f"/export/checks?area={OTHER_STREET}&format=csv").content.decode("utf-8-sig")
    assert number(case) not in taken
    assert number(case) in office.get("/export/checks?format=csv").content.decode("utf-8-sig")
