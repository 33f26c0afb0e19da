"""What people taught the platform about items: who, when, by which case, from what to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import NotFound
from huying.loop.allocate.models import ItemLesson
from huying.loop.allocate.queries.held import items_held

SHOWN: Final = 500


@dataclass(frozen=True, slots=True)
class LessonInfo:
    """One person's word on an item. ``guessed`` is what the platform took it for; the same where it was right."""

    case_id: int
    seq: int
    at: datetime
    account_id: int
    guessed: str
    item: str
    taken_back_at: datetime | None
    taken_back_by: str
    taken_back_why: str

    @property
    def corrects(self) -> bool:
        """Whether it says another item than the platform would have."""
        return self.guessed != self.item


def lessons_for(actor: Actor, account_id: int | None = None, limit: int = SHOWN) -> Sequence[LessonInfo]:
    """The latest words of people on items in the actor's district, newest first, those taken back too.

    Empty without catalogue:edit in the whole district.
    """
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        return []
    rows = ItemLesson.objects.filter(district=actor.district, account_id__isnull=False)
    if account_id is not None:
        rows = rows.filter(account_id=account_id)
    names = (
        "case_id",
        "seq",
        "at",
        "account_id",
        "guessed",
        "item",
        "taken_back_at",
        "taken_back_by",
        "taken_back_why",
    )
    return [LessonInfo(*row) for row in rows.order_by("-number").values_list(*names)[:limit]]


def standing_for(actor: Actor, account_id: int) -> int:
    """How many words of an account teach, all that ``take_back_all`` would take back; 0 as ``lessons_for`` is empty."""
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        return 0
    rows = ItemLesson.objects.filter(district=actor.district, account_id=account_id)
    return rows.filter(taken_back_at=None).count()


def similar_cases(district: int, text: str, item: str, limit: int = 3) -> list[tuple[int, float]]:
    """(case, likeness 0 to 1) of the cases with the likest words that were given the item, likest first."""
    try:
        classifier = items_held(district).classifier
    except NotFound:
        return []
    return classifier.listed.like(text, item, limit)
