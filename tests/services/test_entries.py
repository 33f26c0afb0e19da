"""Who keeps entries, what is refused, what is written down; kinds, exceptions, photos."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from huying.annals.models import Change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound
from huying.services.actions import (
    add_photos,
    confirm,
    correct,
    drop_exception,
    drop_photo,
    end,
    end_kind,
    enter,
    except_days,
    put_kind,
)
from huying.services.models import Facility, FacilityKind, FacilityPhoto, HoursException
from huying.services.queries import (
    SoughtFacilities,
    exceptions_of,
    facilities_for,
    facility_for,
    facility_of,
    kinds_of,
    photo_of,
    photos_of,
    standings,
)
from huying.services.rules.entries import NewException
from huying.services.rules.kinds import Amenity, FacilityKindInfo
from tests.cast import DISTRICT, GRID, MONDAY
from tests.services.conftest import OFFICE, SPOT, Town, after, photo, place

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_entry_stands_where_its_position_is_and_in_the_record_of_changes(town: Town) -> None:
    number = enter(
        town.cast.administrator,
        place(hours="周一到周五 9:00-12:00", amenities=frozenset({Amenity.STEP_FREE, Amenity.MOTHER_BABY})),
        MONDAY,
    )
    found = facility_of(DISTRICT, number)
    assert (found.area, found.hours) == (GRID, "周一至周五 09:00-12:00")
    assert found.amenities == (Amenity.MOTHER_BABY, Amenity.STEP_FREE)
    written = Change.objects.get(subject=Subject.FACILITY.value)
    assert (written.deed, written.name, written.actor_name) == (Deed.CREATE.value, "春风路公厕", "高敏")
    assert written.after["设施"] == "母婴室、无障碍通行"


def test_each_keeps_what_stands_in_their_area_or_is_their_bodys(town: Town) -> None:
    cast = town.cast
    mine = town.stand("市政公厕", body_id=cast.urban)
    others = town.stand("水务厅", body_id=cast.water)
    for by, number, allowed in (
        (cast.handler, mine, True), (cast.handler, others, False), (cast.dispatcher, others, True),
        (cast.other_dispatcher, mine, False),
    ):  # fmt: skip
        if allowed:
            correct(by, number, place(name="改过", body_id=facility_of(DISTRICT, number).body_id), MONDAY)
        else:
            with pytest.raises(NotFound):
                correct(by, number, place(), MONDAY)
    with pytest.raises(Denied):
        enter(cast.handler, place(body_id=cast.water), MONDAY)
    with pytest.raises(Denied):
        enter(cast.other_dispatcher, place(), MONDAY)


def test_nobody_else_changes_anything_and_leaves_no_trace(town: Town) -> None:
    number = town.stand("春风路公厕")
    except_days(
        town.cast.administrator, number, NewException(date(2026, 4, 4), date(2026, 4, 5), "", "清明"), MONDAY
    )
    before = list(Facility.objects.values()), Change.objects.count(), list(HoursException.objects.values())
    for by in (
        town.cast.seat,
        town.cast.grid_worker,
        town.cast.leader,
        town.cast.supervisor,
        town.cast.auditor,
    ):
        for act in (
            lambda by: enter(by, place(), MONDAY), lambda by: correct(by, number, place(), MONDAY),
            lambda by: confirm(by, number, MONDAY), lambda by: end(by, number, "拆了", MONDAY),
            lambda by: except_days(by, number, NewException(date(2026, 5, 1), date(2026, 5, 1), "", "放假"), MONDAY),
            lambda by: add_photos(by, number, [photo()], MONDAY),
            lambda by: put_kind(by, FacilityKindInfo("book", "书房"), MONDAY), lambda by: end_kind(by, "park", MONDAY),
        ):  # fmt: skip
            with pytest.raises(Denied):
                act(by)
    assert (
        list(Facility.objects.values()),
        Change.objects.count(),
        list(HoursException.objects.values()),
    ) == before
    assert not FacilityKind.objects.exists()
    assert not FacilityPhoto.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"name": "长" * 81}, "name"), ({"lon": 1140.0}, "lon"), ({"datum": "mars"}, "datum"),
        ({"hours": "九点到五点"}, "hours"), ({"kind": "castle"}, "kind"), ({"body_id": 10**9}, "body_id"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_nothing_kept(town: Town, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(town.cast.administrator, place(**wrong), MONDAY)
    assert field in refused.value.fields
    assert not Facility.objects.exists()
    with pytest.raises(HuyingError):
        enter(town.cast.administrator, place(lon=115.0), MONDAY)


def test_what_is_there_no_more_is_gone_for_residents_and_stays_for_staff(town: Town) -> None:
    number, by = town.stand("春风路公厕"), town.cast.administrator
    with pytest.raises(Invalid):
        end(by, number, " ", MONDAY)
    end(by, number, "拆除", MONDAY)
    end(by, number, "再拆一次", after(days=1))
    with pytest.raises(NotFound):
        facility_of(DISTRICT, number)
    assert facility_for(by, number).ended_why == "拆除"
    assert facilities_for(by) == []
    assert [one.id for one in facilities_for(by, SoughtFacilities(state="ended"))] == [number]
    with pytest.raises(NotFound):
        correct(by, number, place(), MONDAY)


def test_lists_are_narrowed_by_what_a_place_has_and_is(town: Town) -> None:
    by = town.cast.dispatcher
    town.stand("一号", amenities=frozenset({Amenity.PARKING}), hours=OFFICE)
    town.stand("二号", kind="park", body_id=town.cast.water)
    names = lambda **asked: [one.name for one in facilities_for(by, SoughtFacilities(**asked))]  # noqa: E731
    assert names() == ["一号", "二号"]
    assert names(kind="park") == ["二号"]
    assert names(amenity=Amenity.PARKING) == ["一号"]
    assert names(state="unknown") == ["二号"]
    assert names(word="二") == ["二号"]
    assert names(area="990101002") == []
    own = facilities_for(town.cast.helper, SoughtFacilities(own=True))
    assert [one.name for one in own] == ["二号"]
    with pytest.raises(Denied):
        facilities_for(town.cast.seat)


def test_an_exception_holds_on_its_days_and_can_be_taken_back(town: Town) -> None:
    by, number = town.cast.dispatcher, town.stand("便民中心", kind="service_centre", hours=OFFICE)
    today = date(2026, 3, 2)
    with pytest.raises(Invalid):
        except_days(by, number, NewException(today, date(2026, 3, 1), "", "倒过来"), MONDAY)
    with pytest.raises(Invalid):
        except_days(by, number, NewException(today, today, "早上", "看不懂"), MONDAY)
    made = except_days(by, number, NewException(today, today, "", "停电检修"), MONDAY)
    row = facility_of(DISTRICT, number)
    shut = standings(DISTRICT, [row], MONDAY)[number]
    assert (shut.open, shut.why) == (False, "停电检修")
    assert [one.spans for one in exceptions_of(DISTRICT, number, today)] == ["休息"]
    drop_exception(by, number, made, MONDAY)
    assert standings(DISTRICT, [row], MONDAY)[number].open
    with pytest.raises(NotFound):
        drop_exception(by, number, made, MONDAY)


def test_photos_are_kept_once_bounded_and_taken_down(town: Town) -> None:
    by, number = town.cast.dispatcher, town.stand("春风路公厕")
    assert add_photos(by, number, [photo(), photo()], MONDAY) == 1
    assert add_photos(by, number, [photo()], MONDAY) == 0
    (kept,) = photos_of(DISTRICT, number)
    assert photo_of(DISTRICT, number, kept).endswith(".jpg")
    with pytest.raises(Invalid):
        add_photos(by, number, [b"GIF89a nothing"], MONDAY)
    with pytest.raises(Invalid):
        add_photos(by, number, [photo(f"rgb({value}, 0, 0)") for value in range(0, 240, 40)], MONDAY)
    drop_photo(by, number, kept)
    assert photos_of(DISTRICT, number) == []


def test_kinds_are_the_districts_own(town: Town) -> None:
    by = town.cast.administrator
    put_kind(by, FacilityKindInfo("book_room", "社区书房", True, 10, 5), MONDAY)
    put_kind(by, FacilityKindInfo("toilet", "公厕", False, 15, 1), MONDAY)
    assert [one.name for one in kinds_of(DISTRICT)][:2] == ["公厕", "社区书房"]
    town.stand("第一书房", kind="book_room")
    with pytest.raises(Invalid):
        end_kind(by, "book_room", MONDAY)
    end_kind(by, "police", MONDAY)
    assert "police" not in {one.code for one in kinds_of(DISTRICT)}
    with pytest.raises(NotFound):
        end_kind(by, "police", MONDAY)
    for wrong in ({"code": "A B"}, {"name": ""}, {"minutes": 0}):
        with pytest.raises(Invalid):
            put_kind(by, replace(FacilityKindInfo("gym", "健身房"), **wrong), MONDAY)


def test_a_body_binds_an_entry_wherever_it_stands(town: Town) -> None:
    number = enter(town.cast.handler, place(body_id=town.cast.urban, lon=SPOT[0]), MONDAY)
    assert facility_for(town.cast.handler, number).body_id == town.cast.urban
