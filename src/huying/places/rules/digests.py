"""Digests that let the same import run twice and change nothing."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from huying.places.rules.names import plain


def area_digest(name: str, parent: str, geometry: Mapping[str, Any] | None) -> str:
    """Sixty-four hexadecimal digits over what makes one version of an area differ from the next."""
    content = json.dumps([name, parent, geometry], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def place_id(kind: str, name: str, lon: float, lat: float, key: str = "") -> int:
    """A positive 63-bit number for a place.

    ``key`` is the number the place's source knows it by; without one, kind, name and the position to
    about ten metres stand for it, so that two branches of one bank stay two places.
    """
    content = f"key|{key}" if key else f"{kind}|{plain(name)}|{lon:.4f}|{lat:.4f}"
    return int.from_bytes(hashlib.sha256(content.encode()).digest()[:8], "big") >> 1
