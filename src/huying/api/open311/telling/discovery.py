"""Where everything is: service discovery of Open311, for every district of the house."""

from datetime import UTC, datetime
from typing import Any, Final

from huying.api.open311.wire.formats import Tree
from huying.places.queries import districts
from huying.places.queries.jurisdictions import outside

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"
PRODUCTION: Final = "/open311/v2"
TRIAL: Final = "/open311/test/v2"
# When this interface last changed; whoever changes what it answers moves it on.
CHANGESET: Final = datetime(2026, 11, 30, tzinfo=UTC)
_FORMATS: Final = ("text/xml", "application/json")


def discovery(root: str) -> Tree:
    """``root`` is the site's own address, without a slash at its end."""
    known = [(one, outside(one.code)) for one in districts()]
    said = [words for _one, words in known if words is not None]
    contact = "；".join(words.contact for words in said if words.contact)
    key_service = "；".join(words.key_service for words in said if words.key_service)
    names = "、".join(one.name for one, _words in known)
    changed = max([CHANGESET, *(words.changed_at for words in said)])
    return Tree(
        "discovery",
        {
            "changeset": _time(changed),
            "contact": contact or f"{names} {root}/".strip(),
            "key_service": key_service
            or f"接口密钥由管理员发放。An administrator issues keys. {root}/api/v1/docs",
            "endpoints": [
                _endpoint(root + PRODUCTION, "production", changed),
                _endpoint(root + TRIAL, "test", changed),
            ],
        },
    )


def _endpoint(url: str, kind: str, changed: datetime) -> dict[str, Any]:
    return {
        "specification": SPECIFICATION, "url": url, "changeset": _time(changed), "type": kind,
        "formats": list(_FORMATS),
    }  # fmt: skip


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
