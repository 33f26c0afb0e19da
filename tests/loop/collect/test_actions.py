"""Taking in a batch: one wrong member hinders no other, callers and places are known."""

import pytest
from shapely.geometry import box

from huying.access.actor import system
from huying.cases.actions import Receipt
from huying.cases.queries.track import track
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid, NotFound, OutsideDistrict
from huying.loop.collect.actions import collect
from huying.loop.collect.rules import AppealForm
from huying.people.queries import phone_ends_with
from huying.places.actions import put_areas, put_district
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import DISTRICT, MONDAY, STREET

BY = system(DISTRICT)


def form(text: str = "垃圾没人收", **more: object) -> AppealForm:
    return AppealForm(text=text, channel="api", **more)  # type: ignore[arg-type]


@pytest.fixture
def drawn(db: None):
    forget(DISTRICT)
    put_district(DISTRICT, "呼应区", lon=114.25, lat=22.65)
    whole, street = box(114.2, 22.6, 114.3, 22.7), box(114.2, 22.6, 114.25, 22.7)
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, whole, str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, street, STREET, str(DISTRICT)),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    yield
    forget(DISTRICT)


def test_each_member_is_answered_for_itself(drawn) -> None:
    forms = [form(), form(""), form("路灯不亮", lon=120.0, lat=30.0), form("积水", lon=114.21, lat=22.65)]
    kept, wrong, outside, placed = collect(DISTRICT, forms, BY, MONDAY)
    assert isinstance(kept, Receipt)
    assert isinstance(wrong, Invalid)
    assert set(wrong.fields) == {"text"}
    assert isinstance(outside, OutsideDistrict)
    assert isinstance(placed, Receipt)
    assert track(placed.receipt, MONDAY).lon == pytest.approx(114.21)


@pytest.mark.parametrize("datum", list(Datum))
def test_a_position_is_kept_in_the_national_datum(drawn, datum: Datum) -> None:
    lon, lat = convert(114.21, 22.65, Datum.CGCS2000, datum)
    answer = collect(DISTRICT, [form(lon=lon, lat=lat, datum=datum.value)], BY, MONDAY)[0]
    assert isinstance(answer, Receipt)
    found = track(answer.receipt, MONDAY)
    assert (found.lon, found.lat) == (pytest.approx(114.21, abs=1e-7), pytest.approx(22.65, abs=1e-7))


def test_given_twice_it_is_kept_once_with_one_receipt(drawn) -> None:
    twice = [form(key="20260302-0001"), form(key="20260302-0001"), form("别的事", key="20260302-0001")]
    first, again, other = collect(DISTRICT, twice, BY, MONDAY)
    later = collect(DISTRICT, twice[:1], BY, MONDAY)[0]
    assert all(isinstance(each, Receipt) for each in (first, again, other, later))
    assert first.receipt == again.receipt == later.receipt != other.receipt  # type: ignore[union-attr]
    assert (first.is_new, again.is_new, later.is_new) == (True, False, False)  # type: ignore[union-attr]


def test_one_phone_is_one_caller(drawn) -> None:
    forms = [
        form("一件事", phone="13800000001"),
        form("二件事", phone="138-0000-0001", name="王秀英"),
        form("三件事", phone="+8613800000001"),
    ]
    answers = collect(DISTRICT, forms, BY, MONDAY)
    callers = {track(each.receipt, MONDAY).caller_id for each in answers}  # type: ignore[union-attr]
    assert len(callers) == 1
    assert phone_ends_with(DISTRICT, callers.pop() or 0, "0001")


def test_a_batch_costs_the_same_few_questions_whatever_its_size(drawn, django_assert_max_num_queries) -> None:
    collect(DISTRICT, [form("先热一下", phone="13800000009", key="warming-up-1")], BY, MONDAY)
    batch = [
        form(f"第{n}件事", phone=f"138000000{n:02d}", key=f"number-{n:04d}", lon=114.21, lat=22.65)
        for n in range(40)
    ]
    # Two savepoints, callers, known keys, numbers of cases and of rows, one insert for all tables.
    with django_assert_max_num_queries(12):
        answers = collect(DISTRICT, batch, BY, MONDAY)
    assert all(isinstance(each, Receipt) for each in answers)


def test_a_district_without_outlines_refuses_nobody(db) -> None:
    forget(DISTRICT)
    put_district(DISTRICT, "呼应区")
    assert isinstance(collect(DISTRICT, [form(lon=1.0, lat=1.0)], BY, MONDAY)[0], Receipt)


def test_an_unknown_district_is_said_so(db) -> None:
    with pytest.raises(NotFound):
        collect(999999, [form()], system(999999), MONDAY)
