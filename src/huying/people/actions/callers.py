"""Callers: found or made in batches, shown whole only with a reason; how they are erased is told in ``erasing``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.people.actions.viewings import NewViewing, record_viewings
from huying.people.models import Caller
from huying.people.models.keyring import caller_place, keyring
from huying.people.queries.callers import MaskedCaller, caller_masked
from huying.people.rules.kinds import ViewingKind
from huying.people.rules.phones import normal_phone, phone_or_none

REASON_MIN: Final = 2

# Known callers are read and unknown ones made in one statement. Whom another transaction makes at the same moment
# is left to it: the insert waits, in one order, and takes no lock on the row that was there first.
_ENSURE: Final = """
WITH given AS (
    SELECT * FROM unnest(%(n)s::int[], %(name)s::bytea[], %(phone)s::bytea[], %(digest)s::bytea[], %(email)s::bytea[])
        AS given(n, name, phone, digest, email)
), known AS (
    SELECT given.n, caller.id, caller.name_sealed IS NULL AND given.name IS NOT NULL
        OR caller.email_sealed IS NULL AND given.email IS NOT NULL AS wanting FROM given
    JOIN people_caller caller ON caller.district = %(district)s AND caller.phone_digest = given.digest
), fresh AS MATERIALIZED (
    SELECT given.*, nextval('people_caller_id') AS id FROM given
    WHERE NOT EXISTS (SELECT 1 FROM known WHERE known.n = given.n)
), made AS (
    INSERT INTO people_caller AS caller
        (district, id, name_sealed, phone_sealed, phone_digest, email_sealed, first_seen_at)
    SELECT %(district)s, id, name, phone, digest, email, %(now)s FROM fresh ORDER BY digest
    ON CONFLICT (district, phone_digest) DO NOTHING
    RETURNING id
)
SELECT n, id, wanting FROM known
UNION ALL
SELECT fresh.n, made.id, false FROM fresh JOIN made USING (id)
"""

# What the first statement left: callers made by another transaction meanwhile, names and e-mails that were missing.
# Rows are locked in the order of their digests, so that batches with callers in common never deadlock; whoever
# waits here waits only for others here, never for somebody who still makes callers.
_NAME: Final = """
WITH given AS (
    SELECT * FROM unnest(%(n)s::int[], %(name)s::bytea[], %(digest)s::bytea[], %(email)s::bytea[])
        AS given(n, name, digest, email)
), found AS MATERIALIZED (
    SELECT given.n, given.name, given.email, caller.id FROM given
    JOIN people_caller caller ON caller.district = %(district)s AND caller.phone_digest = given.digest
    ORDER BY caller.phone_digest FOR UPDATE OF caller
), named AS (
    UPDATE people_caller caller SET name_sealed = coalesce(caller.name_sealed, found.name),
        email_sealed = coalesce(caller.email_sealed, found.email) FROM found
    WHERE caller.district = %(district)s AND caller.id = found.id AND (
        caller.name_sealed IS NULL AND found.name IS NOT NULL
        OR caller.email_sealed IS NULL AND found.email IS NOT NULL
    )
)
SELECT n, id FROM found
"""


@dataclass(frozen=True, slots=True)
class PlainCaller:
    """Everything known of a caller, readable. Show it to whoever asked and keep it nowhere."""

    id: int
    name: str
    phone: str
    id_number: str
    email: str = ""


@dataclass(slots=True)
class _Sealed:
    """What is kept of one caller; ``digest`` finds them by their phone."""

    name: bytes | None
    phone: bytes | None
    digest: bytes | None
    email: bytes | None


def ensure_callers(
    district: int, given: Sequence[tuple[str, str]], now: datetime, emails: Sequence[str] = ()
) -> list[int | None]:
    """Caller ids for (name, phone) pairs, in their order; None where both are empty (anonymous).

    Equal phones are one caller: the first name given stays, and so does the first e-mail. A phone that is not a
    telephone number is kept as typed but finds nobody, so each such pair is a caller of its own, as is who gave nothing
    but an e-mail (``emails``, one for each pair). One statement for the batch, a second where a name was missing or
    another transaction made a caller at the same moment.
    """
    ring = keyring()
    places = {column: caller_place(district, column) for column in ("name", "phone", "email")}
    slots: list[int | None] = []
    rows: list[_Sealed] = []
    seen: dict[str, int] = {}
    for (name, phone), email in zip(given, emails or [""] * len(given), strict=True):
        number = phone_or_none(phone)
        sealed = ring.seal(name.strip(), places["name"]), ring.seal(email.strip(), places["email"])
        if number in seen:
            slots.append(seen[number])
            known = rows[seen[number]]
            known.name, known.email = known.name or sealed[0], known.email or sealed[1]
        elif name.strip() or phone.strip() or email.strip():
            digest = ring.digest(number, places["phone"]) if number else None
            slots.append(len(rows))
            if number:
                seen[number] = len(rows)
            kept = number or phone.strip()
            rows.append(_Sealed(sealed[0], ring.seal(kept, places["phone"]), digest, sealed[1]))
        else:
            slots.append(None)
    ids = _ensured(district, rows, now)
    return [None if slot is None else ids[slot] for slot in slots]


def unmask(actor: Actor, caller_id: int, case_id: int | None, reason: str, now: datetime) -> PlainCaller:
    """The whole data of a caller, with the viewing written down in the same transaction.

    Whoever calls this has asked ``cases.queries`` first whether the actor may do so on this very case.
    Raises ``Denied`` without ``caller:unmask``, ``Invalid`` without a reason, ``NotFound``.
    """
    if not actor.may(Permission.CALLER_UNMASK):
        raise Denied
    if len(reason.strip()) < REASON_MIN:
        message = _("请写明查看原因，例如“回电核实地址”。")
        raise Invalid(message, fields={"reason": message})
    with transaction.atomic():
        row = Caller.objects.filter(district=actor.district, id=caller_id).first()
        if row is None:
            raise NotFound
        seen = NewViewing(ViewingKind.UNMASK, "诉求人姓名、电话、证件号", caller_id, case_id, reason.strip())
        record_viewings(actor, [seen], now)
        return _plain(row)


def look_up_caller(actor: Actor, phone: str, now: datetime) -> MaskedCaller | None:
    """The caller behind a number that is ringing, masked; the search is written down, also where nobody was found.

    Raises ``Denied`` unless the actor registers appeals, ``Invalid`` when it is no telephone number.
    """
    if not actor.may(Permission.APPEAL_RECEIVE):
        raise Denied
    digest = keyring().digest(normal_phone(phone), caller_place(actor.district, "phone"))
    found = Caller.objects.filter(district=actor.district, phone_digest=digest)
    caller_id = found.values_list("id", flat=True).first()
    what = "来电号码，没有登记过" if caller_id is None else "来电号码"
    record_viewings(actor, [NewViewing(ViewingKind.SEARCH, what, caller_id)], now)
    return None if caller_id is None else caller_masked(actor.district, caller_id)


def set_id_number(actor: Actor, caller_id: int, number: str) -> None:
    """Keep a caller's identity number, sealed. Raises ``Denied`` or ``NotFound``."""
    if not actor.may(Permission.APPEAL_RECEIVE):
        raise Denied
    sealed = keyring().seal(number.strip().upper(), caller_place(actor.district, "id_number"))
    rows = Caller.objects.filter(district=actor.district, id=caller_id, erased_at=None)
    if not rows.update(id_number_sealed=sealed):
        raise NotFound


