"""Letters that were kept, taken in: an order becomes a case, anything else a step of the table, and what is not
understood is left to a person. A batch is one transaction: a worker that is killed leaves it as it was."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from huying.cases.queries.exchanged import Answering, answering
from huying.exchange.actions import stepping
from huying.exchange.actions.ordering import form_of
from huying.exchange.actions.picturing import look_at_pictures
from huying.exchange.models import Incoming, Linked
from huying.exchange.models.sealing import open_json
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import InKind, InState
from huying.exchange.rules.reading import Reading, read, with_changes
from huying.kernel.errors import HuyingError
from huying.loop.collect.actions import collect

_log = logging.getLogger(__name__)
_LOCK: Final = 7104  # R104: the class of this package's advisory locks.
# For how long a step waits for its order, or for a state that allows it, before a person is asked.
_RESTS: Final = (1, 5, 15, 60, 240, 720)
_FAULTS: Final = 3
# To clean a picture takes as long as to take in many letters.
_PICTURES: Final = 12
_DUE: Final = """
SELECT id FROM exchange_incoming i WHERE district = %(district)s AND peer_id = %(peer)s AND next_at <= %(now)s
    AND next_at IS NOT NULL ORDER BY id LIMIT %(most)s FOR UPDATE SKIP LOCKED
"""

# One statement of arrays: put together by cases, two hundred rows would take longer to read than to write.
_SAVE: Final = """
UPDATE exchange_incoming i SET number = t.number, kind = t.kind, state = t.state, reason = t.reason,
    next_at = t.next_at, tries = t.tries, case_id = t.case_id, settled_at = t.settled_at
FROM unnest(%s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::int[],
    %s::bigint[], %s::timestamptz[])
    AS t(district, id, number, kind, state, reason, next_at, tries, case_id, settled_at)
