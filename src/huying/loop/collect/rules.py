"""What a new appeal must be, whichever door it comes through. Plain rules, no database."""

import hashlib
import math
import re
from dataclasses import dataclass
from typing import Final

from huying.access.actor import Actor
from huying.cases.lifecycle import Channel
from huying.cases.rules.photos import StoredPhoto
from huying.catalogue.rules import AppealKind
from huying.catalogue.rules.questions import Answer
from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.terms import Term
from huying.people.rules.phones import phone_or_none

TEXT_LEAST: Final = 2
TEXT_MOST: Final = 2000
# What GeoReport v2 promises its clients.
OPEN311_TEXT_MOST: Final = 4000
PLACE_MOST: Final = 300
NAME_MOST: Final = 40
KEY_LEAST: Final = 8
KEY_MOST: Final = 80
PHOTOS_MOST: Final = 6
EXTERNAL_MOST: Final = 64
SOURCE_MOST: Final = 40
EMAIL_MOST: Final = 254

# Control characters but tab and line end, and the marks that make text run backwards on a screen.
_NEVER: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_EMAIL: Final = re.compile(
    r"[^@\s,;<>()\[\]\\\"]{1,64}@[A-Za-z0-9\u00a1-\uffff-]+(\.[A-Za-z0-9\u00a1-\uffff-]+)+"
)
_ABROAD: Final = re.compile(r"\+?[0-9][0-9 ().\-]{4,22}[0-9]")
_KEY: Final = re.compile(rf"[\x21-\x7e]{{{KEY_LEAST},{KEY_MOST}}}")


class Wrong(Term):
    """What can be wrong with one input; the Chinese text tells the caller what to do."""

    TEXT_SHORT = "text_short", "请写一下是什么事，至少 2 个字。"
    TEXT_LONG = "text_long", "最多 2000 字，请写短一些。"
    PLACE_LONG = "place_long", "地点最多 300 字。"
    NAME_LONG = "name_long", "姓名最多 40 字。"
    PHONE = "phone", "电话号码不对，请填 11 位手机号，或区号加座机号。"
    KIND = "kind", "没有这种诉求类型。"
    CHANNEL = "channel", "没有这种来源渠道。"
    DATUM = "datum", "坐标系应为 wgs84、gcj02、bd09 或 cgcs2000。"
    HALF_POINT = "half_point", "经度和纬度要一起给出。"
    POINT = "point", "经度应在 -180 到 180 之间，纬度应在 -90 到 90 之间；请看是否写反了。"
    KEY = "key", "幂等键应为 8 到 80 个英文字符。"
    PHOTOS = "photos", "最多 6 张照片。"
    EXTERNAL_LONG = "external_long", "来源系统的编号最多 64 个字符。"
    SOURCE_LONG = "source_long", "来源系统的名称最多 40 字。"
    OUTSIDE = "outside", "这个位置不在本区范围内。"
    EMAIL = "email", "电子邮箱不对，请核对。"
    TEXT_TOO_LONG = "text_too_long", "最多 4000 字，请写短一些。"
    AREA = "area", "没有这个区域代码。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealForm:
    """What a door was given, not yet checked. ``lon`` and ``lat`` are degrees in ``datum``; ``key`` makes
    giving the same appeal twice harmless; ``photos`` is how many pictures come with it, ``pictures`` those in the store.

    ``caller_id`` is a caller known by another way than name and phone. ``item`` is a code of ours, chosen from the list
    or given by another system, and ``answers`` what was asked about it, both checked; ``area`` holds where there is no
    point.
    """

    text: str
    channel: str
    kind: str = ""
    place_text: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.WGS84.value
    name: str = ""
    phone: str = ""
    key: str | None = None
    photos: int = 0
    source: str = ""
    external_number: str = ""
    caller_id: int | None = None
    pictures: tuple[StoredPhoto, ...] = ()
    email: str = ""
    item: str = ""
    area: str = ""
    answers: tuple[Answer, ...] = ()


