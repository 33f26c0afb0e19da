"""Drafts of replies, written beside a case for its handler to read, mend and send."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import Verb
from huying.cases.queries import must_see
from huying.cases.queries.page import case_for
from huying.cases.queries.seeing import must_stand
from huying.kernel.errors import IllegalStep, NotFound
from huying.loop.dispose.models import ReplyDraft
from huying.loop.dispose.rules import clean_reply

#: The steps that say something to the caller.
DRAFTED: Final = frozenset({Verb.REPORT, Verb.ANSWER, Verb.REJECT})
# What one writer has on one case; the oldest give way.
_MOST: Final = 3


@transaction.atomic
def draft_reply(
    actor: Actor, district: int, case_id: int, verb: Verb, reply: str, now: datetime, *, result: str = "",
    key: str = "",
) -> int:  # fmt: skip
    """Keep a draft of a reply; its number. The same draft sent twice stands once.

    Raises NotFound for a case the actor may not see, IllegalStep where the step is not theirs to take now, Conflict for
    a case that was erased, Invalid for words that cannot be.
    """
    must_see(actor, district, case_id, Permission.CASE_READ)
    must_stand(district, case_id)
    words, done = clean_reply(reply), clean_reply(result, needed=False)
    if verb not in DRAFTED or all(
        button.verb is not verb for button in case_for(actor, district, case_id, now).buttons
    ):
        raise IllegalStep
    once = _once(actor, case_id, verb, words, done, key)
    known = ReplyDraft.objects.filter(district=district, idempotency_key=once).first()
    if known is not None:
        return known.id
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dispose_draft_id')")
        number: int = cursor.fetchone()[0]
    ReplyDraft.objects.create(
        district=district, id=number, case_id=case_id, account_id=actor.account_id, key_id=actor.key_id,
        verb=verb.value, reply=words, result=done, made_at=now, made_by=actor.name[:60], idempotency_key=once,
    )  # fmt: skip
    _drop_oldest(actor, district, case_id, now)
    return number


def _once(actor: Actor, case_id: int, verb: Verb, reply: str, result: str, key: str) -> str:
    said = "\x1f".join(
        [str(actor.account_id), str(actor.key_id), str(case_id), key or f"{verb}\x1f{reply}\x1f{result}"]
    )
    return sha256(said.encode()).hexdigest()


def _drop_oldest(actor: Actor, district: int, case_id: int, now: datetime) -> None:
    mine = {"account_id": actor.account_id} if actor.account_id is not None else {"key_id": actor.key_id}
    rows = ReplyDraft.objects.filter(district=district, case_id=case_id, dropped_at=None, **mine)
    old = list(rows.order_by("-id").values_list("id", flat=True)[_MOST:])
    ReplyDraft.objects.filter(district=district, id__in=old).update(dropped_at=now)


def drop_draft(actor: Actor, district: int, number: int, now: datetime) -> None:
    """Put away one of one's own drafts, or one that an outside system left on a case that one may see.

    Raises NotFound.
    """
    row = ReplyDraft.objects.filter(district=district, id=number, dropped_at=None).first()
    if row is None or row.account_id not in {None, actor.account_id}:
        raise NotFound
    must_see(actor, district, row.case_id, Permission.CASE_READ)
    ReplyDraft.objects.filter(district=district, id=number, dropped_at=None).update(dropped_at=now)
