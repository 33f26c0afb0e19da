"""Getting the pictures of letters: from the letter itself, or from the host of the system that sent it."""

import logging
from datetime import datetime
from typing import Final

from django.conf import settings

from huying.cases.actions import StoredPhoto, store_photo
from huying.cases.rules.photos import MOST_BYTES
from huying.exchange.actions.picturing import Had, claim_letter, put_pictures, reading_of
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.pictures import PICTURES_MOST, Picture, must_be_theirs
from huying.kernel.errors import HuyingError, Invalid, Unavailable
from huying.kernel.outward import Allowed, Outward
from huying.kernel.saying import said

_log = logging.getLogger(__name__)
_SECONDS: Final = 20.0
_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


def fetch_pictures(peer: OpenPeer, now: datetime) -> int:
    """Get the pictures of one letter that is due; how many letters were in hand."""
    row = claim_letter(peer, now)
    if row is None:
        return 0
    line = Outward(
        Allowed(tuple(settings.HUYING_WEBHOOK_NETWORKS), frozenset(settings.HUYING_WEBHOOK_PORTS)),
        seconds=_SECONDS,
    )
    try:
        put_pictures(peer, row, _had(peer, line, reading_of(peer, row).pictures), now)
    finally:
        line.close()
    return 1


def _had(peer: OpenPeer, line: Outward, pictures: tuple[Picture, ...]) -> Had:
    photos, missing, again = list[StoredPhoto](), list[str](), False
    for number, one in enumerate(pictures, 1):
        try:
            if number > PICTURES_MOST:
                raise Invalid(said("一封信最多收 %(most)s 张", most=PICTURES_MOST))
            content = one.content() if one.base64 else _fetched(peer, line, one.url)
            photos.append(store_photo(peer.district, content))
        except Unavailable as away:
            again = True
            missing.append(_numbered(number, away))
        except HuyingError as no:
            missing.append(_numbered(number, no))
    return Had(photos, missing, again)


def _numbered(number: int, error: HuyingError) -> str:
    why = "；".join(error.fields.values()) or error.message
    return said("第 %(number)s 张%(why)s", number=number, why=why.rstrip("。"))


def _fetched(peer: OpenPeer, line: Outward, url: str) -> bytes:
    """What lies there. Raises Invalid for an address that is not theirs or may not be called, Unavailable."""
    must_be_theirs(url, str(peer.settings.get("address", "")))
    answer = line.get(url, {"Accept": "image/*", "User-Agent": "huying"}, MOST_BYTES)
    if answer.status in _LATER:
        raise Unavailable(said("对方答 %(status)s", status=answer.status))
    if answer.status != 200:
        raise Invalid(said("对方答 %(status)s", status=answer.status))
    return answer.body
