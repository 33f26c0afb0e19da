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


@dataclass(frozen=True, slots=True)
class Shown:
    """A device that proved to be itself."""

    district: int
    id: int
    code: str
    actor: Actor


def secret_of(district: int, raw: str) -> bytes:
    """What is kept of a credential."""
    return _digest(settings.SECRET_KEY, district, raw)


def device_with(raw: str) -> Shown | None:
    """The device that shows ``raw``; None for one unknown, retired, or with another credential by now."""
    named = whose(raw)
    if named is None:
        return None
    row = Device.objects.filter(district=named[0], id=named[1], retired_at=None).first()
    if row is None or row.secret is None:
        return None
    # A device keeps its credential when the house changes its own key.
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(bytes(row.secret), _digest(one, row.district, raw)) for one in secrets):
        return None
    grant = Grant(Role.ADMINISTRATOR, str(row.district), None, frozenset({Permission.DEVICE_PUSH}))
    by = Actor(ActorKind.KEY, row.district, f"设备 {row.code}", grants=(grant,))
    return Shown(row.district, row.id, row.code, by)


def _digest(secret: str, district: int, raw: str) -> bytes:
    return _ring(secret).digest(raw, f"{district}:device.secret")


@lru_cache(maxsize=4)
def _ring(secret: str) -> Keyring:
    return Keyring((secret,))
