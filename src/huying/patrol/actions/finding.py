"""发现: what a worker found becomes a case, exactly once, with its own time and place beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.cases.actions import StoredPhoto, store_photo
from huying.cases.lifecycle import Channel
from huying.catalogue.queries import live_edition, live_list
from huying.emergency.actions.sounds import store_sound
from huying.emergency.rules.sounds import TYPES
from huying.kernel.errors import Conflict, HuyingError, Invalid
from huying.kernel.numbers import case_number
from huying.kernel.saying import said
from huying.loop.collect.actions import collect
from huying.loop.collect.rules import AppealForm
from huying.patrol.actions.fixing import fix
from huying.patrol.actions.uploads import let_go, read_whole
from huying.patrol.models import Find, FindFile, Tour
from huying.patrol.policy import body_of, home_of, must_walk
from huying.patrol.rules.kinds import FileKind, FindKind
from huying.patrol.rules.reporting import NewFile, NewFind, widest_gap, wrong_in
from huying.patrol.rules.times import own_time, too_old
from huying.places.queries import locate_point


@dataclass(frozen=True, slots=True)
class Told:
    """What the phone is answered: under which receipt and case number it stands; ``fresh`` the first time."""

    key: str
    receipt: str
    number: str
    found_at: datetime
    arrived_at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Stored:
    """One file as it is kept: a photo of the case, or a recording of our own."""

    given: NewFile
    photo: StoredPhoto | None
    kept: str
    path: str
    media_type: str


def take_in(by: Actor, new: NewFind, now: datetime) -> Told:
    """Keep what was found, with its files, which have arrived before; told again it is the one that stands.

    Raises Denied, Invalid with the fields that are wrong, NotWhole where a file has not arrived as it was taken.
    """
    account = must_walk(by)
    if (known := _known(by, account, new.key)) is not None:
        let_go(by, new.files)
        return known
    _check(by, new, now)
    stored = [
        _store(by.district, file, content) for file, content in zip(new.files, read_whole(by, new.files), strict=True)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            told = _kept(by, account, new, stored, now)
    except IntegrityError:
        # Sent twice at once: the other one stands.
        found = _known(by, account, new.key)
        if found is None:
            raise Conflict from None
        told = found
    let_go(by, new.files)
    return told


def _check(by: Actor, new: NewFind, now: datetime) -> None:
    wrong = wrong_in(new)
    if too_old(own_time(new.found_at, new.sent_at, now).at, now):
        wrong["found_at"] = said("这件事发现已超过 31 天，请重新上报。")
    if new.item and not _listed(by.district, new.item):
        wrong["item"] = said("职责清单里没有这个事项，请重新选。")
    if new.kind is FindKind.FIXED and body_of(by) is None:
        wrong["kind"] = said("您的岗位不属于任何单位，不能随手处置，请改为发现上报。")
    if wrong:
        raise Invalid(fields=wrong)


def _listed(district: int, code: str) -> bool:
    return live_edition(district) is not None and code in live_list(district).held.items


def _known(by: Actor, account: int, key: str) -> Told | None:
    row = Find.objects.filter(district=by.district, account_id=account, key=UUID(key)).first()
    return _told(row, fresh=False) if row is not None else None


def _told(row: Find, *, fresh: bool) -> Told:
    number = case_number(row.district, row.case_id)
    return Told(str(row.key), row.receipt, number, row.found_at, row.arrived_at, fresh)


def _kept(by: Actor, account: int, new: NewFind, stored: Sequence[_Stored], now: datetime) -> Told:
    spot, own = new.spot, own_time(new.found_at, new.sent_at, now)
    scene = tuple(_photos(stored, FileKind.SCENE))
    form = AppealForm(
        text=new.text, channel=Channel.GRID.value, place_text=new.place_text, lon=spot.lon if spot else None,
        lat=spot.lat if spot else None, area="" if spot else home_of(by), item=new.item, key=new.key,
        photos=len(scene), pictures=scene,
    )  # fmt: skip
    (receipt,) = collect(by.district, [form], by, now)
    if isinstance(receipt, HuyingError):
        raise receipt
    tour = _tour(by, account, new.tour)
    place = locate_point(by.district, spot.lon, spot.lat) if spot else None
    row = Find.objects.create(
        district=by.district, key=UUID(new.key), account_id=account, name=by.name[:60],
        tour_id=tour, kind=new.kind.value,
        area=place.code if place else home_of(by), found_at=own.at, arrived_at=now, off=own.off,
        lon=spot.lon if spot else None, lat=spot.lat if spot else None, accuracy=spot.accuracy if spot else None,
        gap=widest_gap(new), appeal_id=receipt.appeal_id, case_id=receipt.case_id, receipt=receipt.receipt,
    )  # fmt: skip
    _keep_files(row, stored, new.sent_at)
    if new.kind is FindKind.FIXED:
        fix(by, row, new, _photos(stored, FileKind.BEFORE), _photos(stored, FileKind.AFTER), now)
    return _told(row, fresh=True)


def _photos(stored: Sequence[_Stored], kind: FileKind) -> list[StoredPhoto]:
    return [one.photo for one in stored if one.photo is not None and one.given.kind is kind]


def _tour(by: Actor, account: int, key: str) -> int | None:
    if not key:
        return None
    rows = Tour.objects.filter(district=by.district, account_id=account, key=UUID(key))
    return rows.values_list("id", flat=True).first()


def _keep_files(row: Find, stored: Sequence[_Stored], sent_at: datetime) -> None:
    FindFile.objects.bulk_create(
        _row(row, number, one, sent_at) for number, one in enumerate(stored, 1)
    )  # fmt: skip


def _row(row: Find, number: int, one: _Stored, sent_at: datetime) -> FindFile:
    spot, taken = one.given.spot, own_time(one.given.taken_at, sent_at, row.arrived_at)
    return FindFile(
        district=row.district, find_id=row.id, number=number, kind=one.given.kind.value, sha256=one.given.sha256,
        kept=one.kept, path=one.path, media_type=one.media_type, taken_at=taken.at, lon=spot.lon if spot else None,
        lat=spot.lat if spot else None, accuracy=spot.accuracy if spot else None,
    )  # fmt: skip


def _store(district: int, file: NewFile, content: bytes) -> _Stored:
    """The file in the store; one whose find never comes is an orphan that harms nobody. Raises Invalid."""
    if file.kind is not FileKind.VOICE:
        photo = store_photo(district, content)
        return _Stored(file, photo, photo.sha256, "", "image/jpeg")
    path = store_sound(district, content)
    return _Stored(file, None, file.sha256, path, TYPES[path.rpartition(".")[2]])
