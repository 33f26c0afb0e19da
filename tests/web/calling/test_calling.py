"""呼叫 and 承诺 through the pages: called by a dispatcher, answered on a phone, kept or not, read by everybody."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import advance, fire_due
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Called, Case, Promise
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.people.actions import NewBearing, set_bearings
from tests.cast import DISTRICT, STREET, Cast
from tests.web.case.pages import hidden, text
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def dispatcher(cast: Cast) -> Client:
    return desk(Role.STREET_DISPATCHER, STREET)


@pytest.fixture
def handler(cast: Cast) -> Client:
    return desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)


def way(case: Case, verb: Verb, **more: object) -> str:
    asked = "&".join(f"{name}={value}" for name, value in more.items())
    return f"/case/{case_number(case.district, case.id)}/steps/{verb.value}" + (f"?{asked}" if asked else "")


def take(client: Client, address: str, **given: object) -> int:
    page = text(client.get(address))
    # Advice on the reply has been read.
    fields = {name: value for name, value in hidden(page).items() if name != "unadvised"}
    return client.post(address.partition("?")[0], fields | given).status_code


def test_a_situation_brings_its_bodies_and_the_call_goes_out(
    cast: Cast, received: Case, dispatcher: Client, handler: Client
) -> None:
    set_bearings(cast.system, [NewBearing("sanitation", str(DISTRICT), cast.urban)], clock.now())
    at = way(received, Verb.CALL)
    given = hidden(text(dispatcher.get(at))) | {"situation": "01-01", "demand": "垃圾成堆，请到现场"}
    brought = text(dispatcher.post(at, given | {"bring": "1"}))
    assert f'value="{cast.urban}" checked' in brought
    assert "垃圾成堆，请到现场" in brought
    assert Called.objects.count() == 0
    assert dispatcher.post(at, given | {"called": [cast.urban, cast.water]}).status_code == 302
    page = text(dispatcher.get(f"/case/{case_number(DISTRICT, received.id)}"))
    assert "垃圾渣土成堆，责任不清" in page
    assert page.count("待应答") == 2
    assert "呼叫到场" in text(handler.get("/handling/")) or "应呼" in text(handler.get("/handling/"))
    listed = text(handler.get("/calls"))
    assert "垃圾成堆，请到现场" in listed


def test_reporting_in_keeps_the_distance_and_not_the_place(
    cast: Cast, received: Case, dispatcher: Client, handler: Client
) -> None:
    Case.objects.filter(id=received.id).update(lon=114.3, lat=22.7)
    assert take(dispatcher, way(received, Verb.CALL), called=[cast.urban], demand="请到场") == 302
    form = text(handler.get(way(received, Verb.ARRIVE)))
    assert "data-locate" in form
    sent = take(handler, way(received, Verb.ARRIVE), lon="114.3001", lat="22.7", accuracy="12")
    assert sent == 302
    assert Called.objects.get().metres == 10
    page = text(dispatcher.get(f"/case/{case_number(DISTRICT, received.id)}"))
    assert "现场报到" in page
    assert "距现场 10 米" in page
    assert "114.3001" not in page


def test_both_sides_judge_on_the_page(
    cast: Cast, received: Case, dispatcher: Client, handler: Client
) -> None:
    take(dispatcher, way(received, Verb.CALL), called=[cast.urban], demand="请到场")
    take(handler, way(received, Verb.ARRIVE))
    take(dispatcher, way(received, Verb.END_CALL))
    order = Called.objects.get().id
    assert take(dispatcher, way(received, Verb.RATE_CALL, order=order), stars="5", order=order) == 302
    assert take(handler, way(received, Verb.RATE_CALLER, order=order), stars="4", order=order) == 302
    page = text(dispatcher.get(f"/case/{case_number(DISTRICT, received.id)}"))
    assert "呼叫方评 5 星" in page
    assert "应呼单位评 4 星" in page


def test_a_part_is_given_at_the_consultation_and_done(
    cast: Cast, received: Case, dispatcher: Client, handler: Client
) -> None:
    take(dispatcher, way(received, Verb.CALL), called=[cast.urban], demand="请到场")
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    given = {"body": cast.urban, "task": "今晚清运", "promise_until": tomorrow}
    assert take(dispatcher, way(received, Verb.ASSIGN), **given) == 302
    assert "今晚清运" in text(handler.get("/promises"))
    mine = Promise.objects.get()
    refused = take(handler, way(received, Verb.KEEP_PROMISE), pledge=mine.id)
    assert refused == 400
    assert take(handler, way(received, Verb.KEEP_PROMISE), pledge=mine.id, result="已清运") == 302
    assert "今晚清运" in text(handler.get("/promises?of=kept"))


def test_a_promise_with_the_report_is_read_once_it_passed_its_check_and_may_be_denied(
    cast: Cast, signed: Case, handler: Client
) -> None:
    receipt = Appeal.objects.get().receipt
    given = {
        "result": "已铺草皮", "solved": "True", "season": "", "promise": "补种三棵树",
        "reply": "您好，接到反映后我们已到现场核实，已铺草皮，树按季节补种。",
        "promise_until": (clock.now() + timedelta(days=40)).date().isoformat(),
    }  # fmt: skip
    assert take(handler, way(signed, Verb.REPORT), **given) == 302
    resident = Client()
    resident.post("/track", {"receipt": receipt, "tail": "5678"})
    assert "补种三棵树" not in text(resident.get(f"/track/{receipt}"))
    ref = (DISTRICT, signed.id)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=clock.now())
    assert "补种三棵树" in text(resident.get(f"/track/{receipt}"))
    promise = Promise.objects.get()
    advance(
        ref, Verb.KEEP_PROMISE, by=cast.handler, now=clock.now(), pledge=promise.id, progress="三棵都种好了"
    )
    page = text(resident.get(f"/track/{receipt}"))
    assert "没有兑现" in page
    denial = f"/track/{receipt}/cases/{case_number(DISTRICT, signed.id)}/promises/{promise.id}/denial"
    assert Client().post(denial, {"words": "冒名"}).status_code == 404
    assert Promise.objects.get().state == "kept"
    assert resident.post(denial, {"words": "一棵也没种"}).status_code == 302
    assert Promise.objects.get().state == "broken"
    public = text(Client().get("/public/promises"))
    assert "没有兑现 1 项" in public
    assert "补种三棵树" not in public


def test_nobody_sees_calls_and_promises_of_cases_that_are_not_theirs(
    cast: Cast, signed: Case, dispatcher: Client
) -> None:
    take(dispatcher, way(signed, Verb.CALL), called=[cast.water], demand="只给叫到的单位看")
    until = clock.now() + timedelta(days=2)
    advance(
        (DISTRICT, signed.id),
        Verb.PROMISE,
        by=cast.handler,
        now=clock.now(),
        promise="先围挡",
        promise_until=until,
    )
    outsider = desk(Role.DEPARTMENT_HANDLER, body_id=cast.housing)
    assert "只给叫到的单位看" not in text(outsider.get("/calls"))
    assert "先围挡" not in text(outsider.get("/promises"))
    assert "先围挡" in text(desk(Role.SUPERVISOR).get("/promises"))


def test_lists_are_read_in_few_queries_however_long(
    cast: Cast, signed: Case, django_assert_max_num_queries: object
) -> None:
    client = desk(Role.SUPERVISOR)
    ref = (DISTRICT, signed.id)
    for n in range(6):
        until = clock.now() + timedelta(days=2 + n)
        advance(ref, Verb.PROMISE, by=cast.handler, now=clock.now(), promise=f"第{n}项", promise_until=until)
    client.get("/promises")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page = text(client.get("/promises"))
    assert page.index("第0项") < page.index("第5项")
    client.get("/calls")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        client.get("/calls")


@pytest.mark.parametrize(
    "query", ["after=x", "after=2026-01-01~1", "body=zz&kind=zz&of=zz&area=zz", "after=~"]
)
def test_what_an_address_does_not_say_well_is_answered(cast: Cast, query: str) -> None:
    client = desk(Role.SUPERVISOR)
    assert client.get(f"/promises?{query}").status_code in {200, 400}
    assert client.get(f"/calls?{query}").status_code == 200


def test_an_overdue_promise_is_on_the_list_of_the_broken(cast: Cast, signed: Case) -> None:
    until = clock.now() + timedelta(hours=3)
    advance(
        (DISTRICT, signed.id),
        Verb.PROMISE,
        by=cast.handler,
        now=clock.now(),
        promise="先围挡",
        promise_until=until,
    )
    while fire_due(until + timedelta(seconds=1)):
        pass
    client = desk(Role.SUPERVISOR)
    assert "先围挡" not in text(client.get("/promises"))
    assert "先围挡" in text(client.get("/promises?of=broken"))
