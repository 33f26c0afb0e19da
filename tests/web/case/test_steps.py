"""Steps taken from the page: forms made from the table, nothing typed is lost, nothing happens twice."""

from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import TABLE, Verb
from huying.cases.models import Attachment, Case, Entry, Order, Statement
from huying.cases.queries.page import case_for
from huying.kernel import clock
from huying.kernel.numbers import case_number
from tests.cast import COMMUNITY, DISTRICT, STREET, Cast
from tests.photos import jpeg
from tests.web.case.pages import address, hidden, names, text
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
REPLY = "您好，接到反映后我们已到现场核实，垃圾已清运，并加派保洁。"


def test_every_button_opens_a_form_that_asks_what_its_row_asks(signed: Case, cast: Cast) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    dispatcher = desk(Role.STREET_DISPATCHER, STREET)
    tried = 0
    for client, actor in ((handler, cast.handler), (dispatcher, cast.dispatcher)):
        for button in case_for(actor, DISTRICT, signed.id, clock.now()).buttons:
            asked = {"outcome": button.outcome or "", "order": button.order_id or ""}
            answer = client.get(f"{address(signed)}/steps/{button.verb.value}", asked)
            assert answer.status_code == 200, button
            shown = names(text(answer))
            for fact in button.asks:
                assert any(name == fact.name or name.startswith(f"{fact.name}-") for name in shown), fact
            tried += 1
    assert tried > 10


def test_a_step_without_a_button_is_refused(received: Case) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    assert client.get(f"{address(received)}/steps/dispatch").status_code == 409
    assert client.get(f"{address(received)}/steps/warn").status_code == 404
    assert client.get(f"{address(received)}/steps/nonsense").status_code == 404


