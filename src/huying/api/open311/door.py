"""One request at the door: at which endpoint, in which district, with whose key, in which format."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.api.keys import actor_with, bearer
from huying.api.open311.seals import sealed
from huying.api.open311.wire.asking import Params
from huying.api.open311.wire.faults import BadKey
from huying.api.open311.wire.formats import Format
from huying.cases.queries.outside.asked import Reader
from huying.places.queries import district
from huying.places.queries.jurisdictions import jurisdiction


@dataclass(frozen=True, slots=True)
class Asked:
    """``root`` is the address of the site, ``base`` of the endpoint below it; ``trial`` for the one to try things at."""

    params: Params
    wanted: Format
    now: datetime
    district: int
    zone: ZoneInfo
    actor: Actor | None
    root: str
    base: str
    trial: bool

    @property
    def reader(self) -> Reader:
        """Who reads: a key that may not read cases is told what everybody is."""
        reads = self.actor is not None and self.actor.may(Permission.CASE_READ)
        return Reader(self.district, self.actor if reads else None, self.zone, self._photo)

    def _photo(self, name: str) -> str:
        """The address of a photo, to be opened without the key that was shown."""
        where = f"{self.root}{self.base}/media/{name}"
        key = self.actor.key_id if self.actor is not None else None
        return f"{where}?seal={sealed(self.district, name, key, self.now)}" if key is not None else where


def asked(
    params: Params, wanted: Format, now: datetime, authorization: str, root: str, base: str, *, trial: bool
) -> Asked:
    """Raises NoJurisdiction, WhichJurisdiction, BadKey; a key of another district is none here."""
    place = jurisdiction(params.text("jurisdiction_id"))
    raw = raw_key(params, authorization)
    actor = actor_with(raw, now) if raw else None
    if actor is not None and actor.district != place:
        raise BadKey
    zone = ZoneInfo(district(place).zone)
    return Asked(params, wanted, now, place, zone, actor, root, base, trial)


def raw_key(params: Params, authorization: str) -> str:
    """The key shown, as the parameter ``api_key`` or in the header; "" for none. Raises Unauthenticated."""
    return params.text("api_key") or bearer(authorization.strip())
