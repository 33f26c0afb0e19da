"""A report as it leaves its form: with the photos that waited for it, joined to another matter where asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.web.citizen import counter
from huying.web.citizen.forms import MOST_PHOTOS, ReportForm
from huying.web.citizen.matters import Report, Upload
from huying.web.citizen.writing import neighbours, photos
from huying.web.components import Photo

_WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Sent:
    """The receipt; ``joined`` is None where nobody asked to join, and ``said`` what is told about it."""

    receipt: str
    joined: bool | None = None
    said: str = ""


def send(form: ReportForm, now: datetime) -> Sent:
    """Keep the report of a valid form. Raises Invalid with the field that is wrong."""
    given, key = form.cleaned_data, form.cleaned_data["key"]
    receipt = counter.send(
        Report(
            key=str(key),
            text=given["text"],
            place=given["place"],
            lon=given["lon"],
            lat=given["lat"],
            accuracy=given["accuracy"],
            phone=given["phone"],
            photos=_photos(form),
            area=given["area"],
        ),
        now,
    )
    photos.drop_all(key)
    return joined(receipt, given["join"], now) if given["join"] else Sent(receipt)


def joined(receipt: str, case: str, now: datetime) -> Sent:
    """Make the report one more caller of a case; refused, it stands by itself and its author is told so."""
    try:
        neighbours.join(receipt, case, now)
    except HuyingError as refused:
        return Sent(receipt, joined=False, said=worded(refused.message, _))
    told = _("已和附近的同一件事一起办。您有自己的回执，办好了单独答复您。")
    return Sent(receipt, joined=True, said=told)


def _photos(form: ReportForm) -> list[Upload]:
    names = _names(form)
    found = [Upload("", "image/jpeg", content) for content in photos.take(form.cleaned_data["key"], names)]
    for photo in form.cleaned_data["photos"]:
        content = photo.read()
        # One that had just arrived when the form was pressed comes both ways.
        if photos.name_of(content) not in names:
            found.append(Upload(photo.name or "", photo.content_type or "", content))
    if len(found) > MOST_PHOTOS:
        raise Invalid(fields={"photos": _("最多 6 张照片，请少选几张。")})
    return found


def keep_photos(form: ReportForm) -> None:
    """Photos that came with a form that goes back wait with those before, so that nobody chooses them again."""
    key = _key(form)
    if key is None:
        return
    for photo in form.cleaned_data.get("photos", []):
        photo.seek(0)
        try:
            photos.keep(key, photo.read())
        except Invalid:
            # What is no photo was told of beside its field.
            continue


def waiting_photos(form: ReportForm) -> Sequence[tuple[str, Photo]]:
    """(name, photo) of what waits under the form's key."""
    key = _key(form) if form.is_bound else None
    names = photos.waiting(key) if key else []
    return [
        (
            name,
            Photo(reverse("citizen:waiting_photo", args=[key, name]), _("您传的照片 %(n)d") % {"n": number}),
        )
        for number, name in enumerate(names, 1)
    ]


def _names(form: ReportForm) -> list[str]:
    return form.data.getlist(_WAITING)[:MOST_PHOTOS] if isinstance(form.data, QueryDict) else []


def _key(form: ReportForm) -> UUID | None:
    key: UUID | None = getattr(form, "cleaned_data", {}).get("key")
    return key
