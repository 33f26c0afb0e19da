"""Answers kept a day under an ``Idempotency-Key``, so that a write asked twice is done and answered once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor
from huying.kernel.errors import Unavailable
from huying.people.models import KeptAnswer
from huying.people.models.keyring import keyring

KEPT: Final = timedelta(hours=24)
_CLAIM: Final = """
INSERT INTO people_keptanswer (district, key_id, key, digest, status, headers, at)
VALUES (%(district)s, %(by)s, %(key)s, %(digest)s, 0, '{}', %(now)s)
ON CONFLICT (district, key_id, key) DO UPDATE SET digest = excluded.digest, at = excluded.at
WHERE people_keptanswer.at <= %(before)s RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it went out."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Who holds the key now: a row of our own to fill, or the answer that was given, or another request's."""

    row: int | None
    answer: Answer | None = None

    @property
    def is_others(self) -> bool:
        """Whether the key was used for something else."""
        return self.row is None and self.answer is None


def claim_answer(by: Actor, key: str, digest: str, now: datetime) -> Claimed:
    """Claim a key for what ``digest`` stands for; to be called in the transaction of the write itself.

    One that is being written by another transaction is waited for. After 24 hours a key is free again.
    """
    given: dict[str, Any] = {
        "district": by.district,
        "by": by.key_id,
        "key": key,
        "digest": digest,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, given | {"before": now - KEPT})
        claimed = cursor.fetchone()
    if claimed:
        return Claimed(int(claimed[0]))
    row = KeptAnswer.objects.filter(district=by.district, key_id=by.key_id or 0, key=key).first()
    if row is None:
        raise Unavailable
    if row.digest != digest:
        return Claimed(None)
    body = keyring().open(row.sealed, _place(by))
    return Claimed(None, Answer(row.status, row.headers, body))


def keep_answer(by: Actor, row: int, answer: Answer) -> None:
    """Keep what was answered, in the same transaction."""
    sealed = keyring().seal(answer.body, _place(by))
    KeptAnswer.objects.filter(district=by.district, pk=row).update(
        status=answer.status, headers=answer.headers, sealed=sealed
    )


def clear_answers(district: int, now: datetime) -> int:
    """Forget the answers of more than a day ago; how many."""
    return KeptAnswer.objects.filter(district=district, at__lte=now - KEPT).delete()[0]


def _place(by: Actor) -> str:
    return f"{by.district}:key{by.key_id}.answer"