def reseal_callers(district: int, batch: int = 1000) -> int:
    """Seal with the current secret what an earlier one sealed; how many callers were changed.

    Run it after a change of secrets while nothing else writes: until it has ended, callers known under
    the earlier secret are not found by their phone. What cannot be opened raises ``Unavailable``.
    """
    changed, after = 0, 0
    while True:
        rows = list(Caller.objects.filter(district=district, id__gt=after).order_by("id")[:batch])
        if not rows:
            return changed
        after = rows[-1].id
        old = [row for row in rows if _is_old(row)]
        for row in old:
            _reseal(row)
        columns = ["name_sealed", "phone_sealed", "id_number_sealed", "email_sealed", "phone_digest"]
        Caller.objects.bulk_update(old, columns)
        changed += len(old)


def _ensured(district: int, rows: Sequence[_Sealed], now: datetime) -> dict[int, int]:
    if not rows:
        return {}
    with connection.cursor() as cursor:
        given = _arrays(rows, range(len(rows)), "name", "phone", "digest", "email")
        cursor.execute(_ENSURE, {**given, "district": district, "now": now})
        answered = cursor.fetchall()
        ids = {n: id_ for n, id_, _wanting in answered}
        wanting = {n for n, _id, wanting in answered if wanting}
        left = [n for n in range(len(rows)) if n not in ids or n in wanting]
        if left:
            cursor.execute(_NAME, {**_arrays(rows, left, "name", "digest", "email"), "district": district})
            ids.update(cursor.fetchall())
    return ids


def _arrays(rows: Sequence[_Sealed], chosen: Sequence[int], *columns: str) -> dict[str, Any]:
    named = {column: [getattr(rows[n], column) for n in chosen] for column in columns}
    return {"n": list(chosen), **named}


def _plain(row: Caller) -> PlainCaller:
    return PlainCaller(row.id, *(_opened(row, column) for column in ("name", "phone", "id_number", "email")))


def _opened(row: Caller, column: str) -> str:
    return keyring().open(getattr(row, f"{column}_sealed"), caller_place(row.district, column))


def _is_old(row: Caller) -> bool:
    sealed: Iterable[bytes | memoryview | None] = (
        row.name_sealed, row.phone_sealed, row.id_number_sealed, row.email_sealed,
    )  # fmt: skip
    return any(value is not None and not keyring().is_current(value) for value in sealed)


def _reseal(row: Caller) -> None:
    for column in ("name", "phone", "id_number", "email"):
        text = _opened(row, column)
        setattr(row, f"{column}_sealed", keyring().seal(text, caller_place(row.district, column)))
        if column == "phone" and row.phone_digest is not None:
            row.phone_digest = keyring().digest(text, caller_place(row.district, "phone"))
