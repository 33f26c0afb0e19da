"""From texts to ranked guesses: findings are located, weighed against the areas named, and put in order."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from huying.geo.measure import distance
from huying.places.rules.book import AreaBook
from huying.places.rules.names import plain
from huying.places.rules.reading.findings import Finder, Finding, Reading, course, finest
from huying.places.rules.reading.gazetteer import Mention, Named, PlaceRow
from huying.places.rules.reading.guesses import Guess

_KEPT: Final = 5
_AREA_SURE: Final = 0.95
_AREA_METRES: Final = {9: 3000.0, 12: 1000.0, 15: 250.0}
_NEAR: Final = 400.0  # metres within which two names bear each other out
_WIDE: Final = 300.0  # metres beyond which a position is too loose to name a community or grid


class Reader:
    """Reads where something is out of texts, for one district as it stands."""

    def __init__(self, book: AreaBook, places: Sequence[PlaceRow]) -> None:
        self._book = book
        self._finder = Finder(book, places)

    def guess(self, text: str) -> list[Guess]:
        """The guesses for one text, best first, at most five; empty when it names nothing known."""
        return self.guess_many([text])[0]

    def guess_many(self, texts: Sequence[str]) -> list[list[Guess]]:
        """The guesses for each text, in order.

        Places of at least even confidence come first, then areas as a whole, then the weaker places.
        """
        readings = [self._finder.read(plain(text)) for text in texts]
        spread = [self._spread(reading) for reading in readings]
        spots = [spot for findings in spread for _, course_ in findings for spot in course_]
        codes, _ = self._book.locate_many(np.array([s[0] for s in spots]), np.array([s[1] for s in spots]))
        answers, at = [], 0
        for reading, findings in zip(readings, spread, strict=True):
            count = sum(len(course_) for _, course_ in findings)
            answers.append(self._answer(reading, findings, codes[at : at + count]))
            at += count
        return answers

    def _spread(self, reading: Reading) -> list[tuple[Finding, list[tuple[float, float]]]]:
        """Each finding with the positions to be located: one, or several along a whole road."""
        return [
            (finding, course(finding.place) if finding.place else [(finding.guess.lon, finding.guess.lat)])
            for finding in reading.findings
        ]

    def _answer(
        self,
        reading: Reading,
        findings: Sequence[tuple[Finding, list[tuple[float, float]]]],
        codes: Sequence[str | None],
    ) -> list[Guess]:
        context = [named.code for named in finest(reading.areas)]
        groups: dict[int, list[tuple[Guess, float]]] = defaultdict(list)
        at = 0
        for finding, spots in findings:
            placed = self._settle(finding, spots, codes[at : at + len(spots)], context)
            groups[finding.group].append(placed)
            at += len(spots)
        guesses = _corroborated([_shared(members, bool(context)) for members in groups.values()])
        wide = self._areas(reading.areas, guesses)
        ranked = [(0 if guess.confidence >= 0.5 else 2, guess) for guess in guesses] + [(1, g) for g in wide]
        ranked.sort(key=lambda item: (item[0], -item[1].confidence))
        once: dict[tuple[str, str], Guess] = {}
        for _, guess in ranked:
            once.setdefault((guess.name, guess.area), guess)
        return list(once.values())[:_KEPT]

    def _settle(
        self,
        finding: Finding,
        spots: Sequence[tuple[float, float]],
        codes: Sequence[str | None],
        context: Sequence[str],
    ) -> tuple[Guess, float]:
        """The finding with its area, and how well it agrees with the areas named: 1 yes, 0.1 no."""
        guess = finding.guess
        if not self._book.drawn:
            area = finding.place.area_code if finding.place else ""
            return replace(guess, area=area), _agreement(area, context)
        inside = [at for at, code in enumerate(codes) if code and _agreement(code, context) == 1.0]
        if finding.place is None or not inside:
            area = codes[len(codes) // 2] or ""
            area = area[:9] if guess.metres > _WIDE else area
            return replace(guess, area=area), _agreement(area, context)
        # Of a long road, only the stretch within the areas the text names is meant.
        middle = spots[inside[len(inside) // 2]] if len(spots) > 1 else (guess.lon, guess.lat)
        area = _common([codes[at] or "" for at in inside], self._book.root)
        area = area[:9] if len(spots) == 1 else area
        share = len(inside) / len(spots)
        return replace(guess, lon=middle[0], lat=middle[1], area=area, metres=guess.metres * share), 1.0

    def _areas(self, areas: Sequence[Mention], guesses: Sequence[Guess]) -> list[Guess]:
        """The finest areas named, as guesses of their own, unless a surer place lies within."""
        named = [meaning for meaning in finest(areas) if meaning.lon is not None and meaning.lat is not None]
        by_code = {meaning.code: meaning for meaning in sorted(named, key=lambda meaning: meaning.doubt)}
        borne_out = [guess.area for guess in guesses if guess.confidence >= 0.5]
        return [
            _whole(meaning, len(by_code))
            for code, meaning in by_code.items()
            if not any(area.startswith(code) for area in borne_out)
        ]


def _whole(meaning: Named, rivals: int) -> Guess:
    sure = _AREA_SURE * meaning.doubt / rivals
    metres = _AREA_METRES.get(len(meaning.code), 10000.0)
    lon, lat = meaning.lon or 0.0, meaning.lat or 0.0
    return Guess(lon, lat, meaning.code, round(sure, 3), metres, (meaning.name,), meaning.name)


def _agreement(area: str, context: Sequence[str]) -> float:
    """1 when the area lies in, or around, an area the text names, or the text names none; else 0.1."""
    if not context:
        return 1.0
    fits = any(area.startswith(code) or (area and code.startswith(area)) for code in context)
    return 1.0 if fits else 0.1


def _shared(members: Sequence[tuple[Guess, float]], named: bool) -> list[Guess]:
    """Meanings of one word divide its confidence by how well each agrees with the areas named."""
    total = sum(weight for _, weight in members)
    shared = []
    for guess, weight in members:
        sure = guess.confidence * weight / total
        if named:
            sure = 1.0 - (1.0 - sure) * 0.5 if weight == 1.0 else sure * 0.4
        shared.append(replace(guess, confidence=sure if guess.area else sure * 0.3))
    return shared


def _corroborated(groups: Sequence[Sequence[Guess]]) -> list[Guess]:
    """All guesses; those that another word of the text puts at nearly the same spot are surer."""
    guesses = []
    for own, members in enumerate(groups):
        others = [guess for at, group in enumerate(groups) if at != own for guess in group]
        for guess in members:
            sure = guess.confidence
            if any(_near(guess, other) for other in others):
                sure = 1.0 - (1.0 - sure) * 0.6
            guesses.append(replace(guess, confidence=round(sure, 3), metres=round(guess.metres, 1)))
    return guesses


def _near(guess: Guess, other: Guess) -> bool:
    """Whether two guesses are both exact enough to bear each other out, and do."""
    exact = guess.metres <= _WIDE and other.metres <= _WIDE
    return exact and distance(guess.lon, guess.lat, other.lon, other.lat) <= _NEAR


def _common(codes: Sequence[str], root: str) -> str:
    """The finest area all codes lie in; the district when they have no street in common."""
    for length in (15, 12, 9):
        heads = {code[:length] for code in codes}
        if len(heads) == 1 and len(next(iter(heads))) == length:
            return heads.pop()
    return root
