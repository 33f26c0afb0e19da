"""From the parameters of a POST to a report that is kept with its batch.

What needs no database is read at once; the district, the service and its questions are asked about when the batch is
written, in the writer's own thread.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.api.intake.reading import Late, Settled
from huying.api.keys import actor_with
from huying.api.open311.telling.services import in_force
from huying.api.open311.wire.asking import Params, Unclear
from huying.api.open311.wire.faults import BadKey
from huying.cases.actions import known_receipts
from huying.cases.actions.photos import store_photos
from huying.cases.lifecycle import Channel
from huying.cases.queries.outside.requests import MEDIA_CODE
from huying.catalogue.queries import item
from huying.catalogue.queries.questions import names_ever, questions
from huying.catalogue.rules.questions import Answer, answers
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.loop.collect.rules import PHOTOS_MOST, TEXT_LEAST, AppealForm, clean, scoped_key
from huying.places.queries import area
from huying.places.queries.jurisdictions import jurisdiction

# Seconds within which the same words from the same device, without a key of their own, are the same report.
AGAIN: Final = 600
_URL_MOST: Final = 1000
_ID_MOST: Final = 200
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# What the house calls a field, and what the client called it.
NAMES: Final[Mapping[str, str]] = {
    "text": "description", "place_text": "address_string", "lon": "long", "name": "first_name",
    "key": "Idempotency-Key", "area": "address_id", "photos": "media",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report(Late):
    """One service request. ``who`` tells one device or account from others; it is kept nowhere."""

    place: str = ""
    code: str = ""
    asked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    media_urls: tuple[str, ...] = ()
    media: tuple[bytes, ...] = ()
    who: str = ""
    account: str = ""

    def settled(self, now: datetime) -> Settled:
        actor = self.actor(now)
        try:
            form = self.checked(actor)
            form = replace(form, key=form.key or self._key(actor, form, now))
            with photos_named():
                photos = store_photos(actor.district, self.media)
        except Invalid as error:
            raise renamed(error) from None
        return Settled(actor, replace(form, pictures=tuple(photos)))

    def checked(self, actor: Actor) -> AppealForm:
        """The form with its service, its answers and its area. Raises NotFound for a service that is not in force."""
        district = actor.district
        if not in_force(district, self.code):
            raise NotFound(_no_service(district, self.code))
        line = item(district, self.code)
        given = answers(questions(district).get(self.code, ()), dict(self.asked))
        links = Answer(MEDIA_CODE, "诉求人给的图片网址", self.media_urls, "\n".join(self.media_urls))
        text = self.form.text
        return replace(
            self.form,
            text=text if len(text) >= TEXT_LEAST else f"{line.name} {text}".strip(),
            item=self.code,
            area=self._area(district),
            answers=(*given, links) if self.media_urls else given,
        )

    def actor(self, now: datetime) -> Actor:
        """Who reports, in which district. Raises BadKey, Denied, NoJurisdiction, WhichJurisdiction."""
        district = jurisdiction(self.place)
        if not self.raw_key:
            return Actor(kind=ActorKind.RESIDENT, district=district, name="居民")
        actor = actor_with(self.raw_key, now)
        if actor.district != district:
            raise BadKey
        if not actor.may(Permission.APPEAL_RECEIVE):
            raise Denied
        return actor

    def _area(self, district: int) -> str:
        """An address of our register is an area's code; one that is not matters only where nothing else says where."""
        if not self.form.area:
            return ""
        try:
            return area(district, self.form.area).code
        except NotFound:
            if self.form.lon is None and not self.form.place_text:
                raise Invalid(
                    fields={"address_id": "没有这个 address_id，请改用 lat、long 或 address_string。"}
                ) from None
            return ""

    def _key(self, actor: Actor, form: AppealForm, now: datetime) -> str | None:
        """Of a device that says who it is: the same words again within some minutes are not another report."""
        if not self.who:
            return None
        span = int(now.timestamp()) // AGAIN
        keys = [hashlib.sha256(f"{self.who}\0{at}".encode()).hexdigest() for at in (span - 1, span)]
        before = scoped_key(actor, replace(clean(form), key=keys[0]))
        return keys[0] if before and known_receipts(actor.district, [before]) else keys[1]


