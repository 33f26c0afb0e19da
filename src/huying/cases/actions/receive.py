"""New appeals: each is kept with its receipt, its case, the first clock and the first entry, or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from huying.access.actor import Actor
from huying.cases.actions import rows
from huying.cases.actions.photos import attach
from huying.cases.actions.timekeeping import show_soonest, start_clocks
from huying.cases.actions.work import Work
from huying.cases.lifecycle import ClockKind, Level, State, Verb
from huying.cases.models import Answer, Appeal, Case, CaseAppeal, Matter
from huying.cases.rules.photos import StoredPhoto
from huying.cases.rules.titles import title_of
from huying.catalogue.rules.questions import Answer as Given
from huying.kernel import numbers
from huying.kernel.digest import canonical, new_salt, salted
from huying.kernel.errors import Unavailable

_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAppeal:
    """What a caller says. ``area`` is the code found for the point, or the district's own; coordinates are
    CGCS2000 degrees. ``idempotency_key`` makes giving the same appeal twice harmless. ``urgency`` (0 to 3) holds until
    the item says it."""

    text: str
    channel: str
    kind: str = "other"
    caller_id: int | None = None
    place_text: str = ""
    lon: float | None = None
    lat: float | None = None
    area: str = ""
    item: str = ""
    source: str = ""
    external_number: str | None = None
    idempotency_key: str | None = None
    title: str = ""
    urgency: int = 0
    photos: Sequence[StoredPhoto] = ()
    answers: Sequence[Given] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the caller is told: the number, the case it opened, by when it is accepted, and whether it was new."""

    receipt: str
    appeal_id: int
    case_id: int
    due_at: datetime | None
    is_new: bool


def receive(district: int, appeals: Sequence[NewAppeal], *, by: Actor, now: datetime) -> list[Receipt]:
    """Keep all appeals in one transaction; one that was given before is answered with its first receipt.

    Raises Unavailable when the store refuses again and again.
    """
    for _ in range(_TRIES):
        known = _known(district, appeals)
        try:
            with transaction.atomic():
                work = Work(now)
                fresh = _births(
                    work, district, [new for new in appeals if (new.idempotency_key or "") not in known], by
                )
                work.flush()
        except IntegrityError:
            # Another process kept the same appeal, or a receipt number was given twice: look again.
            continue
        answers = iter(fresh)
        by_key: dict[str, Receipt] = dict(known)
        found: list[Receipt] = []
        for new in appeals:
            key = new.idempotency_key
            if key is not None and key in by_key:
                found.append(by_key[key])
                continue
            answer = next(answers)
            found.append(answer)
            if key is not None:
                first = answer
                by_key[key] = Receipt(first.receipt, first.appeal_id, first.case_id, first.due_at, False)
        return found
    raise Unavailable


def _known(district: int, appeals: Sequence[NewAppeal]) -> dict[str, Receipt]:
    return known_receipts(district, [new.idempotency_key for new in appeals if new.idempotency_key])


def known_receipts(district: int, keys: Sequence[str]) -> dict[str, Receipt]:
    """What was kept under these keys before, each with its first receipt; one query."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.idempotency_key, a.receipt, a.id, c.id, c.due_at FROM cases_appeal a "
            "JOIN LATERAL (SELECT case_id FROM cases_caseappeal l WHERE l.district = a.district "
            # Put together with another in the moment it was kept: the case it was born as is the one it left.
            "AND l.appeal_id = a.id ORDER BY since, until IS NULL LIMIT 1) l ON true "
            "JOIN cases_case c ON c.district = a.district AND c.id = l.case_id "
            "WHERE a.district = %s AND a.idempotency_key = ANY(%s)",
            [district, list(keys)],
        )
        return {row[0]: Receipt(row[1], row[2], row[3], row[4], False) for row in cursor.fetchall()}


def _births(work: Work, district: int, appeals: Sequence[NewAppeal], by: Actor) -> list[Receipt]:
    unique = _first_of_each_key(appeals)
    case_ids = rows.new_case_ids(len(unique))
    appeal_ids = rows.new_ids(len(unique))
    receipts = numbers.many(len(unique))
    return [
        birth(work, district, new, by, case_id=case_id, appeal_id=appeal_id, receipt=receipt)
        for new, case_id, appeal_id, receipt in zip(unique, case_ids, appeal_ids, receipts, strict=True)
    ]


def _first_of_each_key(appeals: Sequence[NewAppeal]) -> list[NewAppeal]:
    seen: set[str] = set()
    unique = []
    for new in appeals:
        if new.idempotency_key is None or new.idempotency_key not in seen:
            unique.append(new)
        if new.idempotency_key is not None:
            seen.add(new.idempotency_key)
    return unique


def birth(
    work: Work,
    district: int,
    new: NewAppeal,
    by: Actor,
    *,
    case_id: int,
    appeal_id: int,
    receipt: str,
    ours: bool = True,
) -> Receipt:
    """Put one appeal, its case, the first clock and the first entry into the work at ``work.now``.

    With ``ours`` False another system had already ended the matter: no clock of this one starts.
    """
    salt = new_salt()
    area = new.area or str(district)
    work.add(
        rows.made(
            Appeal,
            district=district,
            id=appeal_id,
            receipt=receipt,
            idempotency_key=new.idempotency_key,
            channel=new.channel,
            kind=new.kind,
            text=new.text,
            salt=salt,
            caller_id=new.caller_id,
            place_text=new.place_text,
            lon=new.lon,
            lat=new.lat,
            area=area,
            source=new.source,
            external_number=new.external_number,
            received_at=work.now,
        )
    )
    case = rows.made(
        Case, district=district, id=case_id, state=State.RECEIVED.value, level=Level.STREET.value,
        title=new.title or title_of(new.text), kind=new.kind, item=new.item, area=area, lon=new.lon, lat=new.lat,
        channel=new.channel, urgency=new.urgency, opened_at=work.now, touched_at=work.now, appeals=1, reworks=0,
        unhappy=0, head=bytes(32), length=0,
    )  # fmt: skip
    matter = Matter(case)
    work.matters[(district, case_id)] = matter
    work.add(case)
    link = rows.made(CaseAppeal, district=district, case_id=case_id, appeal_id=appeal_id, since=work.now)
    matter.links.append(link)
    work.add(link)
    attach(work, new.photos, district=district, appeal_id=appeal_id, stage="appeal")
    started = start_clocks(work, matter, {ClockKind.ACCEPT} if ours else (), None)
    show_soonest(matter)
    said = salted(new.text, salt, settings.HUYING_DIGEST).hex()
    moved = {"started": started, "text": {"digest": said}, "photos": [photo.sha256 for photo in new.photos]}
    if new.answers:
        moved["answers"] = {"digest": _answered(work, district, appeal_id, new.answers, salt)}
    work.enter(matter, Verb.RECEIVE, by, before="", facts={}, appeal_id=appeal_id, moved=moved)
    return Receipt(receipt, appeal_id, case_id, case.due_at, True)


def _answered(work: Work, district: int, appeal_id: int, answers: Sequence[Given], salt: bytes) -> str:
    """Keep the answers beside the appeal; their digest under the appeal's salt, for the chain."""
    for number, one in enumerate(answers, 1):
        work.add(
            rows.made(
                Answer, district=district, appeal_id=appeal_id, number=number, code=one.code,
                question=one.question[:300], given="\n".join(one.keys), said=one.said,
            )
        )  # fmt: skip
    told = canonical({"answers": [[one.code, list(one.keys)] for one in answers]})
    return salted(told.decode(), salt, settings.HUYING_DIGEST).hex()