def test_reporting_takes_words_and_photos_and_moves_the_case(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/report"
    given = {"result": "八点到场，清走两车。", "reply": REPLY, "solved": "True"}
    answer = client.post(way, hidden(text(client.get(way))) | given | {"photos": [jpeg("one.jpg")]})
    assert answer.status_code == 302, text(answer)[:3000]
    assert Case.objects.get(id=signed.id).state == "reported"
    assert set(Statement.objects.values_list("name", flat=True)) == {"result", "reply"}
    photo = Attachment.objects.get(case_id=signed.id)
    assert photo.stage == "after"
    seen = client.get(f"{address(signed)}/photos/{photo.id}")
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in seen["Cache-Control"]
    assert seen["X-Watermark"] in seen["Content-Disposition"]
    stranger = desk(Role.DEPARTMENT_HANDLER, body_id=cast.water)
    assert stranger.get(f"{address(signed)}/photos/{photo.id}").status_code == 404
    assert client.get(f"{address(signed)}/photos/{photo.id + 1}").status_code == 404


def test_sent_twice_it_happens_once(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/note"
    sent = hidden(text(client.get(way))) | {"note": "已到场"}
    assert [client.post(way, sent).status_code for _again in range(2)] == [302, 302]
    assert Entry.objects.filter(case_id=signed.id, verb="note").count() == 1


def test_what_is_missing_is_said_at_its_field_and_the_rest_stays(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/report"
    sent = hidden(text(client.get(way))) | {"result": "写了很多字", "photos": [jpeg("one.jpg")]}
    page = client.post(way, sent)
    assert page.status_code == 400
    assert "请填写公开答复" in text(page)
    assert "写了很多字" in text(page)
    assert text(page).count("传好了</figcaption>") == 1
    again = hidden(text(page)) | {"result": "写了很多字", "reply": REPLY, "solved": "True"}
    assert client.post(way, again).status_code == 302
    assert Attachment.objects.filter(case_id=signed.id).count() == 1


def test_a_reply_that_says_too_little_comes_back_with_the_reason(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/report"
    sent = hidden(text(client.get(way))) | {"result": "好", "reply": "好", "solved": "True"}
    page = client.post(way, sent)
    assert page.status_code == 400
    assert "答复太短" in text(page)


def test_a_weak_reply_is_shown_once_where_no_script_could_say_so_and_then_sent(
    signed: Case, cast: Cast
) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/report"
    weak = "经核实，您咨询的居住证已办理完成，请带证件到大厅领取。"
    given = {"result": "办好了", "reply": weak, "solved": "True", "photos": [jpeg("one.jpg")]}
    page = client.post(way, hidden(text(client.get(way))) | given)
    assert page.status_code == 200
    assert "答非所问" in text(page)
    assert "仍然发送" in text(page)
    assert Case.objects.get(id=signed.id).state == "handling"
    given.pop("photos")
    assert client.post(way, hidden(text(page)) | given).status_code == 302
    assert Case.objects.get(id=signed.id).state == "reported"
    assert client.post(f"{address(signed)}/reply-check", {"reply": weak}).status_code in {200, 404}


def test_who_comes_second_keeps_the_words_and_sees_what_happened(signed: Case, cast: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    way = f"{address(signed)}/steps/note"
    sent = hidden(text(client.get(way))) | {"note": "催过一次了"}
    advance((DISTRICT, signed.id), Verb.NOTE, by=cast.handler, now=clock.now(), note="正在清理")
    page = client.post(way, sent)
    assert page.status_code == 409
    assert "催过一次了" in text(page)
    assert "正在清理" in text(page)
    assert client.post(way, hidden(text(page)) | {"note": "催过一次了"}).status_code == 302


def test_a_step_that_is_over_leaves_the_words_to_copy(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/report"
    sent = hidden(text(client.get(way))) | {"result": "我写的经过", "reply": REPLY, "solved": "True"}
    facts = {"result": "别人写的", "reply": REPLY, "solved": True}
    advance((DISTRICT, signed.id), Verb.REPORT, by=cast.handler, now=clock.now(), **facts)
    page = client.post(way, sent)
    assert page.status_code == 409
    assert "我写的经过" in text(page)
    assert "不用办了" in text(page)


def test_one_press_signs(signed: Case, received: Case, cast: Cast) -> None:
    advance((DISTRICT, signed.id), Verb.ADD_BODY, by=cast.dispatcher, now=clock.now(), body=cast.water)
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.water)
    page = text(client.get(address(signed)))
    order = Order.objects.get(body_id=cast.water)
    assert f'name="order" value="{order.id}"' in page
    version = Case.objects.get(id=signed.id).length
    sent = {"expected": version, "key": "k", "order": order.id}
    assert client.post(f"{address(signed)}/steps/sign", sent).status_code == 302
    assert Order.objects.get(body_id=cast.water).state == "signed"


def test_filing_by_hand_sets_item_kind_and_place(received: Case) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    way = f"{address(received)}/steps/file"
    sent = hidden(text(client.get(way))) | {"item": "X7", "kind": "help", "area": received.area}
    assert client.post(way, sent).status_code == 302
    case = Case.objects.get(id=received.id)
    assert (case.state, case.item, case.kind) == ("filed", "X7", "help")


def test_splitting_asks_for_items_and_makes_cases(received: Case, cast: Cast) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    way = f"{address(received)}/steps/split"
    rows = {"parts-title": ["渣土", "破砖", ""], "parts-item": ["X1", "", ""]}
    page = client.post(way, hidden(text(client.get(way))) | rows)
    assert page.status_code == 400
    assert "渣土" in text(page)
    rows["parts-item"] = ["X1", "X2", ""]
    assert client.post(way, hidden(text(page)) | rows).status_code == 302
    assert set(Case.objects.filter(split_from=received.id).values_list("title", flat=True)) == {
        "渣土",
        "破砖",
    }


def test_merging_takes_a_case_number(received: Case, signed: Case, cast: Cast) -> None:
    from huying.cases.actions import NewAppeal, receive

    new = NewAppeal(text="又是垃圾", channel="web", area=COMMUNITY)
    other = receive(DISTRICT, [new], by=cast.system, now=clock.now())[0]
    client = desk(Role.STREET_DISPATCHER, STREET)
    way = f"/case/{case_number(DISTRICT, other.case_id)}/steps/merge"
    form = hidden(text(client.get(way)))
    sent = form | {"into": "other", "into-other": case_number(DISTRICT, signed.id)}
    assert client.post(way, sent).status_code == 302
    assert Case.objects.get(id=other.case_id).merged_into == signed.id
    assert client.post(way, form | {"into": "other", "into-other": "乱写"}).status_code in {400, 409}


def test_a_suspension_lasts_to_the_end_of_its_day(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/ask_suspension"
    until = (clock.now() + timedelta(days=30)).date()
    sent = hidden(text(client.get(way))) | {"reason": "列入改造计划", "until": until.isoformat()}
    assert client.post(way, sent).status_code == 302
    view = case_for(cast.handler, DISTRICT, signed.id, clock.now())
    delay = view.delays[0]
    assert delay.until is not None
    assert f"{delay.until.astimezone():%M}" == "59"


def test_it_does_not_lead_to_other_sites(signed: Case, cast: Cast) -> None:
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    way = f"{address(signed)}/steps/note"
    form = hidden(text(client.get(f"{way}?next=https://evil.example/")))
    assert form["next"] == address(signed)
    answer = client.post(way, form | {"note": "一", "next": "https://evil.example/"})
    assert answer["Location"] == address(signed)


def test_every_fact_of_the_table_has_a_field(signed: Case, cast: Cast) -> None:
    from huying.cases.lifecycle import FACTS
    from huying.web.case.steps.fields import Asking, field_for

    view = case_for(cast.dispatcher, DISTRICT, signed.id, clock.now())
    asking = Asking(cast.dispatcher, view, clock.now())
    machine = {"reasons", "source", "clock", "rung", "due_at", "parts", "basis"}
    asked = {name for step in TABLE for name in (*step.asks, *step.takes)} - machine
    for name in asked:
        assert field_for(FACTS[name], asking, required=True).label
