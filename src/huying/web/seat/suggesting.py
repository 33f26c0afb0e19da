"""What a call's words speak of, while they are still being typed: kind, item, place, the same matter."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.queries.seeing import numbers_for
from huying.catalogue.queries import item, live_edition, search_items
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.errors import NotFound
from huying.knowledge.queries import ArticleInfo, fitting, offered_article
from huying.loop.allocate.queries import similar_cases, suggest_items
from huying.loop.allocate.queries.again import own_again
from huying.loop.allocate.queries.alike import Said as Heard
from huying.loop.allocate.queries.alike import same_matter
from huying.loop.allocate.rules.words.appeal_kinds import guess_kind
from huying.loop.allocate.rules.words.item_classifier import UNSURE_BELOW
from huying.places.queries import area_words, locate_text
from huying.prevent.risk.rules.kinds import Urgency
from huying.prevent.risk.rules.reading import Signal, signals, urgency
from huying.web.case.lists.sameness import Alike, shown
from huying.web.citizen.where import Whereabouts
from huying.web.citizen.writing.neighbours import Neighbour
from huying.web.seat.forms import point
from huying.web.seat.nearby import told_nearby

_ENOUGH: Final = 4
_ITEMS, _PLACES, _DOUBLES = 5, 4, 4
# Items are picked with 1 to 6; what is left of the digits picks articles.
_FIRST_ARTICLE_KEY, _ARTICLES = 7, 3


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing to choose with a key press. ``key`` is the digit that picks it; ``why`` are the words that spoke for it,
    ``like`` the numbers of past cases that decided."""

    value: str
    title: str
    note: str
    chosen: bool
    share: int | None = None
    key: int = 0
    why: Sequence[str] = ()
    like: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An article that fits. ``key`` is the digit that puts its answer into the reply."""

    article: ArticleInfo
    chosen: bool
    key: int


@dataclass(frozen=True, slots=True)
class Double:
    """A case that may be the same matter. ``own``: this caller's; then ``fresh`` is what is said now and was not said
    then, and ``reply`` what was answered if it is closed."""

    alike: Alike
    own: bool = False
    fresh: Sequence[str] = ()
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Everything shown beside the text."""

    kinds: Sequence[Pick]
    items: Sequence[Pick]
    places: Sequence[Pick]
    doubles: Sequence[Double]
    guessed: str = ""
    answers: Sequence[Answer] = ()
    risks: Sequence[Signal] = ()
    urgency: Urgency = Urgency.NORMAL
    nearby: Sequence[Neighbour] = ()

    @property
    def article_chosen(self) -> bool:
        return any(answer.chosen for answer in self.answers)

    @property
    def unsure(self) -> bool:
        """Whether none of the items is spoken for clearly."""
        return not self.item_chosen and all((pick.share or 0) < UNSURE_BELOW * 100 for pick in self.items)

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
    ``find`` are words the seat looks for by themselves: an article, an item. ``caller_id``: who is on the line, once
    their number has been looked up, which is written down; 0 while nobody knows.
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
    caller_id: int = 0


def suggestions(actor: Actor, said: Said, now: datetime) -> Suggestions:
    """Nothing but the kinds to choose from while the words are too few to mean anything."""
    enough = len(said.text.strip()) >= _ENOUGH
    items = _with_like(actor, said, _items(actor.district, said, enough=enough))
    places = _places(actor.district, said)
    guess = guess_kind(said.text).value if enough else ""
    kinds = _kinds(said, guess)
    answers, risks = _answers(actor.district, said, now), signals(said.text)
    doubles, (lon, lat) = _doubles(actor, said, places, now), _spot(places)
    given = Whereabouts(said.place_text, said.text, lon, lat)
    nearby = told_nearby(actor, given, {one.alike.line.number for one in doubles}, now)
    soon = urgency(said.text, risks)
    return Suggestions(kinds, items, places, doubles, guess, answers, risks, soon, nearby)


def _kinds(said: Said, guess: str) -> list[Pick]:
    # What we chose gives way to what the words say now; what the seat chose stays.
    chosen = guess if said.kind in {"", said.guessed} else said.kind
    return [Pick(kind.value, _(kind.zh), "", kind.value == chosen) for kind in AppealKind]


def _items(district: int, said: Said, *, enough: bool) -> list[Pick]:
    if live_edition(district) is None:
        return []
    guesses = suggest_items(district, [said.text], _ITEMS)[0] if enough else []
    ranked = {guess.code: round(guess.probability * 100) for guess in guesses}
    spoken = {guess.code: guess.words for guess in guesses}
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
        why = spoken.get(code, ())
        picks.append(Pick(code, line.name, note, code == said.item, shares.get(code), len(picks) + 1, why))
    return picks


def _with_like(actor: Actor, said: Said, picks: Sequence[Pick]) -> list[Pick]:
    like = {
        pick.value: [number for number, _share in similar_cases(actor.district, said.text, pick.value)]
        for pick in picks
        if pick.share is not None
    }
    seen = numbers_for(actor, {number for numbers in like.values() for number in numbers})
    return [replace(pick, like=[seen[n] for n in like.get(pick.value, ()) if n in seen]) for pick in picks]


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


def _spot(places: Sequence[Pick]) -> tuple[float | None, float | None]:
    """The place picked, else the likeliest."""
    where = next((pick.value for pick in places if pick.chosen), places[0].value if places else "")
    return point(where) or (None, None)


def _doubles(actor: Actor, said: Said, places: Sequence[Pick], now: datetime) -> list[Double]:
    """What may be the same matter, the caller's own first; the caller may only want to hurry one."""
    lon, lat = _spot(places)
    typed = Heard(said.text, said.place_text, lon, lat, item=said.item)
    own = own_again(actor, said.caller_id, typed, now) if said.caller_id else []
    known = {again.match.line.id for again in own}
    others = [one for one in same_matter(actor, typed, now, _DOUBLES) if one.line.id not in known]
    doubles = [
        Double(shown([again.match])[0], own=True, fresh=again.fresh, reply=again.reply) for again in own
    ]
    return [*doubles, *(Double(one) for one in shown(others))][:_DOUBLES]