WHERE i.district = t.district AND i.id = t.id
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in hand, as it is read by the mapping in force."""

    row: Incoming
    reading: Reading


def take_in(peer: OpenPeer, now: datetime, most: int = 200) -> int:
    """Take in what is due; how many were looked at. One worker at a time for each system: letters keep their order.

    A letter at which the program itself fails costs the others nothing: each is tried alone, and that one is left
    to a person after the third time.
    """
    try:
        return _batch(peer, now, _DUE, {"most": most})
    except OperationalError:
        raise
    except Exception:
        _log.exception("letters of %s failed together; one by one now", peer.code)
    return _one_by_one(peer, now, most)


def _one_by_one(peer: OpenPeer, now: datetime, most: int) -> int:
    due = Incoming.objects.filter(district=peer.district, peer_id=peer.id, next_at__lte=now)
    taken = 0
    for number in due.order_by("id").values_list("id", flat=True)[:most]:
        try:
            taken += _batch(
                peer, now, f"{_DUE.split(' ORDER')[0]} AND id = %(id)s FOR UPDATE SKIP LOCKED", {"id": number}
            )
        except OperationalError:
            raise
        except Exception as fault:
            _log.exception("letter %s of %s", number, peer.code)
            _faulty(peer, number, fault, now)
            taken += 1
    return taken


def _faulty(peer: OpenPeer, number: int, fault: Exception, now: datetime) -> None:
    row = Incoming.objects.get(district=peer.district, id=number)
    row.tries += 1
    if row.tries >= _FAULTS:
        _settle(row, InState.PERSON, now, f"程序出错：{type(fault).__name__}")
    else:
        row.next_at = now + timedelta(minutes=1)
    _save([row])


@transaction.atomic
def _batch(peer: OpenPeer, now: datetime, due: str, given: Mapping[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, peer.id])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(due, {"district": peer.district, "peer": peer.id, "now": now, **given})
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return 0
    rows = list(Incoming.objects.filter(district=peer.district, id__in=ids).order_by("id"))
    rows, letters = _in_hand(peer, rows, now)
    linked = {
        one.number: one
        for one in Linked.objects.filter(
            district=peer.district, peer_id=peer.id, number__in={letter.reading.number for letter in letters}
        )
    }
    fresh = _first_orders(letters, linked)
    linked |= _taken_in(peer, fresh, now)
    _follow(peer, [letter for letter in letters if letter not in fresh], linked, now)
    _save(rows)
    look_at_pictures(peer, [(letter.row, letter.reading) for letter in letters], now)
    return len(rows)


def _in_hand(peer: OpenPeer, rows: Sequence[Incoming], now: datetime) -> tuple[list[Incoming], list[Letter]]:
    """The letters opened, up to so many pictures: what comes after them is the next batch."""
    taken, letters, pictures = list[Incoming](), list[Letter](), 0
    for row in rows:
        if pictures >= _PICTURES:
            break
        taken.append(row)
        letter = _opened(peer, row, now)
        if letter is not None:
            letters.append(letter)
            pictures += len(letter.reading.pictures)
    return taken, letters


def _opened(peer: OpenPeer, row: Incoming, now: datetime) -> Letter | None:
    """The letter, or None where it is settled as one for a person."""
    content = open_json(row.district, "incoming", row.content_sealed)
    content = with_changes(content, open_json(row.district, "mended", row.mended_sealed))
    reading = read(peer.map, content)
    row.number, row.kind = reading.number or row.number, reading.kind.value if reading.kind else ""
    if reading.wrong:
        _settle(row, InState.PERSON, now, "".join(reading.wrong))
        return None
    return Letter(row, reading)


def _first_orders(letters: Sequence[Letter], linked: Mapping[str, Linked]) -> list[Letter]:
    found: dict[str, Letter] = {}
    for letter in letters:
        if letter.reading.kind is InKind.ORDER and letter.reading.number not in linked:
            found.setdefault(letter.reading.number, letter)
    return list(found.values())


def _taken_in(peer: OpenPeer, fresh: Sequence[Letter], now: datetime) -> dict[str, Linked]:
    """New orders as cases. One that cannot be used is left to a person and hinders no other."""
    forms, ready = [], []
    for letter in fresh:
        try:
            forms.append(form_of(peer, letter.reading))
            ready.append(letter)
        except HuyingError as error:
            _settle(letter.row, InState.PERSON, now, _why(error))
    answers = collect(peer.district, forms, peer.actor, now) if forms else []
    links: list[Linked] = []
    for letter, answer in zip(ready, answers, strict=True):
        if isinstance(answer, HuyingError):
            _settle(letter.row, InState.PERSON, now, _why(answer))
            continue
        _settle(letter.row, InState.TAKEN, now, case_id=answer.case_id)
        said = letter.reading.values.get("at")
        links.append(
            Linked(
                district=peer.district, peer_id=peer.id, number=letter.reading.number, case_id=answer.case_id,
                appeal_id=answer.appeal_id, incoming_id=letter.row.id,
                at=datetime.fromisoformat(said) if said else letter.row.received_at, since=now,
            )
        )  # fmt: skip
    Linked.objects.bulk_create(links)
    # What came before its order is looked at now.
    early = Incoming.objects.filter(
        district=peer.district, peer_id=peer.id, state=InState.WAITING.value, next_at__gt=now
    )
    early.filter(number__in=[link.number for link in links]).update(next_at=now)
    return {link.number: link for link in links}


def _follow(peer: OpenPeer, letters: Sequence[Letter], linked: Mapping[str, Linked], now: datetime) -> None:
    """Every letter about an order that is a case already, in the order they came."""
    waiting: set[str] = set()
    for letter in letters:
        number = letter.reading.number
        link = linked.get(number)
        if link is None or number in waiting:
            _wait(letter.row, now, "还没有收到这一单" if link is None else "等前一封信先办")
            waiting.add(number)
            continue
        case = answering(peer.district, [link.appeal_id])[link.appeal_id]
        if not _stepped(peer, letter, link, case, now):
            waiting.add(number)


def _stepped(peer: OpenPeer, letter: Letter, link: Linked, case: Answering, now: datetime) -> bool:
    """Whether the letter is settled, be it by a person; False where it waits."""
    try:
        with transaction.atomic():
            stepping.step(peer, letter.row, letter.reading, link, case, now)
    except stepping.NotYet as wait:
        _wait(letter.row, now, wait.message, case.case_id)
        return letter.row.next_at is None
    except HuyingError as error:
        _settle(letter.row, InState.PERSON, now, _why(error), case.case_id)
    else:
        _settle(letter.row, InState.TAKEN, now, case_id=case.case_id)
    return True


def _wait(row: Incoming, now: datetime, why: str, case_id: int | None = None) -> None:
    if row.tries >= len(_RESTS):
        _settle(row, InState.PERSON, now, why, case_id)
        return
    row.next_at, row.reason = now + timedelta(minutes=_RESTS[row.tries]), why[:300]
    row.tries += 1


def _settle(row: Incoming, state: InState, now: datetime, why: str = "", case_id: int | None = None) -> None:
    row.state, row.reason, row.next_at = state.value, why[:300], None
    row.case_id = case_id if case_id is not None else row.case_id
    row.settled_at = now if state is InState.TAKEN else None


def _why(error: HuyingError) -> str:
    return "；".join(error.fields.values()) if error.fields else error.message


def _save(rows: Sequence[Incoming]) -> None:
    columns = [
        (row.district, row.id, row.number, row.kind, row.state, row.reason, row.next_at, row.tries, row.case_id,
         row.settled_at)
        for row in rows
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [list(column) for column in zip(*columns, strict=True)])
