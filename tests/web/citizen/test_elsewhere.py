"""A resident who stands, or points, outside the district."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from shapely.geometry import box

from huying.cases.models import Appeal
from huying.places.actions import put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import DISTRICT, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "春风路垃圾没人收，臭得很"
ELSEWHERE = {"lon": "121.4", "lat": "31.2"}


@pytest.fixture
def drawn(cast: Cast) -> Iterator[None]:
    whole = box(114.2, 22.6, 114.4, 22.8)
    put_areas(DISTRICT, [AreaDraft("呼应区", Level.DISTRICT, whole, str(DISTRICT))], now=MONDAY)
    forget(DISTRICT)
    yield
    forget(DISTRICT)


def test_is_told_what_to_do_and_loses_no_word(drawn: None) -> None:
    answer = Client().post("/report", {"key": str(uuid4()), "text": TEXT, **ELSEWHERE})
    assert answer.status_code == 400
    assert TEXT in answer.text
    assert "不在呼应区" in answer.text
    assert "请写清地址再提交" in answer.text
    assert not Appeal.objects.exists()


def test_is_heard_with_the_address_of_what_happened_here(drawn: None) -> None:
    said = {"key": str(uuid4()), "text": TEXT, "place": "春风路 12 号", **ELSEWHERE}
    assert Client().post("/report", said).status_code == 302
    assert Appeal.objects.get().place_text == "春风路 12 号"
