"""附近有人反映过同样的事: open cases of the same item close by, which one more caller may join (R110, R208).

Nothing is told of them but what the public board may say later: the item, the community, since when, the state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from huying.access.actor import system
from huying.cases.actions import advance
from huying.cases.lifecycle import State, Verb
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, lines_of, queue_for
from huying.cases.queries.track import Track, track
from huying.catalogue.queries import item
from huying.catalogue.rules.kinds import AppealKind, Evidence
from huying.geo.measure import around, distance
from huying.kernel.errors import Conflict, HuyingError, NotFound, StaleVersion
from huying.kernel.numbers import parse_case_number
from huying.loop.allocate.queries import suggest_items
from huying.places.rules.names import public_words
from huying.web.citizen import telling
from huying.web.citizen.where import Spot, Whereabouts, located
from huying.web.components import Chip

SHOWN: Final = 3
_ENOUGH: Final = 4
_NEAR_METRES: Final = 300.0
_RECENT: Final = timedelta(days=60)
_MOST_READ: Final = 50
_COMMUNITY_DIGITS: Final = 12
# The first guess is taken as it comes, a further one only where it is likely too.
_LIKELY: Final = 0.2
# What is said in confidence, asked or praised is nobody else's to join.
_ONES_OWN: Final = frozenset({AppealKind.REPORT, AppealKind.INQUIRY, AppealKind.THANKS})
# Who must show the place before, or repair something, deals with a thing that everybody there can see.
_OF_A_PLACE: Final = frozenset({Evidence.BEFORE, Evidence.REPAIR})
# As long as nobody has begun, an own case may go up in another; after that a person decides.
_NOT_BEGUN: Final = frozenset({State.RECEIVED, State.FILED, State.DISPATCHED})
_FRESH: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A matter others have reported: what by the item, where by the community, how many said so."""

    case: str
    what: str
    where: str
    since: datetime
    state: Chip
    callers: int


def neighbours(given: Whereabouts, now: datetime, most: int = SHOWN) -> list[Neighbour]:
    """The likeliest first; none while the words are too few or the place is not known to a community.

    Raises OutsideDistrict as ``located`` does.
    """
    if len(given.text.strip()) < _ENOUGH:
        return []
    return [_told(line) for line in _alike(located(given), given.text, now)[:most]]


def _alike(spot: Spot, text: str, now: datetime) -> list[CaseLine]:
    if spot.point is None and len(spot.area) < _COMMUNITY_DIGITS:
        return []
    found: list[tuple[int, float, CaseLine]] = []
    for rank, code in enumerate(_items(spot.district, text)):
        for line in queue_for(system(spot.district), _asked(spot, code, now), now, limit=_MOST_READ).lines:
            away = _metres(spot, line)
            if line.item == code and line.kind not in _ONES_OWN and away <= _NEAR_METRES:
                found.append((rank, away, line))
    return [line for _rank, _away, line in sorted(found, key=lambda one: (one[0], one[1], -one[2].id))]


def _items(district: int, text: str) -> list[str]:
    guesses = suggest_items(district, [text], SHOWN, words=False)[0]
    likely = [guess.code for at, guess in enumerate(guesses) if at == 0 or guess.probability >= _LIKELY]
    return [code for code in likely if _is_of_a_place(district, code)]


def _is_of_a_place(district: int, code: str) -> bool:
    try:
        conditions = item(district, code).conditions
    except NotFound:
        return False
    return bool(conditions) and bool(_OF_A_PLACE & set(conditions[0].evidence))


def _asked(spot: Spot, code: str, now: datetime) -> CaseFilter:
    since = now - _RECENT
    if spot.point is None:
        return CaseFilter(item=code, area=spot.area[:_COMMUNITY_DIGITS], since=since)
    return CaseFilter(item=code, box=around(*spot.point, _NEAR_METRES), since=since)


def _metres(spot: Spot, line: CaseLine) -> float:
    if spot.point is None or line.lon is None or line.lat is None:
        return 0.0
    return distance(*spot.point, line.lon, line.lat)


def _told(line: CaseLine) -> Neighbour:
    return Neighbour(
        case=line.number,
        what=line.item_name,
        where=public_words(line.area_name),
        since=line.opened_at,
        state=telling.state_chip(line.state),
        callers=line.appeals,
    )


def to_join(receipt: str, now: datetime) -> list[Neighbour]:
    """Whom a report just sent may still join; none once it was taken up, joined or is an hour old."""
    return _offered(track(receipt, now), now)[:SHOWN]


def _offered(found: Track, now: datetime) -> list[Neighbour]:
    own = [case for case in found.cases if case.state in _NOT_BEGUN and case.may_withdraw]
    if len(found.cases) != 1 or len(own) != 1 or now - found.received_at > _FRESH:
        return []
    # Where it was put when it was sent: the area may have been chosen from the list.
    line = lines_of(system(found.district), [own[0].case_id], now)[0]
    given = Whereabouts(found.place_text, found.text, found.lon, found.lat, line.area[:_COMMUNITY_DIGITS])
    try:
        return [one for one in neighbours(given, now, _MOST_READ) if one.case != own[0].number]
    except HuyingError:
        return []


def join(receipt: str, case: str, now: datetime) -> None:
    """Make the holder of the receipt one more caller of that case. Twice is once.

    Raises Conflict when the case is closed, elsewhere or of another matter by now; the report then stands by itself.
    """
    district, into = parse_case_number(case)
    for _again in range(3):
        found = track(receipt, now)
        if any((found.district, one.case_id) == (district, into) for one in found.cases):
            return
        if case not in {one.case for one in _offered(found, now)}:
            raise Conflict(_("那件事刚刚办结或有了变化，您反映的已单独受理。"))
        own = found.cases[0]
        try:
            advance(
                (found.district, own.case_id),
                Verb.MERGE,
                by=system(found.district, _("居民网页")),
                now=now,
                expected=own.version,
                into=into,
                reason=_("诉求人说是同一件事"),
            )
        except StaleVersion:
            # The automatic allocation took it up at this very moment: look again.
            continue
        return
    raise Conflict(_("那件事刚刚办结或有了变化，您反映的已单独受理。"))
