"""A machine from what was learned, and lessons taken back: both make every process start its classifier anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.loop.allocate.models import ItemLesson, ItemMemory
from huying.loop.allocate.queries.held import forget_items, lessons_of, listed
from huying.loop.allocate.rules.words.blending import ENOUGH, Taught, teach
from huying.loop.allocate.rules.words.grams import recalled
from huying.loop.allocate.rules.words.packing import packed
from huying.loop.allocate.rules.words.voices import Mark

# So many are learned from, the latest; and after so many new ones a machine is taught anew.
_LESSONS: Final = 20_000
_AGAIN_AFTER: Final = 200
_MOST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class Teaching:
    """What came of teaching; shares of the last fifth by time that were right by the list alone and with the machine."""

    lessons: int
    items: int
    trust: float
    held_out: int
    right_listed: float
    right_both: float


def teach_items(district: int, now: datetime) -> Teaching:
    """A machine from all lessons that stand, for every process within seconds. Raises NotFound without a list.

    With fewer than ``ENOUGH`` lessons there is none; corrections count at once all the same. A machine is thrown away
    when a lesson was taken back while it was taught, for it may have learned from that one.
    """
    generation = _generation(district)
    first = listed(district)
    known = set(first.codes)
    standing = lessons_of(district, most=_LESSONS)
    lessons = [lesson for lesson in standing if lesson.item in known]
    codes = [lesson.item for lesson in lessons]
    taught = teach(
        first,
        recalled([(lesson.columns, lesson.amounts) for lesson in lessons]),
        codes,
        [Mark(lesson.account_id, lesson.case_id) for lesson in lessons],
    )
    # Too few are not remembered as tried: there the first machine comes with the hundredth lesson.
    tried = standing[-1].number if len(standing) >= ENOUGH else 0
    _keep(district, now, taught, tried, since=generation)
    if taught is None:
        return Teaching(len(codes), len(set(codes)), 0.0, 0, 0.0, 0.0)
    return Teaching(
        len(codes), len(set(codes)), taught.trust, taught.held_out, taught.right_listed, taught.right_both
    )


def keep_items(district: int, now: datetime) -> bool:
    """Teach anew once so many lessons came since it was last tried; for the sweep. True when it did."""
    since = ItemMemory.objects.filter(district=district).values_list("upto", flat=True).first() or 0
    new = ItemLesson.objects.filter(district=district, number__gt=since, taken_back_at=None)[
        :_AGAIN_AFTER
    ].count()
    if new < (_AGAIN_AFTER if since else ENOUGH):
        return False
    try:
        teach_items(district, now)
    except NotFound:
        return False
    return True


@transaction.atomic
def take_back(case_id: int, seq: int, why: str, *, by: Actor, now: datetime) -> None:
    """One correction teaches nothing any more. Raises Denied, Invalid without a reason, NotFound."""
    rows = ItemLesson.objects.filter(case_id=case_id, seq=seq)
    _take_back(rows, why, str(case_id), by, now)


@transaction.atomic
def take_back_all(account_id: int, why: str, *, by: Actor, now: datetime) -> int:
    """Nothing that the account corrected teaches any more; how many lessons. Raises as ``take_back``."""
    return _take_back(ItemLesson.objects.filter(account_id=account_id), why, str(account_id), by, now)


def _take_back(rows: "QuerySet[ItemLesson]", why: str, which: str, by: Actor, now: datetime) -> int:
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    reason = why.strip()
    if not reason or len(reason) > _MOST_WORDS:
        raise Invalid(fields={"why": said("请写明撤回的理由，不超过 %(most)s 字", most=_MOST_WORDS)})
    standing = rows.filter(district=by.district, taken_back_at=None)
    items: Sequence[str] = sorted(set(standing.values_list("item", flat=True)))
    count = standing.update(taken_back_at=now, taken_back_by=by.name, taken_back_why=reason)
    if not count:
        raise NotFound
    unlearn(by.district, now)
    told = {"事项": "、".join(items)[:200], "条数": str(count), "理由": reason}
    note_change(by, NewChange(Subject.DISPATCH, which, "事项更正", Deed.STOP, told), now)
    return count


def unlearn(district: int, now: datetime) -> None:
    """Throw the machine away: what it learned from a lesson cannot be unlearned, so it is taught again without."""
    _keep(district, now, None, 0)


def _generation(district: int) -> int:
    return ItemMemory.objects.filter(district=district).values_list("generation", flat=True).first() or 0


def _keep(district: int, now: datetime, taught: Taught | None, upto: int, since: int | None = None) -> None:
    """Keep a machine, unless others have changed what is kept ``since`` a generation."""
    with transaction.atomic():
        row, _made = ItemMemory.objects.select_for_update().get_or_create(
            district=district, defaults={"generation": 0, "upto": 0, "kept_at": now}
        )
        if since is not None and row.generation != since:
            return
        row.generation += 1
        row.upto, row.kept_at = upto, now
        row.content, row.trust = (packed(taught.machine), taught.trust) if taught else (b"", 0.0)
        row.save()
        transaction.on_commit(lambda: forget_items(district))
