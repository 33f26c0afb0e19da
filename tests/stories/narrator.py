"""Tells a story: moves the clock, lets the platform do in the meantime what it does by itself, hands out the people."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

from huying.cases.actions import fire_due
from huying.emergency.tasks import keep_ringing
from huying.jobs.worker import Worker
from huying.notices.rules.kinds import OUTSIDE
from huying.notices.tasks.sending import send_due
from huying.site.wiring import PERIODIC, REACTIONS
from tests.stories.moving import HERE, Clock, moment
from tests.stories.people import Officer, Resident
from tests.stories.town import Town

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
# What copies files or waits for other processes has no part in a story.
_LEFT_OUT: Final = frozenset({"long work", "old files", "waiting photos", "silent workers"})


def _hop(left: timedelta) -> timedelta:
    """How far the clock goes at once: by days where months pass, by minutes where an hour counts."""
    return _DAY if left > 3 * _DAY else _HOUR if left > 6 * _HOUR else _HOUR / 12


class Camera(Protocol):
    """Whoever photographs what a person sees; in an ordinary test nobody does."""

    def take(self, name: str, client: Any, address: str, now: datetime, **how: Any) -> None: ...


class Story:
    """What happens in the town, in the order of time. Nothing in it is done but on pages and by the interface."""

    def __init__(self, clock: Clock, town: Town, outbox: Path, camera: Camera | None = None) -> None:
        self.clock, self.town, self._outbox, self._camera = clock, town, outbox, camera
        duties = {name: duty for name, duty in PERIODIC.items() if name not in _LEFT_OUT}
        self._worker = Worker(handlers=REACTIONS, periodic=duties)
        self._officers: dict[str, Officer] = {}

    @property
    def now(self) -> datetime:
        return self.clock.now.astimezone(HERE)

    def at(self, words: str) -> None:
        """Go on to a moment; clocks that ring on the way ring at their time."""
        self._on_to(moment(words))

    def later(self, **span: float) -> None:
        self._on_to(self.clock.now + timedelta(**span))

    def _on_to(self, goal: datetime) -> None:
        self.settle()
        while self.clock.now < goal:
            self.clock.move(min(goal, self.clock.now + _hop(goal - self.clock.now)))
            if self._ring():
                self.settle()
        self.settle()

    def settle(self) -> None:
        """The worker's turns, until there is nothing more to do."""
        while self._worker.turn() or self._ring() or keep_ringing(self.clock.now):
            pass
        for way in OUTSIDE:
            while send_due(way, self.clock.now):
                pass

    def _ring(self) -> int:
        fired = 0
        while step := fire_due(self.clock.now):
            fired += step
        return fired

    def resident(self, name: str, phone: str) -> Resident:
        """Somebody with a telephone and no account."""
        return Resident(self, name, phone)

    def officer(self, name: str) -> Officer:
        """Somebody of the town's staff, signed in."""
        return self._officers.setdefault(name, Officer(self, name, self.town.accounts[name]))

    def messages_to(self, phone: str) -> list[str]:
        """The text messages that went to this telephone, oldest first."""
        lines = self._outbox.read_text(encoding="utf-8").splitlines() if self._outbox.exists() else []
        told = (line.split("\t") for line in lines)
        return [words for _at, _way, to, words in told if to.endswith(phone)]

    def picture(self, name: str, who: Resident | Officer, address: str, **how: Any) -> None:
        """What this person sees now, for the page of stories; only where somebody photographs."""
        if self._camera is not None:
            who.opens(address)
            self._camera.take(name, who.client, address, self.clock.now, **how)
