"""Writing lessons down. A lesson is named by its ledger entry, so writing it again changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from huying.loop.allocate.models import BodyLesson, BodyMemory, ItemLesson
from huying.loop.allocate.queries.held import bodies_held, look_again
from huying.loop.allocate.queries.items import suggest_items
from huying.loop.allocate.rules.history.memory import packed
from huying.loop.allocate.rules.words.grams import kept

# A new number in the place of advisory locks; the second half is the district.
_LOCK: Final = 7_201
# A new process replays what came after: half a second at most.
_KEEP_AFTER: Final = 500


@dataclass(frozen=True, slots=True)
class LearnedBody:
    """A dispatch that stood, or a ruling: entry ``seq`` of case ``case_id`` says the body."""

    case_id: int
    seq: int
    at: datetime
    item: str
    area: str
    kind: str
    channel: str
    body_id: int


@dataclass(frozen=True, slots=True)
class LearnedItem:
    """A person's word on the item of a text, by ``account_id``; without one what became of a settled case."""

    case_id: int
    seq: int
    at: datetime
    text: str
    item: str
    account_id: int | None = None


def learn_bodies(district: int, lessons: Sequence[LearnedBody]) -> None:
    """Remember the dispatches; every process knows them within seconds, this one at once."""
    rows = [
        BodyLesson(
            district=district,
            case_id=lesson.case_id,
            seq=lesson.seq,
            at=lesson.at,
            item=lesson.item,
            area=lesson.area,
            kind=lesson.kind,
            channel=lesson.channel,
            body_id=lesson.body_id,
        )
        for lesson in lessons
    ]
    with transaction.atomic():
        _in_turn(district)
        BodyLesson.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        transaction.on_commit(lambda: look_again(district))


def learn_items(district: int, lessons: Sequence[LearnedItem]) -> None:
    """Remember the corrections, without their texts, beside what the platform took each for."""
    rows = []
    guesses = suggest_items(district, [lesson.text for lesson in lessons], 1, words=False)
    for lesson, guess in zip(lessons, guesses, strict=True):
        columns, amounts = kept(lesson.text)
        rows.append(
            ItemLesson(
                district=district,
                case_id=lesson.case_id,
                seq=lesson.seq,
                at=lesson.at,
                item=lesson.item,
                columns=columns,
                amounts=amounts,
                account_id=lesson.account_id,
                guessed=guess[0].code if guess else "",
            )
        )
    with transaction.atomic():
        _in_turn(district)
        ItemLesson.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        transaction.on_commit(lambda: look_again(district))


def keep_memory(district: int, now: datetime, after: int = _KEEP_AFTER) -> bool:
    """Pack what was learned once ``after`` lessons are not yet packed; for the sweep. True when it did."""
    memory = BodyMemory.objects.filter(district=district).first()
    since = memory.upto if memory else 0
    if BodyLesson.objects.filter(district=district, number__gt=since).count() < after:
        return False
    held = bodies_held(district)
    with held.lock:
        content, upto = packed(held.suggester), held.upto
    BodyMemory.objects.update_or_create(
        district=district, defaults={"upto": upto, "kept_at": now, "content": content}
    )
    return True


def _in_turn(district: int) -> None:
    """Numbers are given and committed in one order: who follows them never overlooks a late one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])
