"""What a call's words speak of, while they are still being typed: kind, item, place, the same matter."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.catalogue.queries import item, live_edition, search_items
from huying.catalogue.rules.kinds import AppealKind
from huying.geo.measure import distance
from huying.kernel.errors import NotFound
from huying.knowledge.queries import ArticleInfo, fitting, offered_article
from huying.loop.allocate.queries import suggest_items
from huying.loop.allocate.rules.words.appeal_kinds import guess_kind
from huying.places.queries import area_words, locate_text
from huying.web.seat.forms import point

_ENOUGH: Final = 4
_ITEMS, _PLACES, _DOUBLES = 5, 4, 4
# Items are picked with 1 to 6; what is left of the digits picks articles.
_FIRST_ARTICLE_KEY, _ARTICLES = 7, 3
_NEAR_METRES: Final = 120.0
_RECENT: Final = timedelta(days=7)
_MOST_READ: Final = 100


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose with a key press. ``key`` is the digit that picks it."""

    value: str
    title: str
    note: str
    chosen: bool
    share: int | None = None
    key: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """An article that fits. ``key`` is the digit that puts its answer into the reply."""

    article: ArticleInfo
    chosen: bool
    key: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Everything shown beside the text. ``doubles`` are open cases with their distance in metres."""

    kinds: Sequence[Pick]
    items: Sequence[Pick]
    places: Sequence[Pick]
    doubles: Sequence[tuple[CaseLine, int]]
    guessed: str = ""
    answers: Sequence[Answer] = ()

    @property
    def article_chosen(self) -> bool:
        return any(answer.chosen for answer in self.answers)

    @property
    def item_chosen(self) -> bool:
        return any(pick.chosen for pick in self.items)

    @property
    def spot_chosen(self) -> bool:
        return any(pick.chosen for pick in self.places)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the form now, unchecked. ``guessed`` is the kind that was chosen for the seat last time.

    ``article`` is None where none could be chosen yet: then an answer that stands in ``reply`` tells which it was.
    ``find`` are words the seat looks for by themselves: an article, an item.
    """

    text: str
    place_text: str
    kind: str
    item: str
    spot: str
    guessed: str
    article: str | None = None
    reply: str = ""
    find: str = ""


def suggestions(actor: Actor, said: Said, now: datetime) -> Suggestions:
    """Nothing but the kinds to choose from while the words are too few to mean anything."""
    enough = len(said.text.strip()) >= _ENOUGH
    items = _items(actor.district, said, enough=enough)
    places = _places(actor.district, said)
    guess = guess_kind(said.text).value if enough else ""
    kinds = _kinds(said, guess)
    answers = _answers(actor.district, said, now)
    return Suggestions(kinds, items, places, _doubles(actor, items, places, now), guess, answers)


def _kinds(said: Said, guess: str) -> list[Pick]:
    # What we chose gives way to what the words say now; what the seat chose stays.
    chosen = guess if said.kind in {"", said.guessed} else said.kind
    return [Pick(kind.value, _(kind.zh), "", kind.value == chosen) for kind in AppealKind]


def _items(district: int, said: Said, *, enough: bool) -> list[Pick]:
    if live_edition(district) is None:
        return []
    guesses = suggest_items(district, [said.text], _ITEMS)[0] if enough else []
    ranked = {guess.code: round(guess.probability * 100) for guess in guesses}
    # What is as good as impossible only fills the screen.
    shares = {code: share for code, share in ranked.items() if share} or ranked
    looked = [found.item.code for found in search_items(district, said.find, _ITEMS)] if said.find else []
    codes = list(dict.fromkeys([*looked, *shares]))[:_ITEMS]
    if said.item and said.item not in codes:
        codes.append(said.item)
    picks: list[Pick] = []
    for code in codes:
        try:
            line = item(district, code)
        except NotFound:
            continue
        note = f"{line.class_name} · {line.group_name}"
        picks.append(Pick(code, line.name, note, code == said.item, shares.get(code), len(picks) + 1))
    return picks


def _answers(district: int, said: Said, now: datetime) -> list[Answer]:
    """What fits, and what was chosen before even where the words have moved on."""
    looked = fitting(district, said.find, now, _ARTICLES) if said.find else []
    fits = fitting(district, said.text, now, _ARTICLES, said.item)
    found = list({one.article.id: one.article for one in (*looked, *fits)}.values())[:_ARTICLES]
    chosen = _number(said.article or "")
    if said.article is None:
        chosen = next((one.id for one in found if one.answer in said.reply), 0)
    if chosen and all(one.id != chosen for one in found):
        with suppress(NotFound):
            found = [*found[: _ARTICLES - 1], offered_article(district, chosen, now)]
    return [Answer(one, one.id == chosen, key) for key, one in enumerate(found, _FIRST_ARTICLE_KEY)]


def _number(text: str) -> int:
    """The number of an article; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def _places(district: int, said: Said) -> list[Pick]:
    asked = f"{said.place_text} {said.text}".strip()
    guesses = locate_text(district, asked)[:_PLACES] if len(asked) >= _ENOUGH else []
    picks = [
        Pick(
            f"{guess.lon:.7f},{guess.lat:.7f}",
            guess.name or (guess.because[-1] if guess.because else ""),
            area_words(district, guess.area) if guess.area else "",
            f"{guess.lon:.7f},{guess.lat:.7f}" == said.spot,
            round(guess.confidence * 100),
        )
        for guess in guesses
    ]
    if said.spot and point(said.spot) and not any(pick.chosen for pick in picks):
        picks.insert(0, Pick(said.spot, _("先前选的位置"), "", True))
    return picks


def _doubles(
    actor: Actor, items: Sequence[Pick], places: Sequence[Pick], now: datetime
) -> list[tuple[CaseLine, int]]:
    """Open cases of the likeliest item near the likeliest place; the caller may only want to hurry one."""
    what = next((pick.value for pick in items if pick.chosen), items[0].value if items else "")
    where = next((pick.value for pick in places if pick.chosen), places[0].value if places else "")
    at = point(where)
    if not what or at is None:
        return []
    wanted = CaseFilter(item=what, since=now - _RECENT)
    found = [
        (line, round(distance(at[0], at[1], line.lon, line.lat)))
        for line in queue_for(actor, wanted, now, limit=_MOST_READ).lines
        if line.lon is not None and line.lat is not None
    ]
    return sorted((pair for pair in found if pair[1] <= _NEAR_METRES), key=lambda pair: pair[1])[:_DOUBLES]
