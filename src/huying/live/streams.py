"""What was told last in one district, and where in it each reader stands."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from huying.cases.policy import Audience
from huying.cases.queries.desks.happenings import START, Happening, Place
from huying.live.wire import event_of, reset_event

KEPT: Final = 2000


@dataclass(slots=True)
class Stream:
    """The last ``kept`` happenings of one district. Belongs to one event loop.

    ``floor`` is the last place that is not kept any more: who stands below it has missed something.
    """

    district: int
    kept: int = KEPT
    floor: Place = START
    _places: list[Place] = field(default_factory=list)
    _happenings: list[Happening] = field(default_factory=list)
    _packed: dict[tuple[Place, Audience, str], bytes] = field(default_factory=dict)
    _events: dict[Place, dict[str, bytes]] = field(default_factory=dict)

    @property
    def end(self) -> Place:
        """The place of the last happening told."""
        return self._places[-1] if self._places else self.floor

    def extend(self, more: Sequence[Happening]) -> None:
        """Take what came after ``end``, in order; the oldest beyond ``kept`` are forgotten."""
        self._packed.clear()
        self._places += [one.place for one in more]
        self._happenings += more
        surplus = len(self._places) - self.kept
        if surplus > 0:
            self.floor = self._places[surplus - 1]
            for place in self._places[:surplus]:
                self._events.pop(place, None)
            del self._places[:surplus], self._happenings[:surplus]

    def restart(self, last: Sequence[Happening]) -> None:
        """Begin anew with the last happenings of a ledger that ran away: what lies before them was not told.

        The first of them is given up, so that it can be said where the rest begins.
        """
        self._places, self._happenings = [], []
        self._events.clear()
        whole = len(last) < self.kept
        self.floor = START if whole else last[0].place
        self.extend(last if whole else last[1:])

    def told_after(self, place: Place, audience: Audience, language: str) -> tuple[Place, bytes]:
        """Everything the audience may hear after a place, as bytes to send, and the place reached.

        Who stands below the floor is told to begin anew.
        """
        if place < self.floor:
            return self.end, reset_event(self.end)
        if place >= self.end:
            return place, b""
        key = (place, audience, language)
        if key not in self._packed:
            heard = self._happenings[bisect_right(self._places, place) :]
            self._packed[key] = b"".join(
                self._event(one, language) for one in heard if audience.hears(one.area, one.body_id)
            )
        return self.end, self._packed[key]

    def _event(self, one: Happening, language: str) -> bytes:
        by_language = self._events.setdefault(one.place, {})
        if language not in by_language:
            by_language[language] = event_of(one, language)
        return by_language[language]
