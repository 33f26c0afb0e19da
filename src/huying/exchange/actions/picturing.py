"""Pictures that come with letters, put to the case of their letter. One that cannot be had stops nothing: it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from huying.cases.actions import StoredPhoto, advance
from huying.cases.lifecycle import Verb
from huying.cases.queries.exchanged import picture_digests
from huying.exchange.models import Incoming
from huying.exchange.models.sealing import open_json
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import InState
from huying.exchange.rules.reading import Reading, read, with_changes
from huying.kernel.errors import HuyingError
from huying.kernel.saying import said

# Longer than asking for the pictures of one letter may take.
_LEASE: Final = timedelta(minutes=5)
RESTS: Final = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
_CLAIM: Final = """
UPDATE exchange_incoming SET pictures_at = %s, picture_tries = picture_tries + 1 WHERE (district, id) IN (
    SELECT district, id FROM exchange_incoming WHERE district = %s AND peer_id = %s AND pictures_at <= %s
    ORDER BY pictures_at LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Had:
    """What became of a letter's pictures: those in the store, why others are not, and whether to ask again."""

    photos: Sequence[StoredPhoto]
    missing: Sequence[str]
    again: bool


def look_at_pictures(peer: OpenPeer, letters: Sequence[tuple[Incoming, Reading]], now: datetime) -> None:
    """Letters taken in whose pictures are not all at their case yet are looked at soon."""
    ids = [
        row.id
        for row, reading in letters
        if row.state == InState.TAKEN.value and row.case_id and reading.pictures
    ]
    if ids:
        Incoming.objects.filter(district=peer.district, id__in=ids).update(pictures_at=now, picture_tries=0)


def claim_letter(peer: OpenPeer, now: datetime) -> Incoming | None:
    """A letter whose pictures are due, held for a while; None where none is."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now + _LEASE, peer.district, peer.id, now])
        found = cursor.fetchone()
    return Incoming.objects.get(district=peer.district, id=found[0]) if found else None


def reading_of(peer: OpenPeer, row: Incoming) -> Reading:
    """The letter by the mapping in force; nothing in it where its words are gone."""
    content = open_json(row.district, "incoming", row.content_sealed)
    return read(peer.map, with_changes(content, open_json(row.district, "mended", row.mended_sealed)))


@transaction.atomic
def put_pictures(peer: OpenPeer, row: Incoming, had: Had, now: datetime) -> None:
    """Put to the case what is not there yet, and say once what could not be had, on the letter and on the case."""
    assert row.case_id is not None
    rest = RESTS[row.picture_tries - 1] if had.again and row.picture_tries <= len(RESTS) else None
    there = picture_digests(row.district, row.case_id)
    fresh = [photo for photo in {one.sha256: one for one in had.photos}.values() if photo.sha256 not in there]
    why = "；".join(had.missing)
    told = [said("%(peer)s来信的照片（%(n)s 张）。", peer=peer.name, n=len(fresh))] if fresh else []
    if had.missing and rest is None:
        told.append(
            said(
                "%(peer)s来信有 %(n)s 张照片没有收到：%(why)s。", peer=peer.name, n=len(had.missing), why=why
            )
        )
    if told:
        why = _note(peer, row.case_id, "".join(told), fresh, now) or why
    Incoming.objects.filter(district=row.district, id=row.id).update(
        pictures_at=now + rest if rest else None, pictures_error=why[:300]
    )


def _note(peer: OpenPeer, case_id: int, words: str, photos: Sequence[StoredPhoto], now: datetime) -> str:
    """Why the case takes no note; "" where it did. A closed one takes none, and the letter says so."""
    facts: dict[str, Any] = {"note": words[:4000]} | ({"photos": list(photos)} if photos else {})
    try:
        with transaction.atomic():
            advance((peer.district, case_id), Verb.NOTE, by=peer.actor, now=now, **facts)
    except HuyingError as error:
        return f"{words}{error.message}"
    return ""
