"""The circles that were drawn: the latest of a district, kind by kind and community by community."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import NotFound
from huying.services.models import Circle, PeopleSpot, Surroundings
from huying.services.policy import must
from huying.services.queries.kinds import kind_names


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """A proposed place: where, in which community, how many more people reach one, and the share afterwards."""

    lon: float
    lat: float
    area: str
    name: str
    gain: float
    share: float


@dataclass(frozen=True, slots=True)
class KindShare:
    """One kind: places, people within ``minutes`` on foot of one, of all; by community; the sites, the best first."""

    kind: str
    name: str
    minutes: int
    places: int
    people: float
    covered: float
    communities: Mapping[str, tuple[float, float]]
    sites: Sequence[SiteInfo]

    @property
    def share(self) -> float:
        return self.covered / self.people if self.people else 0.0

    def share_in(self, community: str) -> float | None:
        """The share of one community; None where nobody lives."""
        people, covered = self.communities.get(community, (0.0, 0.0))
        return covered / people if people else None


@dataclass(frozen=True, slots=True)
class CircleInfo:
    """One reckoning. ``walked`` False: no road was known; ``straight``: the share of people judged by straight lines."""

    id: int
    made_at: datetime
    made_by: str
    seconds: float
    walked: bool
    straight: float
    people: float
    spots: int
    kinds: Sequence[KindShare]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the next circle would be drawn of."""

    nodes: int
    edges: int
    source: str
    drawn_at: datetime | None
    spots: int


def circle_for(actor: Actor, circle_id: int | None = None) -> CircleInfo:
    """The latest circle of the district, or one by its id. Raises NotFound where there is none, Denied."""
    must(actor, Permission.SERVICE_READ)
    rows = Circle.objects.filter(district=actor.district)
    row = (rows.filter(id=circle_id) if circle_id is not None else rows.order_by("-id")).first()
    if row is None:
        raise NotFound
    names = kind_names(actor.district)
    return CircleInfo(
        row.id, row.made_at, row.made_by, row.seconds, row.roads is not None, row.straight, row.people, row.spots,
        [_kind(one, names) for one in row.kinds],
    )  # fmt: skip


def prepared_for(actor: Actor) -> Prepared:
    """What is known of roads and of where people live. Raises Denied."""
    must(actor, Permission.SERVICE_READ)
    row = Surroundings.objects.filter(district=actor.district).first()
    spots = PeopleSpot.objects.filter(district=actor.district).count()
    if row is None:
        return Prepared(0, 0, "", None, spots)
    return Prepared(row.nodes, row.edges, row.source, row.drawn_at, spots)


def _kind(told: dict[str, object], names: Mapping[str, str]) -> KindShare:
    one: dict[str, object] = dict(told)
    people, covered = one["people"], one["covered"]
    assert isinstance(people, dict)
    assert isinstance(covered, dict)
    sites = one["sites"]
    assert isinstance(sites, list)
    return KindShare(
        str(one["kind"]), names.get(str(one["kind"]), str(one["kind"])), int(str(one["minutes"])),
        int(str(one["places"])), sum(people.values()), sum(covered.values()),
        {code: (amount, covered.get(code, 0.0)) for code, amount in people.items()},
        [SiteInfo(**site) for site in sites],
    )  # fmt: skip
