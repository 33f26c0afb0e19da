"""An order of theirs as the form that any appeal comes in by."""

import hashlib
from contextlib import suppress

from huying.cases.actions import StoredPhoto, store_photo
from huying.catalogue.queries import item as item_of
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.pictures import PICTURES_MOST
from huying.exchange.rules.reading import Reading
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.loop.collect.rules import AppealForm
from huying.places.queries import area as area_of


def form_of(peer: OpenPeer, reading: Reading) -> AppealForm:
    """What is taken in, with those pictures that are written into the letter. Raises Invalid for an item or an area that
    the district does not have.
    """
    values = reading.values
    item, area = values.get("item", ""), values.get("area", "")
    try:
        if item:
            item_of(peer.district, item)
        if area:
            area_of(peer.district, area)
    except NotFound as error:
        raise Invalid(said("对应到的事项或区划本区没有：%(code)s", code=item or area)) from error
    pictures = _kept(peer.district, reading)
    return AppealForm(
        text=values["text"],
        channel=values.get("channel", peer.map.channel.value),
        kind=values.get("kind", ""),
        place_text=values.get("place", ""),
        lon=float(values["lon"]) if "lon" in values else None,
        lat=float(values["lat"]) if "lat" in values else None,
        datum=peer.map.datum.value,
        name=values.get("name", ""),
        phone=values.get("phone", ""),
        key=hashlib.sha256(f"{peer.code}\0{reading.number}".encode()).hexdigest()[:40],
        source=peer.name[:40],
        external_number=reading.number,
        item=item,
        area=area,
        photos=len(pictures),
        pictures=pictures,
    )


def _kept(district: int, reading: Reading) -> tuple[StoredPhoto, ...]:
    """What is no picture is passed over: ``tasks.picturing`` looks at the letter again and tells of it."""
    found: list[StoredPhoto] = []
    for one in reading.pictures[:PICTURES_MOST]:
        if one.base64:
            with suppress(Invalid):
                found.append(store_photo(district, one.content()))
    return tuple(found)
