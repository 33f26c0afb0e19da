"""What a district holds beside cases and people, so that the operations on it lead to something."""

from typing import Any, Final

from huying.api.v1.exchanging.telling import MAP, SETTINGS
from tests.api.conftest import Outside
from tests.cast import COMMUNITY

SYSTEM: Final = {
    "code": "town", "name": "镇平台", "connector": "rest_pull", "settings": SETTINGS, "map": MAP,
    "secret": "agreed-by-both-12345",
}  # fmt: skip
# A vendor that is nobody: trying it asks nothing of the world.
CHAT: Final = {"vendor": "console", "name": "终端"}
REDRAWN: Final = {"parent": COMMUNITY, "key": "9b1f6c1e-6a0e-4a51-9d6f-0f1f6f0c2c11"}
PLANNED: Final = {
    "scope": COMMUNITY,
    "name": "均一均",
    "grids": 2,
    "key": "5f0a3f4e-3c1d-4a0c-8a53-6d1b2f9f7a10",
}


def furnished(admin: Outside) -> dict[str, Any]:
    """The ends of addresses, and what stands at them."""
    return {
        "/systems/{code}": _made(admin, "exchange/systems", SYSTEM)["code"],
        "/letters/{way}": "in",
        "/chat-accounts/{number}": _made(admin, "chat-accounts", CHAT)["id"],
        "/area-changes/{number}": _made(admin, "area-changes", REDRAWN)["id"],
        "/grid-plans/{number}": _made(admin, "grid-plans", PLANNED)["id"],
        "/grid-ground/{kind}": "building",
    }


def _made(by: Outside, path: str, body: Any) -> Any:
    answer = by.post(path, body)
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()
