"""One statement reads of a case what the models read part by part, and sight is judged of it as by query."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model

from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import (
    Appeal,
    Attachment,
    Case,
    CaseAppeal,
    Clock,
    Delay,
    Dispute,
    Entry,
    Interview,
    Order,
    Pause,
    Rating,
    Statement,
    Supervision,
)
from huying.cases.policy import sees, visible_to
from huying.cases.queries.whole import Whole, whole
from tests.cast import DISTRICT, Cast

pytestmark = pytest.mark.django_db
_OF_CASE: dict[str, type[Model]] = {
    "links": CaseAppeal, "orders": Order, "clocks": Clock, "pauses": Pause, "delays": Delay, "disputes": Dispute,
    "supervisions": Supervision, "interviews": Interview, "ratings": Rating, "entries": Entry, "statements": Statement,
}  # fmt: skip


@pytest.fixture
def disputed(cast: Cast, with_handler: Case, after: Callable[[float], datetime]) -> Whole:
    """A case with a dispute, an application to extend and photos of its appeal and of its own."""
    ref = (DISTRICT, with_handler.id)
    grounds = "职责清单第三条，由水务局负责"
    advance(ref, Verb.DISPUTE, by=cast.handler, now=after(30), grounds=grounds)
    link = CaseAppeal.objects.get(case_id=with_handler.id)
    rest = {
        "path": "a/b.jpg", "sha256": "0" * 64, "media_type": "image/jpeg", "width": 4, "height": 3, "size": 9,
        "created_at": after(1), "district": DISTRICT,
    }  # fmt: skip
    Attachment.objects.create(id=1, case_id=with_handler.id, seq=2, stage="after", **rest)
    Attachment.objects.create(id=2, appeal_id=link.appeal_id, stage="before", **rest)
    Attachment.objects.create(id=3, appeal_id=link.appeal_id + 1000, stage="before", **rest)
    return whole(*ref)


def test_every_part_reads_as_its_model_does(disputed: Whole) -> None:
    case = disputed.cases[0]
    for name, model in _OF_CASE.items():
        rows = model._default_manager.filter(district=case.district, case_id=case.id)
        assert _values(getattr(disputed, name)) == _values(rows), name
    assert _values(disputed.cases) == _values(Case.objects.filter(id=case.id))
    assert _values(disputed.appeals) == _values(Appeal.objects.all())
    assert all([disputed.disputes, disputed.entries, disputed.clocks, disputed.statements])


def test_values_keep_their_types(disputed: Whole) -> None:
    clock, entry = disputed.clocks[0], disputed.entries[0]
    assert isinstance(clock.amount, Decimal)
    assert str(clock.amount) == str(Clock.objects.get(id=clock.id).amount)
    assert clock.starts_at.tzinfo is not None
    assert isinstance(entry.seal, bytes)
    assert isinstance(entry.facts, dict)


def test_photos_are_those_of_the_case_and_of_its_appeals_alone(disputed: Whole) -> None:
    assert [photo.id for photo in disputed.attachments] == [1, 2]


def test_what_is_not_there_is_empty(cast: Cast) -> None:
    assert whole(DISTRICT, 999_999).cases == []
    assert whole(DISTRICT, 999_999).entries == []


def test_one_query_for_it_all(disputed: Whole, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        whole(DISTRICT, disputed.cases[0].id)


def test_sight_is_the_same_by_query_and_of_what_was_read(cast: Cast, disputed: Whole) -> None:
    case = disputed.cases[0]
    appeals = [link.appeal_id for link in disputed.links]
    everybody = [
        cast.system, cast.seat, cast.dispatcher, cast.other_dispatcher, cast.handler, cast.helper, cast.leader,
        cast.supervisor, cast.ruling_officer, cast.evaluator, cast.district_dispatcher, cast.outsider, cast.auditor,
        cast.grid_worker, cast.administrator, cast.resident(appeals[0]), cast.resident(appeals[0] + 1000),
        cast.stranger_in(990102),
    ]  # fmt: skip
    judged = [sees(actor, case, disputed.orders, appeals) for actor in everybody]
    asked = [Case.objects.filter(visible_to(actor), id=case.id).exists() for actor in everybody]
    assert judged == asked
    assert set(judged) == {True, False}


def _values(rows: Any) -> list[dict[str, Any]]:
    made = [
        {
            field.attname: _plain(getattr(row, field.attname))
            for field in row._meta.concrete_fields
            if field.column
        }
        for row in rows
    ]
    return sorted(made, key=str)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
