"""What was kept, thought about in its order: the step of the rules, what it asks to be done, what is answered.

One person's messages are taken under the lock on their row, so two processes never answer at once; what is done and
where the conversation stands then are written together.
"""

import logging
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

import orjson
from django.db import transaction

from huying.chat.actions.answering import say
from huying.chat.actions.doing import do
from huying.chat.actions.doors import Doors
from huying.chat.models import Message, Person
from huying.chat.queries.own import known_to
from huying.chat.queries.waiting import content_of
from huying.chat.rules.conversation import Heard, Stage, Talk, Turn, step
from huying.chat.rules.conversation.standing import FORGOTTEN_AFTER, SLOW
from huying.chat.rules.kinds import Medium, Side, Standing
from huying.kernel.errors import HuyingError
from huying.people.queries.sealed import seal, unseal

_log = logging.getLogger(__name__)
_TRIES: Final = 5
_LATER: Final = timedelta(seconds=20)
_MOST: Final = 20
TALK: Final = "chat.talk"
_SORRY: Final = "这一条没有处理成功，请稍后再发一次，或打 12345。"


def think(district: int, person: int, now: datetime, doors: Doors | None = None) -> int:
    """Think about all that somebody's messages wait for; how many were done.

    Without ``doors`` what needs them waits for who has them, and what came after it waits behind it.
    """
    done = 0
    while done < _MOST:
        number = _next_done(district, person, now, doors)
        if number is None:
            break
        done += 1
    return done


def _next_done(district: int, person_id: int, now: datetime, doors: Doors | None) -> int | None:
    try:
        with transaction.atomic():
            person = Person.objects.select_for_update().get(district=district, id=person_id)
            row = _waiting(person)
            if row is None or (row.next_at and row.next_at > now):
                return None
            return row.id if _done(person, row, now, doors) else None
    except Exception as fault:
        _log.exception("a message of %s in %s", person_id, district)
        return _stumbled(district, person_id, fault, now)


def _waiting(person: Person) -> Message | None:
    of = {"district": person.district, "person_id": person.id, "side": Side.THEIRS.value}
    return Message.objects.filter(state=Standing.WAITING.value, **of).order_by("id").first()


def _done(person: Person, row: Message, now: datetime, doors: Doors | None) -> bool:
    """Whether the message was dealt with; one that needs doors we do not have is left as it is."""
    talk = talk_of(person, now)
    content = content_of(row)
    heard = Heard(
        Medium(row.medium), str(content.get("text", "")), content.get("lon"), content.get("lat"),
        len(content.get("media", ())),
    )  # fmt: skip
    known = known_to(person, talk, heard, now)
    turn = step(talk, heard, known)
    if doors is None and any(deed.do in SLOW for deed in turn.deeds):
        return False
    _carry_out(person, row, turn, now, doors)
    row.state, row.next_at, row.done_at = Standing.DONE.value, None, now
    row.save(update_fields=["state", "next_at", "done_at"])
    return True


def _carry_out(person: Person, row: Message, turn: Turn, now: datetime, doors: Doors | None) -> None:
    row.draft = person.draft
    row.save(update_fields=["draft"])
    said, talk = list(turn.says), turn.talk
    for deed in turn.deeds:
        try:
            with transaction.atomic():
                answer, changed = do(person, deed, talk, now, doors)
        except HuyingError as refused:
            answer, changed = _told(refused), deed.talk or talk
        said.append(answer)
        talk = changed
    if not talk.has_matter and turn.talk == talk and talk.stage is Stage.IDLE:
        # What comes now belongs to another matter.
        person.draft += 1
    put(person, talk, now)
    text = "\n\n".join(part for part in said if part)
    if text and row.medium != Medium.LEAVE.value:
        say(person, text, now, once=f"a:{row.id}", answers=row.id)


def _told(refused: HuyingError) -> str:
    return next(iter(refused.fields.values()), refused.message)


def _stumbled(district: int, person_id: int, fault: Exception, now: datetime) -> int | None:
    """Try again later; given up after some tries, and said so. What came after it is gone on with then."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(district=district, id=person_id)
        row = _waiting(person)
        if row is None:
            return None
        row.tries += 1
        row.error = type(fault).__name__[:200]
        given_up = row.tries >= _TRIES
        row.next_at = None if given_up else now + _LATER * row.tries
        row.state = Standing.FAILED.value if given_up else row.state
        row.save(update_fields=["tries", "error", "next_at", "state"])
        if given_up:
            say(person, _SORRY, now, once=f"a:{row.id}", answers=row.id)
        return row.id if given_up else None


def talk_of(person: Person, now: datetime) -> Talk:
    """Where the conversation stands; half a one from more than a day ago is forgotten."""
    text = unseal(person.district, TALK, person.talk_sealed)
    found = orjson.loads(text) if text else {}
    at = datetime.fromisoformat(found.pop("at")) if "at" in found else now
    if not found or now - at > FORGOTTEN_AFTER:
        return Talk()
    return Talk(**{**found, "stage": Stage(found["stage"])})


def put(person: Person, talk: Talk, now: datetime) -> None:
    """Keep where the conversation stands now, sealed; nothing is kept of none."""
    person.stage = talk.stage.value
    rest = talk == Talk()
    text = "" if rest else orjson.dumps({**asdict(talk), "at": now.isoformat()}).decode()
    person.talk_sealed = seal(person.district, TALK, text)
    person.save()
