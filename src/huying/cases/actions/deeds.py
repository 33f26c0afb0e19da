"""Steps taken under an Idempotency-Key: asked again they are answered, not repeated."""

import hashlib
from datetime import datetime

import orjson

from huying.cases.models import Case, Deed
from huying.cases.policy.moves import Move
from huying.kernel.errors import Conflict


def done_before(move: Move) -> bool:
    """Whether this very step was taken before; Conflict when its key stands for another one.

    Two at once are told apart by the lock on the case: the second finds the first's row.
    """
    if move.key is None:
        return False
    deed = Deed.objects.filter(district=move.case[0], key=move.key).first()
    if deed is None:
        return False
    if deed.fingerprint != _fingerprint(move):
        raise Conflict("这个幂等键已用于另一次操作。")
    return True


def remember(move: Move, case: Case, now: datetime) -> None:
    """Keep that the step was taken, in the same transaction."""
    if move.key is not None:
        Deed.objects.create(
            district=move.case[0], key=move.key, case_id=case.id, seq=case.length,
            fingerprint=_fingerprint(move), at=now,
        )  # fmt: skip


def _fingerprint(move: Move) -> str:
    said = {
        "case": list(move.case),
        "verb": move.verb.value,
        "outcome": move.outcome.value if move.outcome else None,
        "facts": dict(move.facts),
        "by": [move.by.kind.value, move.by.account_id, move.by.key_id, move.by.appeal_id],
    }
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
