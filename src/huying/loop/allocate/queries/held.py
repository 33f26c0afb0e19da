"""The learned memory in this process: loaded once, then only what is new is learned.

Requests are served by threads of one process. One of them brings a memory up to date while the others go on
with what is known so far; only where nothing is known yet do they wait for it.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from threading import Lock
from typing import Final

from huying.catalogue import queries as catalogue
from huying.catalogue.rules.lines import ItemText
from huying.loop.allocate.models import BodyLesson, BodyMemory, ItemLesson, ItemMemory
from huying.loop.allocate.queries.described import Asked, features_of, role_in
from huying.loop.allocate.rules.history.memory import unpack
from huying.loop.allocate.rules.history.suggester import Suggester
from huying.loop.allocate.rules.words.blending import Blended
from huying.loop.allocate.rules.words.grams import recalled
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier
from huying.loop.allocate.rules.words.list_words import documents
from huying.loop.allocate.rules.words.packing import unpacked
from huying.loop.allocate.rules.words.voices import Mark

LOOK_AGAIN_SECONDS: Final = 2.0
# Older corrections speak of older lists and customs; a process starts without them.
_ITEM_LESSONS: Final = 4000
# So many dispatches are learned before those who wait for a suggestion have their turn.
_BODY_LESSONS_AT_ONCE: Final = 25


@dataclass(slots=True)
class HeldBodies:
    """A suggester that learned every lesson up to ``upto``. Use both under ``lock``: using it changes it."""

    suggester: Suggester
    upto: int = 0
    looked_at: float = field(default=float("-inf"))
    lock: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class HeldItems:
    """A classifier over one edition of the list that learned every correction up to ``upto``.

    Built anew when ``generation`` has grown: a machine was taught, or a lesson taken back. ``taught`` is the last lesson
    that the machine was taught by.
    """

    classifier: Blended
    edition: int | None
    known: frozenset[str]
    generation: int = 0
    taught: int = 0
    upto: int = 0
    looked_at: float = field(default=float("-inf"))


_bodies: dict[int, HeldBodies] = {}
_items: dict[int, HeldItems] = {}
# Who holds it loads or learns.
_body_turns: Final[defaultdict[int, Lock]] = defaultdict(Lock)
_item_turns: Final[defaultdict[int, Lock]] = defaultdict(Lock)


def forget(district: int) -> None:
    """Load again at the next question."""
    _bodies.pop(district, None)
    _items.pop(district, None)


def forget_items(district: int) -> None:
    """Build the classifier anew at the next question."""
    _items.pop(district, None)


def look_again(district: int) -> None:
    """Look for new lessons at the next question; for the actions that wrote some."""
    for held in (_bodies.get(district), _items.get(district)):
        if held is not None:
            held.looked_at = float("-inf")


def bodies_held(district: int) -> HeldBodies:
    """The district's suggester, up to date or about to be by another thread."""
    held = _bodies.get(district)
    if held is not None and not _due(held):
        return held
    with _turn(_body_turns[district], wait=held is None) as mine:
        held = _bodies.get(district) or _bodies.setdefault(district, _remembered(district))
        if mine and _due(held):
            _learn_bodies(district, held)
    return held


def items_held(district: int) -> HeldItems:
    """The district's classifier, up to date or about to be by another thread. Raises NotFound without a list."""
    edition = catalogue.live_edition(district)
    held = _items.get(district)
    stands = held is not None and held.edition == edition
    if held is not None and stands and not _due(held):
        return held
    with _turn(_item_turns[district], wait=not stands) as mine:
        held = _items.get(district)
        if held is None or held.edition != edition:
            # Known to the others from here on: on the list alone, until the lessons are learned.
            held = _items[district] = HeldItems(Blended(listed(district)), edition, _known(district))
        if mine and _due(held):
            held = _items[district] = _learn_items(district, held)
    return held


def listed(district: int) -> ItemClassifier:
    """A new classifier that knows the live list alone. Raises NotFound without one."""
    return _of_list(catalogue.items_for_text(district)).untaught()


@lru_cache(maxsize=4)
def _of_list(items: tuple[ItemText, ...]) -> ItemClassifier:
    # A list is counted once in a process, however often what was learned beside it is taken anew.
    return ItemClassifier.from_list(documents(items))


def _known(district: int) -> frozenset[str]:
    return frozenset(item.code for item in catalogue.items_for_text(district))


@contextmanager
def _turn(lock: Lock, *, wait: bool) -> Iterator[bool]:
    mine = lock.acquire(blocking=wait)
    try:
        yield mine
    finally:
        if mine:
            lock.release()


def _due(held: HeldBodies | HeldItems) -> bool:
    return time.monotonic() - held.looked_at >= LOOK_AGAIN_SECONDS


def _remembered(district: int) -> HeldBodies:
    suggester = Suggester(relate=partial(role_in, district))
    memory = BodyMemory.objects.filter(district=district).first()
    if memory is not None and unpack(bytes(memory.content), suggester):
        return HeldBodies(suggester, memory.upto)
    return HeldBodies(suggester)


def _learn_bodies(district: int, held: HeldBodies) -> None:
    held.looked_at = time.monotonic()
    rows = BodyLesson.objects.filter(district=district, number__gt=held.upto).order_by("number")
    lessons = rows.values_list("number", "body_id", "item", "area", "kind", "channel", "at").iterator(2000)
    while some := list(islice(lessons, _BODY_LESSONS_AT_ONCE)):
        with held.lock:
            for number, body_id, item, area, kind, channel, at in some:
                features = features_of(district, Asked(item, area, kind, channel, at))
                held.suggester.learn(features, str(body_id))
                held.upto = number
        time.sleep(0)


def _learn_items(district: int, held: HeldItems) -> HeldItems:
    """What is held with everything new learned; another one where it had to be built anew."""
    looked_at = time.monotonic()
    memory = ItemMemory.objects.filter(district=district).values_list("generation").first()
    if memory and memory[0] != held.generation:
        held = _anew(district, held)
    lessons = lessons_of(district, after=held.upto)
    held.looked_at = looked_at
    if not lessons:
        return held
    taught = [lesson for lesson in lessons if lesson.item in held.known]
    held.classifier.learn_counted(
        recalled([(lesson.columns, lesson.amounts) for lesson in taught]),
        [lesson.item for lesson in taught],
        [Mark(lesson.account_id, lesson.case_id) for lesson in taught],
        sum(lesson.number <= held.taught for lesson in taught),
    )
    held.upto = lessons[-1].number
    return held


def _anew(district: int, held: HeldItems) -> HeldItems:
    memory = ItemMemory.objects.get(district=district)
    machine = unpacked(bytes(memory.content)) if memory.content else None
    classifier = Blended(listed(district), machine, memory.trust)
    taught = memory.upto if machine else 0
    return HeldItems(classifier, held.edition, held.known, generation=memory.generation, taught=taught)


@dataclass(frozen=True, slots=True)
class HeldLesson:
    """One lesson as the classifier takes it."""

    number: int
    case_id: int
    item: str
    account_id: int | None
    columns: Sequence[int]
    amounts: Sequence[float]


def lessons_of(district: int, after: int = 0, most: int = _ITEM_LESSONS) -> list[HeldLesson]:
    """The latest lessons that were not taken back, in the order they were learned."""
    rows = ItemLesson.objects.filter(district=district, number__gt=after, taken_back_at=None)
    names = ("number", "case_id", "item", "account_id", "columns", "amounts")
    return [HeldLesson(*row) for row in rows.order_by("-number").values_list(*names)[:most]][::-1]