def clean(form: AppealForm) -> AppealForm:
    """The form with its texts free of control characters and its phone in normal form; still in its datum.

    Raises Invalid; ``fields`` names everything that is wrong, in Chinese.
    """
    wrong: dict[str, Wrong] = {}
    text = readable(form.text)
    if len(text) < TEXT_LEAST:
        wrong["text"] = Wrong.TEXT_SHORT
    texts = {"place_text": readable(form.place_text), "name": readable(form.name)}
    external, source = readable(form.external_number), readable(form.source)
    open311 = form.channel == Channel.OPEN311
    for name, given, most, long in (
        (
            "text",
            text,
            *((OPEN311_TEXT_MOST, Wrong.TEXT_TOO_LONG) if open311 else (TEXT_MOST, Wrong.TEXT_LONG)),
        ),
        ("place_text", texts["place_text"], PLACE_MOST, Wrong.PLACE_LONG),
        ("name", texts["name"], NAME_MOST, Wrong.NAME_LONG),
        ("external_number", external, EXTERNAL_MOST, Wrong.EXTERNAL_LONG),
        ("source", source, SOURCE_MOST, Wrong.SOURCE_LONG),
    ):
        if len(given) > most:
            wrong[name] = long
    phone = phone_or_none(form.phone) if form.phone.strip() else ""
    if phone is None and open311 and _ABROAD.fullmatch(form.phone.strip()):
        # Apps are written elsewhere: a number of another country is kept as it was typed, and finds nobody.
        phone = form.phone.strip()
    if phone is None:
        wrong["phone"] = Wrong.PHONE
    email = form.email.strip()
    if email and (len(email) > EMAIL_MOST or not _EMAIL.fullmatch(email)):
        wrong["email"] = Wrong.EMAIL
    wrong |= _wrong_choices(form) | _wrong_point(form)
    if wrong:
        raise Invalid(fields={name: each.zh for name, each in wrong.items()})
    return AppealForm(
        text=text, channel=form.channel, kind=form.kind or AppealKind.OTHER.value, lon=form.lon, lat=form.lat,
        datum=form.datum, phone=phone or "", key=form.key, photos=form.photos, source=source,
        external_number=external, caller_id=form.caller_id, pictures=form.pictures, email=email, item=form.item,
        area=form.area, answers=form.answers, **texts,
    )  # fmt: skip


def readable(text: str) -> str:
    """A text without what cannot be read or stored: control characters, direction marks, lone surrogates."""
    return _LONE_SURROGATE.sub("", _NEVER.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))).strip()


def scoped_key(by: Actor, form: AppealForm) -> str | None:
    """What is stored for the key of a clean form: bound to who gave it and to what was said.

    Two outside systems that count from one never meet, nobody is shown the receipt of another by guessing a
    key, and a key used again for other words loses nothing.
    """
    if form.key is None:
        return None
    said = (
        by.kind.value,
        str(by.key_id or by.account_id or ""),
        form.key,
        form.text,
        form.place_text,
        form.phone,
        *(more for more in (form.email, form.item, form.area, _answered(form)) if more),
    )
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def _answered(form: AppealForm) -> str:
    return "\0".join(f"{one.code}={','.join(one.keys)}" for one in form.answers)


def _wrong_choices(form: AppealForm) -> dict[str, Wrong]:
    wrong: dict[str, Wrong] = {}
    if form.kind and form.kind not in _KINDS:
        wrong["kind"] = Wrong.KIND
    if form.channel not in _CHANNELS:
        wrong["channel"] = Wrong.CHANNEL
    if form.key is not None and not _KEY.fullmatch(form.key):
        wrong["key"] = Wrong.KEY
    if not 0 <= form.photos <= PHOTOS_MOST:
        wrong["photos"] = Wrong.PHOTOS
    return wrong


def _wrong_point(form: AppealForm) -> dict[str, Wrong]:
    if form.datum not in _DATUMS:
        return {"datum": Wrong.DATUM}
    if (form.lon is None) != (form.lat is None):
        return {"lon" if form.lon is None else "lat": Wrong.HALF_POINT}
    if form.lon is None or form.lat is None:
        return {}
    for name, degrees, most in (("lon", form.lon, 180.0), ("lat", form.lat, 90.0)):
        if not math.isfinite(degrees) or abs(degrees) > most:
            return {name: Wrong.POINT}
    return {}


_KINDS: Final = frozenset(kind.value for kind in AppealKind)
_CHANNELS: Final = frozenset(channel.value for channel in Channel)
_DATUMS: Final = frozenset(datum.value for datum in Datum)
