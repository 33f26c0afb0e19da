"""先例 read together: contradictions are shown, and what differs from the list goes into its next edition."""

from copy import copy

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.catalogue.actions import load_starter
from huying.catalogue.models import Condition, Edition, Item
from huying.kernel import clock
from huying.loop.allocate.actions import record_precedent
from huying.loop.allocate.actions.ruling import NewPrecedent
from tests.cast import DISTRICT, GRID, MONDAY, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE = "/admin/catalogue/proposals"


@pytest.fixture
def officer(cast: Cast) -> Client:
    load_starter(cast.system, DISTRICT, MONDAY)
    return desk(Role.RULING_OFFICER)


def led_by_urban_management() -> Condition:
    found = (
        Condition.objects.filter(item__edition__number=1, lead="urban_management")
        .order_by("item__code")
        .first()
    )
    assert found is not None
    return found


def rule(cast: Cast, condition: Condition, body: int, case: int, area: str = STREET) -> int:
    code = condition.item.code
    new = NewPrecedent(code, area, body, case, 5, f"990101-{case:09d}", "现场管网归水务", condition.number)
    return record_precedent(new, by=cast.ruling_officer, now=clock.now())


def test_a_ruling_that_differs_from_the_list_goes_into_a_draft(cast: Cast, officer: Client) -> None:
    condition = led_by_urban_management()
    rule(cast, condition, cast.water, 1)
    page = officer.get(PAGE).content.decode()
    key = f"{condition.item.code}:{condition.number}"
    assert f'value="{key}"' in page
    answer = officer.post(PAGE, {"pick": key, f"duty-{key}": "water", "draft": ""})
    assert answer.status_code == 302
    draft = Edition.objects.get(number=2)
    changed = Condition.objects.get(
        item__edition=draft, item__code=condition.item.code, number=condition.number
    )
    assert changed.lead == "water"
    others = Item.objects.filter(edition=draft).count()
    assert others == Item.objects.filter(edition__number=1).count()
    live = Condition.objects.get(pk=condition.pk)
    assert live.lead == "urban_management", "what is in force is not touched"


def test_rulings_on_two_conditions_of_one_item_are_both_written(cast: Cast, officer: Client) -> None:
    first = led_by_urban_management()
    second = copy(first)
    second.pk, second.number = None, 99
    second.save(force_insert=True)
    for number, condition in enumerate((first, second), 1):
        rule(cast, condition, cast.water, number)
    keys = [f"{first.item.code}:{condition.number}" for condition in (first, second)]
    officer.post(PAGE, {"pick": keys, **{f"duty-{key}": "water" for key in keys}, "draft": ""})
    written = Condition.objects.filter(item__edition__number=2, item__code=first.item.code, lead="water")
    assert {one.number for one in written} == {first.number, 99}


def test_a_ruling_that_agrees_with_the_list_proposes_nothing(cast: Cast, officer: Client) -> None:
    rule(cast, led_by_urban_management(), cast.urban, 1)
    assert "没有要修订的" in officer.get(PAGE).content.decode()


def test_a_duty_that_the_body_does_not_bear_is_not_written(cast: Cast, officer: Client) -> None:
    condition = led_by_urban_management()
    rule(cast, condition, cast.water, 1)
    key = f"{condition.item.code}:{condition.number}"
    officer.post(PAGE, {"pick": key, f"duty-{key}": "police", "draft": ""})
    assert Edition.objects.count() == 1


def test_who_may_not_edit_the_list_sees_no_proposals(cast: Cast, officer: Client) -> None:
    assert desk(Role.SUPERVISOR).get(PAGE).status_code == 403


def test_contradicting_rulings_are_marked_and_told_to_who_rules(cast: Cast, officer: Client) -> None:
    condition = led_by_urban_management()
    rule(cast, condition, cast.water, 1)
    rule(cast, condition, cast.housing, 2, str(DISTRICT))
    page = officer.get("/admin/precedents?state=contrary").content.decode()
    assert page.count("另一条判给了别的单位") == 2
    new = NewAppeal(text="污水横流", channel="web", area=GRID)
    ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=clock.now())[0].case_id)
    advance(
        ref,
        Verb.FILE,
        by=cast.dispatcher,
        now=clock.now(),
        item=condition.item.code,
        condition=str(condition.number),
    )
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=clock.now(), body=cast.urban)
    advance(ref, Verb.DISPUTE, by=cast.handler, now=clock.now(), grounds="不归我们管")
    told = officer.get("/oversight/disputes").content.decode()
    assert "这些先例相互矛盾" in told
    assert told.index("水务局 · ") < told.index("住房和建设局 · "), (
        "the nearest, which dispatch follows, stands first"
    )
