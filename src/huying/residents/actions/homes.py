"""Buildings and flats: taken into the register, corrected, ended; flats and households come with their people."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.places.queries import Level, area, placed
from huying.residents.models import Building, Home, Household, KeyLabel, Person
from huying.residents.policy import EDIT, must, must_at, visible_to
from huying.residents.rules.kinds import HomeUse, HouseholdKind
from huying.residents.rules.registering import NewBuilding, room_of, wrong_in_building


@transaction.atomic
def put_building(by: Actor, new: NewBuilding, now: datetime, building_id: int | None = None) -> int:
    """Take a building in, or with an id let one say this; its id. People move with it into another grid.

    Raises Denied, NotFound, Invalid and OutsideDistrict (fields named), Conflict for one that stands there.
    """
    must(by, EDIT)
    wrong = dict(wrong_in_building(new))
    if wrong:
        raise Invalid(fields=wrong)
    row = Building(district=by.district, made_at=now, made_by=by.name[:60])
    if building_id is not None:
        row = held_building(by, building_id)
    lon, lat, code = _place(by.district, new)
    must_at(by, EDIT, code)
    moved = building_id is not None and code != row.area
    row.name, row.estate, row.address = new.name.strip(), new.estate.strip(), new.address.strip()
    row.lon, row.lat, row.area, row.floors = lon, lat, code, new.floors
    try:
        with transaction.atomic():
            row.save(force_insert=building_id is None, force_update=building_id is not None)
    except IntegrityError:
        raise Conflict("这个网格里已有同名楼栋。", fields={"name": "这个网格里已有同名楼栋。"}) from None
    if moved:
        _follow(row)
    return row.id


@transaction.atomic
def end_building(by: Actor, building_id: int, now: datetime) -> None:
    """It stands no more. Twice changes nothing. Raises Denied, NotFound, Conflict while people are registered in it."""
    row = held_building(by, building_id)
    if row.ended_at is not None:
        return
    if Person.objects.filter(district=row.district, building_id=row.id, left_at=None).exists():
        raise Conflict("楼里还有登记的人，先办迁出。")
    row.ended_at, row.ended_by = now, by.name[:60]
    row.save(update_fields=["ended_at", "ended_by"])


@transaction.atomic
def put_use(by: Actor, building_id: int, number: str, use: HomeUse, now: datetime) -> int:
    """A flat of a building with its use, made where it is new; its id. Raises Denied, NotFound, Invalid."""
    row = held_building(by, building_id)
    home = ensure_home(by, row, number, use, now)
    if home.use != use.value:
        home.use = use.value
        home.save(update_fields=["use"])
    return home.id


def held_building(by: Actor, building_id: int) -> Building:
    """A building the actor may change, locked. Raises Denied, NotFound. Must run in a transaction."""
    must(by, EDIT)
    row = Building.objects.select_for_update().filter(visible_to(by), id=building_id).first()
    if row is None:
        raise NotFound
    must_at(by, EDIT, row.area)
    return row


def ensure_home(by: Actor, building: Building, number: str, use: HomeUse, now: datetime) -> Home:
    """The flat of this number; raises Invalid for no number. The building is locked."""
    room = room_of(number)
    if not room:
        raise Invalid(fields={"room": said("请填房号，如“2单元501”，最多 40 字。")})
    home = Home.objects.filter(district=building.district, building_id=building.id, number=room).first()
    if home is None:
        home = Home(
            district=building.district, building_id=building.id, number=room, use=use.value, made_at=now,
            made_by=by.name[:60],
        )  # fmt: skip
        home.save(force_insert=True)
    return home


def ensure_household(by: Actor, home: Home, number: int, kind: HouseholdKind, now: datetime) -> Household:
    """The household of this number in a flat."""
    row = Household.objects.filter(district=home.district, home_id=home.id, number=number).first()
    if row is None:
        row = Household(
            district=home.district, home_id=home.id, number=number, kind=kind.value, made_at=now,
            made_by=by.name[:60],
        )  # fmt: skip
        row.save(force_insert=True)
    return row


def _place(district: int, new: NewBuilding) -> tuple[float | None, float | None, str]:
    if new.lon is not None and new.lat is not None:
        lon, lat = convert(new.lon, new.lat, Datum(new.datum))
        return lon, lat, placed(district, lon, lat).code
    try:
        found = area(district, new.area)
    except NotFound:
        raise Invalid(fields={"area": said("没有这个网格。")}) from None
    if found.level is not Level.GRID:
        raise Invalid(fields={"area": said("没有经纬度时请选到网格。")})
    return None, None, found.code


def _follow(row: Building) -> None:
    """Whoever lives there is in the building's grid."""
    people = Person.objects.filter(district=row.district, building_id=row.id)
    ids = list(people.values_list("id", flat=True))
    people.update(area=row.area)
    KeyLabel.objects.filter(district=row.district, person_id__in=ids).update(area=row.area)
