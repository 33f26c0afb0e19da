"""The cast on drawn ground with responders at known distances from one spot; messages go to a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.cases.queries.settings.timing import forget_timing
from huying.emergency.actions import NewAlarm, NewResponder, register
from huying.emergency.models import Alert, Emergency, Mark
from huying.emergency.rules.kinds import ResponderKind, Source
from huying.geo.measure import moved
from huying.people.queries.keys import forget_keys
from huying.places.queries import forget
from huying.texts.queries import forget as forget_texts
from tests.cast import DISTRICT, MONDAY, Cast, gather
from tests.notices.folk import Folk, hire
from tests.teams.conftest import draw

#: In the middle of the first grid; every responder stands so many metres east of it.
SPOT = (114.005, 22.005)


@dataclass
class Ground:
    """The cast, its accounts, and responders by name."""

    cast: Cast
    folk: Folk
    people: dict[str, int] = field(default_factory=dict)

    def stand(self, name: str, metres: float, *skills: str, **more: Any) -> int:
        """Register somebody so many metres east of the spot."""
        lon, lat = moved(*SPOT, 90.0, metres)
        given: dict[str, Any] = {
            "kind": ResponderKind.VOLUNTEER,
            "phone": f"13700{len(self.people):06d}",
        } | more
        new = NewResponder(name=name, skills=skills or ("first_aid",), lon=lon, lat=lat, **given)
        self.people[name] = register(self.cast.system, new, MONDAY)[0]
        return self.people[name]

    def alerts(self, card: int) -> dict[str, Alert]:
        """The alerts of a card by the name of whom they went to, the nearest first."""
        rows = Alert.objects.filter(district=DISTRICT, emergency_id=card).order_by("ring", "metres")
        return {row.name: row for row in rows}

    def card(self, card: int) -> Emergency:
        return Emergency.objects.get(district=DISTRICT, id=card)

    def said(self, card: int) -> list[str]:
        """The kinds of the timeline's lines, in their order."""
        rows = Mark.objects.filter(district=DISTRICT, emergency_id=card).order_by("at", "id")
        return list(rows.values_list("kind", flat=True))


def alarm(kind: str = "illness", key: str = "k-1", **more: Any) -> NewAlarm:
    """Somebody fell ill at the spot."""
    given: dict[str, Any] = {"lon": SPOT[0], "lat": SPOT[1], "source": Source.SEAT} | more
    return NewAlarm(kind=kind, key=key, **given)


def after(seconds: float) -> datetime:
    """So many seconds after the alarm."""
    return MONDAY + timedelta(seconds=seconds)


@pytest.fixture
def ground(db: None, settings: Any) -> Iterator[Ground]:
    settings.HUYING_ADDRESS = "https://huying.example.cn"
    _forget()
    cast = gather()
    draw(cast)
    yield Ground(cast, hire(cast))
    _forget()


def _forget() -> None:
    forget_timing()
    forget_keys()
    forget(DISTRICT)
    forget_texts()
