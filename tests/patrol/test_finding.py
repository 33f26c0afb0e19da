"""What was found arrives exactly once, with its own time and place, as a case like any other."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from huying.access.roles import Role
from huying.cases.lifecycle import State
from huying.cases.models import Appeal, Attachment, Case, Order
from huying.cases.queries.page import case_for
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.patrol.actions import take_in
from huying.patrol.models import Find, FindFile
from huying.patrol.queries import finds_for, found_on, own_finds, recording_for
from huying.patrol.rules.kinds import FileKind, FindKind
from huying.patrol.rules.reporting import Spot
from tests.cast import DISTRICT, GRID, actor
from tests.patrol.conftest import NEXT_GRID, SPOT, Street, after, found, key

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SOUND = b"OggS" + bytes(200)


def test_a_report_keeps_its_own_time_apart_from_when_it_arrived(street: Street) -> None:
    street.on_duty()
    new = found(
        "lid", 30, sent_at=after(510), files=[street.sent("a", minutes=29), street.sent("b", minutes=30)]
    )
    told = take_in(street.worker, new, after(510))
    assert (told.found_at, told.arrived_at, told.fresh) == (after(30), after(510), True)
    appeal = Appeal.objects.get()
    assert (appeal.channel, appeal.text, appeal.area, appeal.received_at) == (
        "grid",
        new.text,
        GRID,
        after(510),
    )
    (shown,) = found_on(street.cast.dispatcher, Case.objects.get().id)
    assert (shown.find.found_at, shown.find.name, shown.find.far) == (after(30), "王秀英", False)
    assert [(file.kind, file.taken_at) for file in shown.files] == [
        (FileKind.SCENE, after(29)), (FileKind.SCENE, after(30))
    ]  # fmt: skip
    assert Attachment.objects.filter(appeal_id=appeal.id).count() == 2


def test_told_again_it_is_the_one_that_stands(street: Street) -> None:
    street.on_duty()
    new = found("lid", files=[street.sent("a")])
    first = take_in(street.worker, new, after(1))
    again = take_in(street.worker, replace(new, sent_at=after(5)), after(5))
    assert (again.receipt, again.number, again.fresh) == (first.receipt, first.number, False)
    assert (Find.objects.count(), Appeal.objects.count(), FindFile.objects.count()) == (1, 1, 1)
    # Another's phone may make the same name.
    assert take_in(street.colleague, replace(new, files=[]), after(6)).fresh


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_one(street: Street) -> None:
    new = found("lid", files=[street.sent("a")])

    def send(_number: int) -> str:
        try:
            return take_in(street.worker, new, after(1)).receipt
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = []
        for done in [pool.submit(send, number) for number in range(4)]:
            try:
                answers.append(done.result())
            except Exception as wrong:
                # Whoever came while another took its photo away sends again, as a phone does.
                assert getattr(wrong, "code", "") in {"not_whole", "conflict"}, wrong  # noqa: PT017
    assert len(set(answers)) == 1
    assert (Find.objects.count(), Appeal.objects.count()) == (1, 1)


def test_a_wrong_clock_is_set_right_and_said(street: Street) -> None:
    take_in(street.worker, found("lid", -120, sent_at=after(-60)), after(0))
    (row,) = finds_for(street.cast.dispatcher)
    assert (row.found_at, row.off) == (after(-60), 3600)


def test_without_a_position_it_lies_in_the_workers_own_grid(street: Street) -> None:
    take_in(street.worker, found("lid", spot=None), after(0))
    assert Case.objects.get().area == GRID


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"spot": Spot(120.0, 30.0)}, "lon"),
        ({"found_at": after(-60 * 24 * 40)}, "found_at"),
    ],
)
def test_what_is_refused_keeps_nothing(street: Street, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        take_in(street.worker, found("lid", **wrong), after(0))
    assert field in refused.value.fields
    with pytest.raises(Denied):
        take_in(street.cast.handler, found("lid"), after(0))
    assert (Find.objects.count(), Appeal.objects.count()) == (0, 0)


def test_put_right_on_the_spot_waits_to_be_checked_by_another(street: Street) -> None:
    street.on_duty()
    told = take_in(street.worker, fixed(street), after(20))
    case = Case.objects.get()
    assert (case.state, case.body_id, case.area) == (State.REPORTED, street.cast.street_body, GRID)
    assert Order.objects.get().reported_by == street.worker.account_id
    view = case_for(street.cast.dispatcher, DISTRICT, case.id, after(21))
    stages = sorted(photo.stage for photo in view.photos)
    assert stages == ["after", "before"]
    assert [row.number for row in own_finds(street.worker)] == [told.number]
    assert own_finds(street.worker)[0].state is State.REPORTED


def test_put_right_beyond_the_border_counts_as_well(street: Street) -> None:
    take_in(street.worker, replace(fixed(street), spot=NEXT_GRID), after(20))
    assert Case.objects.get().state == State.REPORTED
    assert finds_for(street.cast.dispatcher)[0].far


def test_who_belongs_to_no_body_puts_nothing_right(street: Street) -> None:
    alone = actor("无单位", 112, Role.GRID_WORKER, GRID)
    with pytest.raises(Invalid) as refused:
        take_in(alone, fixed(street), after(20))
    assert "kind" in refused.value.fields
    with pytest.raises(Invalid):
        take_in(street.worker, replace(fixed(street), item="没有这一项"), after(20))
    assert (Find.objects.count(), Case.objects.count()) == (0, 0)


def fixed(street: Street) -> Any:
    files = [street.sent("before", FileKind.BEFORE, 1), street.sent("after", FileKind.AFTER, 15)]
    return found(
        "boxes", 1, kind=FindKind.FIXED, text="纸箱占道", done="已搬到垃圾房", item=street.item(), files=files,
        sent_at=after(20),
    )  # fmt: skip


def test_a_voice_note_is_heard_by_who_sees_the_case(street: Street) -> None:
    import hashlib
    from uuid import UUID

    from huying.patrol.actions import keep_part
    from huying.patrol.rules.reporting import NewFile

    keep_part(street.worker, UUID(key("voice")), 0, SOUND)
    voice = NewFile(key("voice"), FileKind.VOICE, hashlib.sha256(SOUND).hexdigest(), after(0), SPOT)
    take_in(street.worker, found("lid", files=[voice]), after(1))
    case, find = Case.objects.get(), Find.objects.get()
    file = recording_for(street.cast.dispatcher, case.id, find.id, 1)
    assert (file.media_type, file.path.endswith(".ogg")) == ("audio/ogg", True)
    for by, number in ((street.cast.other_dispatcher, 1), (street.cast.dispatcher, 2)):
        with pytest.raises(NotFound):
            recording_for(by, case.id, find.id, number)


def test_a_list_of_finds_costs_the_same_for_many(street: Street, django_assert_num_queries: Any) -> None:
    for number in range(3):
        take_in(street.worker, found(f"f{number}", number), after(number))
    with django_assert_num_queries(2):
        rows = finds_for(street.cast.supervisor)
    assert [row.found_at for row in rows] == [after(2), after(1), after(0)]
    assert list(finds_for(street.cast.other_dispatcher)) == []
    with pytest.raises(Denied):
        finds_for(street.worker)