def read(params: Params, raw_key: str, key: str | None, media: tuple[bytes, ...] = ()) -> Report:
    """Raises Invalid naming every parameter that is missing or cannot be read."""
    wrong: dict[str, str] = {}
    numbers = {name: _number(params, name, wrong) for name in ("lat", "long")}
    address, address_id = params.text("address_string"), params.text("address_id")
    if not params.text("service_code"):
        wrong["service_code"] = Unclear.MISSING.zh
    if not address and not address_id and numbers["lat"] is None and numbers["long"] is None and not wrong:
        wrong["lat"] = said("请给出位置：lat 和 long，或 address_string，或 address_id。")
    links = tuple(dict.fromkeys(params.all(MEDIA_CODE)))
    if len(links) > PHOTOS_MOST or any(not is_link(link) for link in links):
        wrong["media_url"] = said("应为 http 或 https 网址，最多 %(most)s 个。", most=PHOTOS_MOST)
    if len(media) > PHOTOS_MOST:
        wrong["media"] = said("最多 %(most)s 张照片。", most=PHOTOS_MOST)
    if any(len(params.text(name)) > _ID_MOST for name in ("device_id", "account_id")):
        wrong["account_id" if len(params.text("account_id")) > _ID_MOST else "device_id"] = said(
            "最多 %(most)s 个字符。", most=_ID_MOST
        )
    if wrong:
        raise Invalid(fields=wrong)
    who = "\0".join((params.text("device_id"), params.text("account_id"))).strip("\0")
    form = AppealForm(
        text=params.text("description"), channel=Channel.OPEN311.value, place_text=address, lon=numbers["long"],
        lat=numbers["lat"], area=address_id, name=_name(params), phone=params.text("phone"),
        email=params.text("email"), source="open311", key=key or (None if who else uuid4().hex), photos=len(media),
    )  # fmt: skip
    return Report(
        form=form, raw_key=raw_key, district=None, place=params.text("jurisdiction_id"),
        code=params.text("service_code"), media_urls=links, media=media, who=who,
        account=params.text("account_id"),
        asked=tuple((code, tuple(values)) for code, values in params.attributes().items()),
    )  # fmt: skip


@contextmanager
def photos_named() -> Iterator[None]:
    """What is wrong with a picture is said of ``media``."""
    try:
        yield
    except Invalid as error:
        raise Invalid(fields=error.fields or {"media": error.message}) from None


def renamed(error: Invalid) -> Invalid:
    """The refusal with its fields as the client called them."""
    error.fields = {NAMES.get(name, name): text for name, text in error.fields.items()}
    return error


def is_link(text: str) -> bool:
    """Whether a text is a web address; it is kept as text, and never fetched."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    whole = len(text) <= _URL_MOST and text.isprintable() and not set(' "<>\\^`{|}') & set(text)
    return whole and parts.scheme in {"http", "https"} and bool(parts.hostname)


def _number(params: Params, name: str, wrong: dict[str, str]) -> float | None:
    try:
        return params.number(name)
    except Invalid as error:
        wrong |= error.fields
        return None


def _name(params: Params) -> str:
    first, last = params.text("first_name"), params.text("last_name")
    return f"{last}{first}" if _HAN.search(first + last) else f"{first} {last}".strip()


def _no_service(district: int, code: str) -> str:
    known = names_ever(district).get(code)
    if known is None:
        return said("没有 service_code %(code)s。", code=code[:40])
    return said(
        "service_code %(code)s（%(name)s）是第 %(edition)s 版清单的事项，现已不用，请重新取 services。",
        code=code, name=known[0], edition=known[1],
    )  # fmt: skip
