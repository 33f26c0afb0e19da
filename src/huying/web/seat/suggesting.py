"""What a call's words speak of, while they are still being typed: kind, item, place, the same matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.catalogue.queries import item, live_edition
from huying.catalogue.rules.kinds import AppealKind
from huying.geo.measure import distance
from huying.kernel.errors import NotFound
from huying.loop.allocate.queries import suggest_items
from huying.loop.allocate.rules.words.appeal_kinds import guess_kind
from huying.places.queries import area_path, locate_text
from huying.web.seat.forms import point

_ENOUGH: Final = 4
_ITEMS, _PLACES, _DOUBLES = 5, 4, 4
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
class Suggestions:
    """Everything shown beside the text. ``doubles`` are open cases with their distance in metres."""

    kinds: Sequence[Pick]
    items: Sequence[Pick]
    places: Sequence[Pick]
    doubles: Sequence[tuple[CaseLine, int]]
    guessed: str = ""

    @property
    def item_chosen(self) -> bool:
        return any(pick.chosen for pick in self.items)

    @property
    def spot_chosen(self) -> bool:
        return any(pick.chosen for pick in self.places)


@dataclass(frozen=True, slots=True)
class Said:
    """What stands in the form now, unchecked. ``guessed`` is the kind that was chosen for the seat last time."""

    text: str
    place_text: str
    kind: str
    item: str
    spot: str
    guessed: str


def suggestions(actor: Actor, said: Said, now: datetime) -> Suggestions:
    """Nothing but the kinds to choose from while the words are too few to mean anything."""
    enough = len(said.text.strip()) >= _ENOUGH
    items = _items(actor.district, said, enough=enough)
    places = _places(actor.district, said)
    guess = guess_kind(said.text).value if enough else ""
    kinds = _kinds(said, guess)
    return Suggestions(kinds, items, places, _doubles(actor, items, places, now), guess)


def _kinds(said: Said, guess: str) -> list[Pick]:
    # What we chose gives way to what the words say now; what the seat chose stays.
    chosen = guess if said.kind in {"", said.guessed} else said.kind
    return [Pick(kind.value, _(kind.zh), "", kind.value == chosen) for kind in AppealKind]


def _items(district: int, said: Said, *, enough: bool) -> list[Pick]:
    if live_edition(district) is None:
        return []
    guesses = suggest_items(district, [said.text], _ITEMS)[0] if enough else []
    shares = {guess.code: round(guess.probability * 100) for guess in guesses}
    codes = list(shares)
    if said.item and said.item not in shares:
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


def _places(district: int, said: Said) -> list[Pick]:
    asked = f"{said.place_text} {said.text}".strip()
    guesses = locate_text(district, asked)[:_PLACES] if len(asked) >= _ENOUGH else []
    picks = [
        Pick(
            f"{guess.lon:.7f},{guess.lat:.7f}",
            guess.name or (guess.because[-1] if guess.because else ""),
            " ".join(area_path(district, guess.area)[1:]) if guess.area else "",
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
