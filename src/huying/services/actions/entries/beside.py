"""What stands beside an entry: its photos, and the days on which other hours hold."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.actions import store_photos
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.services.actions.entries.entering import held
from huying.services.models import FacilityPhoto, HoursException
from huying.services.rules.entries import MOST_PHOTOS, NewException, wrong_in_exception
from huying.services.rules.hours import read_spans, words_of_spans


def add_photos(by: Actor, facility_id: int, photos: Sequence[bytes], now: datetime) -> int:
    """Add photos, the same one once; how many were new.

    Raises Denied, NotFound, Invalid for what is no photo or too many.
    """
    stored = {one.sha256: one for one in store_photos(by.district, list(photos))}
    with transaction.atomic():
        row = held(by, facility_id)
        there = set(
            FacilityPhoto.objects.filter(district=by.district, facility_id=row.id).values_list(
                "sha256", flat=True
            )
        )
        fresh = [one for sha256, one in stored.items() if sha256 not in there]
        if len(there) + len(fresh) > MOST_PHOTOS:
            raise Invalid(fields={"photos": said("一处最多 %(most)s 张照片。", most=MOST_PHOTOS)})
        FacilityPhoto.objects.bulk_create(
            FacilityPhoto(
                district=by.district, facility_id=row.id, path=one.path, sha256=one.sha256, made_at=now,
                made_by=by.name[:60],
            )
            for one in fresh
        )  # fmt: skip
    return len(fresh)


@transaction.atomic
def drop_photo(by: Actor, facility_id: int, photo_id: int) -> None:
    """Show a photo no more. Raises Denied, NotFound."""
    row = held(by, facility_id)
    found = FacilityPhoto.objects.filter(district=by.district, facility_id=row.id, id=photo_id)
    if not found.delete()[0]:
        raise NotFound


@transaction.atomic
def except_days(by: Actor, facility_id: int, new: NewException, now: datetime) -> int:
    """Other hours, or none, on these days; the exception's id. Raises Denied, NotFound, Invalid."""
    row = held(by, facility_id)
    if wrong := wrong_in_exception(new):
        raise Invalid(fields=wrong)
    spans = words_of_spans(read_spans(new.spans))
    made = HoursException.objects.create(
        district=by.district, facility_id=row.id, first=new.first, last=new.last, spans=spans, why=new.why.strip(),
        made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    after = {"日期": f"{new.first} – {new.last}", "开放时间": spans, "原因": new.why.strip()}
    note_change(by, NewChange(Subject.FACILITY, str(row.id), row.name, Deed.CHANGE, {}, after), now)
    return made.id


@transaction.atomic
def drop_exception(by: Actor, facility_id: int, exception_id: int, now: datetime) -> None:
    """The usual hours hold again. Raises Denied, NotFound."""
    row = held(by, facility_id)
    found = HoursException.objects.filter(district=by.district, facility_id=row.id, id=exception_id).first()
    if found is None:
        raise NotFound
    before = {"日期": f"{found.first} – {found.last}", "开放时间": found.spans, "原因": found.why}
    found.delete()
    note_change(by, NewChange(Subject.FACILITY, str(row.id), row.name, Deed.CHANGE, before, {}), now)
