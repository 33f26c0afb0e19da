"""The dispatch desk: one queue, a suggestion with reasons, one press, and the next case opens."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Entry, Order
from huying.cases.queries.lists.queue import lines_of
from huying.cases.tasks import index_words
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.loop.allocate.queries.alike import alike
from huying.web.dispatch.judging import STANDS, judge
from tests.cast import DISTRICT, GRID, OTHER_STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LON, LAT = 114.3, 22.7
METRE = 1 / 111_195
# Three of them are of every desk: what is unread, who is on duty, the filters one keeps; two find the same matter.
# The last one asks for drafts of replies that wait beside the case.
MOST_QUERIES = 22


def said(cast: Cast, text: str, *, north: float = 0.0, hours: float = 0.0) -> int:
    """The number of a new case, so many metres north of the corner and hours ago."""
    new = NewAppeal(text=text, channel="web", area=GRID, lon=LON, lat=LAT + north * METRE)
    return receive(DISTRICT, [new], by=cast.system, now=clock.now() - timedelta(hours=hours))[0].case_id


def number(case_id: int) -> str:
    return case_number(DISTRICT, case_id)


def decision(client: Client, case_id: int) -> tuple[dict[str, str], str]:
    """What the open decision form would send by itself, and the page."""
    page = client.get(f"/dispatch/?case={number(case_id)}").content.decode()
    form = page[page.index("data-decision") :]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)[:4])
    chosen = dict(re.findall(r'<input type="radio" name="(item|body)" value="([^"]+)" checked', form))
    hidden.pop("csrfmiddlewaretoken", None)
    return hidden | chosen, page


def test_one_press_files_and_dispatches_and_opens_the_next(dispatcher: Client, listed: Cast) -> None:
    first, second = said(listed, "路口污水井盖丢失，很危险"), said(listed, "楼下烧烤油烟扰民")
    sent, page = decision(dispatcher, first)
    assert "依据：" in page
    assert "首判" in page
    sent["next"] = sent["next"].replace("&amp;", "&")
    answer = dispatcher.post(f"/dispatch/{number(first)}/decision", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"/dispatch/?case={number(second)}"
    case = Case.objects.get(id=first)
    assert (case.state, case.item, case.body_id) == ("dispatched", sent["item"], int(sent["body"]))
    kept = Entry.objects.get(case_id=first, verb="dispatch").facts
    assert kept["source"] == "list"
    assert kept["reasons"]


def test_sent_twice_a_decision_is_taken_once(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "路口污水井盖丢失")
    sent, _page = decision(dispatcher, case_id)
    answers = [dispatcher.post(f"/dispatch/{number(case_id)}/decision", sent) for _again in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Order.objects.filter(case_id=case_id).count() == 1


def test_another_item_without_a_body_goes_where_that_item_belongs(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "楼下烧烤油烟扰民")
    sent, _page = decision(dispatcher, case_id)
    sent |= {"item": "010102", "body": ""}
    assert dispatcher.post(f"/dispatch/{number(case_id)}/decision", sent).status_code == 302
    case = Case.objects.get(id=case_id)
    assert case.item == "010102"
    assert case.body_id == listed.street_body


def test_a_dispatcher_may_know_better(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "路口污水井盖丢失")
    sent, _page = decision(dispatcher, case_id)
    sent |= {"body": "other", "body-other": str(listed.housing), "assists": [str(listed.water)]}
    assert dispatcher.post(f"/dispatch/{number(case_id)}/decision", sent).status_code == 302
    orders = dict(Order.objects.filter(case_id=case_id).values_list("body_id", "role"))
    assert orders == {listed.housing: "lead", listed.water: "assist"}
    assert Entry.objects.get(case_id=case_id, verb="dispatch").facts["source"] == "hand"


def test_who_comes_second_sees_what_the_first_did(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "路口污水井盖丢失")
    sent, _page = decision(dispatcher, case_id)
    advance((DISTRICT, case_id), Verb.NOTE, by=listed.dispatcher, now=clock.now(), note="已问过物业")
    answer = dispatcher.post(f"/dispatch/{number(case_id)}/decision", sent)
    assert answer.status_code == 409
    assert "已问过物业" in answer.content.decode()
    assert Case.objects.get(id=case_id).state == "received"


def test_words_find_other_items_without_scripts(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "楼下烧烤油烟扰民")
    sent, _page = decision(dispatcher, case_id)
    looked = dispatcher.post(
        f"/dispatch/{number(case_id)}/decision", sent | {"find": "item", "item-words": "井盖"}
    )
    assert 'value="010102"' in looked.content.decode()
    assert Case.objects.get(id=case_id).state == "received"
    found = dispatcher.get("/case/items", {"item-words": "井盖"}).content.decode()
    assert 'value="010102"' in found


def test_what_is_sure_goes_out_together(dispatcher: Client, listed: Cast, bold: None) -> None:
    ids = [said(listed, "路口污水井盖丢失"), said(listed, "楼下烧烤油烟扰民")]
    dispatcher.post("/dispatch/accept", {"case": [number(one) for one in ids]})
    assert set(Case.objects.filter(id__in=ids).values_list("state", flat=True)) == {"dispatched"}


def test_what_is_not_sure_is_left_to_a_person(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "有个事想说一下")
    answer = dispatcher.post("/dispatch/accept", {"case": [number(case_id)]}, follow=True)
    assert "把握不够" in answer.content.decode()
    assert Case.objects.get(id=case_id).state == "received"


def test_the_same_matter_is_found_by_meaning_place_and_time(listed: Cast) -> None:
    here = said(listed, "路口井盖丢了，晚上危险")
    near, late = said(listed, "井盖没了，路口", north=49), said(listed, "路口井盖没了", north=60, hours=50)
    far, other = said(listed, "路口井盖丢了", north=4000), said(listed, "楼下烧烤油烟扰民")
    long_ago = said(listed, "路口井盖丢了", hours=24 * 90)
    line = lines_of(listed.dispatcher, [here], clock.now())[0]
    found = [match.line.id for match in alike(listed.dispatcher, line, clock.now())]
    assert found[0] == near
    assert late in found
    assert not {here, far, other, long_ago} & set(found)


def _entries(*case_ids: int) -> list[Link]:
    return list(Entry.objects.filter(district=DISTRICT, case_id__in=case_ids))  # type: ignore[arg-type]


def test_what_may_be_the_same_is_found_by_words_too(dispatcher: Client, listed: Cast) -> None:
    here, far = said(listed, "路口井盖丢了"), said(listed, "学校门口井盖丢了", north=3000)
    index_words(DISTRICT, _entries(here, far), clock.now())
    for address in (f"/dispatch/{number(here)}/same?same=井盖", f"/dispatch/?case={number(here)}&same=井盖"):
        page = dispatcher.get(address).content.decode()
        assert f'name="other" value="{number(far)}"' in page
        assert "都说“" in page
    assert number(far) in dispatcher.get(f"/case/{number(here)}/alike?into-words=井盖").content.decode()
    nothing = dispatcher.get(f"/dispatch/{number(here)}/same?same=没有这样的词").content.decode()
    assert "没有找到" in nothing


def test_duplicates_are_brought_together(dispatcher: Client, listed: Cast) -> None:
    here, other = said(listed, "井盖丢了"), said(listed, "井盖没了")
    page = dispatcher.get(f"/dispatch/{number(here)}").content.decode()
    assert "可能是同一件事" in page
    dispatcher.post(f"/dispatch/{number(here)}/merge", {"other": [number(other)], "key": "1"})
    assert Case.objects.get(id=other).merged_into == here
    assert Case.objects.get(id=here).appeals == 2


def test_another_streets_queue_is_empty(listed: Cast) -> None:
    case_id = said(listed, "井盖丢了")
    client = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert "现在没有要分拨的案件" in client.get("/dispatch/").content.decode()
    assert client.get(f"/dispatch/{number(case_id)}").status_code == 404
    assert client.post(f"/dispatch/{number(case_id)}/decision", {}).status_code == 404


def test_a_longer_queue_asks_no_more(dispatcher: Client, listed: Cast) -> None:
    counts = []
    for more in (2, 10):
        for at in range(more):
            said(listed, f"第{at}处井盖丢了", north=1000 * at, hours=more)
        dispatcher.get("/dispatch/")
        with CaptureQueriesContext(connection) as asked:
            dispatcher.get("/dispatch/")
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 1
    assert counts[1] <= MOST_QUERIES


def test_what_the_street_handed_up_waits_at_the_district_and_no_longer_here(
    dispatcher: Client, listed: Cast
) -> None:
    kept, gone = said(listed, "路口污水井盖丢失"), said(listed, "三个小区都停水")
    advance((DISTRICT, gone), Verb.HAND_UP, by=listed.dispatcher, now=clock.now(), reason="街道没有这个职责")
    street = dispatcher.get("/dispatch/").content.decode()
    assert number(kept) in street
    assert number(gone) not in street
    district = desk(Role.DISTRICT_DISPATCHER, str(DISTRICT)).get("/dispatch/").content.decode()
    assert number(gone) in district


def test_a_case_is_judged_once_for_half_a_minute_and_anew_when_it_moved(listed: Cast) -> None:
    case_id, now = said(listed, "路口污水井盖丢失"), clock.now()
    line = lines_of(listed.dispatcher, [case_id], now)[0]
    first = judge(DISTRICT, [line], now)[case_id]
    assert judge(DISTRICT, [line], now + STANDS / 2)[case_id] is first
    assert judge(DISTRICT, [line], now + STANDS)[case_id] is not first
    advance((DISTRICT, case_id), Verb.FILE, by=listed.dispatcher, now=now, item="010101", kind="complaint")
    moved = lines_of(listed.dispatcher, [case_id], now)[0]
    assert judge(DISTRICT, [moved], now)[case_id].version > first.version


def test_two_decisions_at_once_stand_side_by_side(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "路口污水井盖丢失")
    mine, _page = decision(dispatcher, case_id)
    theirs = desk(Role.DISTRICT_DISPATCHER)
    other, _page = decision(theirs, case_id)
    assert (
        theirs.post(f"/dispatch/{number(case_id)}/decision", other | {"note": "先去围挡"}).status_code == 302
    )
    answer = dispatcher.post(f"/dispatch/{number(case_id)}/decision", mine | {"note": "请今天办"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "别人已经派出了" in page
    yours, meanwhile = page[page.index("您选的") :].split("这期间发生的", 1)
    assert "请今天办" in yours
    assert "先去围挡" in meanwhile
    assert "data-decision" not in page
    assert Order.objects.filter(case_id=case_id).count() == 1


def test_a_decision_overtaken_by_a_step_that_decides_nothing_is_sent_again_as_it_was(
    dispatcher: Client, listed: Cast
) -> None:
    case_id = said(listed, "路口污水井盖丢失")
    mine, _page = decision(dispatcher, case_id)
    advance((DISTRICT, case_id), Verb.NOTE, by=listed.system, now=clock.now(), note="来电催过")
    answer = dispatcher.post(f"/dispatch/{number(case_id)}/decision", mine | {"note": "请今天办"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "来电催过" in page
    form = page[page.index("data-decision") :]
    again = dict(re.findall(r'<input type="hidden" name="(expected|key)" value="([^"]*)"', form))
    assert "请今天办" in form
    assert dispatcher.post(f"/dispatch/{number(case_id)}/decision", mine | again).status_code == 302
    assert Case.objects.get(id=case_id).state == "dispatched"


def test_whoever_leads_does_not_assist_as_well(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "路口污水井盖丢失")
    sent, _page = decision(dispatcher, case_id)
    dispatcher.post(f"/dispatch/{number(case_id)}/decision", sent | {"assists": sent["body"]})
    assert "assists" not in Entry.objects.get(case_id=case_id, verb="dispatch").facts


def test_a_step_that_decides_nothing_leaves_the_case_open_and_one_that_does_opens_the_next(
    dispatcher: Client, listed: Cast
) -> None:
    first, second = said(listed, "路口污水井盖丢失，很危险"), said(listed, "楼下烧烤油烟扰民")
    page = dispatcher.get(f"/dispatch/?case={number(first)}").content.decode()
    after = dict(re.findall(r'/steps/([a-z_]+)\?next=%2Fdispatch%2F%3Fcase%3D([\d-]+)"', page))
    assert {after["note"], after["correct"], after["split"]} == {number(first)}
    assert {after["answer"], after["hand_up"], after["merge"]} == {number(second)}


def test_every_letter_of_the_help_stands_at_a_button_of_the_desk(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "路口污水井盖丢失，很危险")
    page = dispatcher.get(f"/dispatch/?case={number(case_id)}").content.decode()
    told = set(re.findall(r"<dt><kbd>([a-z])</kbd></dt>", page[page.index('id="keyboard-help"') :]))
    borne = set(re.findall(r'aria-keyshortcuts="([a-z])"', page))
    assert borne <= told
    assert {"a", "c", "r", "s", "b", "u", "i", "o", "m", "p"} <= borne
