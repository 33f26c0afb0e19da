"""Many who ask at the same moment: no slot is overbooked, no place is lost."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import time

import pytest
from django.db import connection

from huying.kernel.errors import Conflict
from huying.places.queries import forget
from huying.services.actions import NewAsk, ask, cancel_own, enter, offer, open_slots
from huying.services.models import Ask, Slot
from huying.services.rules.slots import NewService, Pattern
from tests.cast import DISTRICT, MONDAY, gather
from tests.services.conftest import NEXT_DAY, OFFICE, after, place

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
ASKING, CAPACITY = 24, 5


@pytest.fixture
def slot() -> tuple[int, int]:
    forget(DISTRICT)
    cast = gather()
    centre = enter(cast.system, place(kind="community_centre", hours=OFFICE), MONDAY)
    service = offer(cast.system, centre, NewService(name="助浴", confirms=False), MONDAY)
    open_slots(
        cast.system, service, Pattern(NEXT_DAY, NEXT_DAY, frozenset({0}), (time(9),), CAPACITY), MONDAY
    )
    return service, Slot.objects.get().id


def test_no_slot_is_overbooked_however_many_ask_at_once(slot: tuple[int, int]) -> None:
    service, number = slot

    def one(turn: int) -> int:
        try:
            new = NewAsk(key=uuid.uuid4(), name=f"居民{turn}", phone=f"138{turn:08d}", slot_id=number)
            return ask(DISTRICT, service, new, MONDAY).id
        except Conflict:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        got = [found for found in pool.map(one, range(ASKING)) if found]
    assert len(got) == CAPACITY
    assert (Slot.objects.get().taken, Ask.objects.count()) == (CAPACITY, CAPACITY)

    def back(number: int) -> None:
        try:
            cancel_own(DISTRICT, number, after(hours=1))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(back, got * 2))
    assert Slot.objects.get().taken == 0


def test_the_same_form_sent_many_times_at_once_is_one_ask(slot: tuple[int, int]) -> None:
    service, number = slot
    new = NewAsk(key=uuid.uuid4(), name="居民", phone="13800000001", slot_id=number)

    def one(_turn: int) -> tuple[int, bool]:
        try:
            made = ask(DISTRICT, service, new, MONDAY)
            return made.id, made.fresh
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        got = list(pool.map(one, range(12)))
    assert len({number for number, _fresh in got}) == 1
    assert [fresh for _number, fresh in got].count(True) == 1
    assert (Slot.objects.get().taken, Ask.objects.count()) == (1, 1)
