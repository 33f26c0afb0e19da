"""Which device shows a credential."""

import hmac
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.devices.models import Device
from huying.devices.rules.credentials import whose
from huying.people.rules.sealing import Keyring

_PURPOSE = "device.secret"


@dataclass(frozen=True, slots=True)
class Shown:
    """A device that proved to be itself."""

    district: int
    id: int
    code: str
    actor: Actor


def secret_of(district: int, raw: str) -> bytes:
    """What is kept of a credential."""
    return digests_of(district, raw, _PURPOSE)[0]


def digests_of(district: int, raw: str, purpose: str) -> list[bytes]:
    """The keyed digests of a secret: under the house's key, then under those it had before, which stay good."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [_ring(one).digest(raw, f"{district}:{purpose}") for one in secrets]


def device_with(raw: str) -> Shown | None:
    """The device that shows ``raw``; None for one unknown, retired, or with another credential by now."""
    named = whose(raw)
    if named is None:
        return None
    row = Device.objects.filter(district=named[0], id=named[1], retired_at=None).first()
    if row is None or row.secret is None:
        return None
    kept = bytes(row.secret)
    if not any(hmac.compare_digest(kept, one) for one in digests_of(row.district, raw, _PURPOSE)):
        return None
    grant = Grant(Role.ADMINISTRATOR, str(row.district), None, frozenset({Permission.DEVICE_PUSH}))
    by = Actor(ActorKind.KEY, row.district, f"设备 {row.code}", grants=(grant,))
    return Shown(row.district, row.id, row.code, by)


@lru_cache(maxsize=4)
def _ring(secret: str) -> Keyring:
    return Keyring((secret,))
