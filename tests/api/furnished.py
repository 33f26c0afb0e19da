"""What a district holds beside cases and people, so that the operations on it lead to something."""

from typing import Any, Final

from huying.api.v1.exchanging.telling import MAP, SETTINGS
from tests.api.conftest import Outside

SYSTEM: Final = {
    "code": "town", "name": "镇平台", "connector": "rest_pull", "settings": SETTINGS, "map": MAP,
    "secret": "agreed-by-both-12345",
}  # fmt: skip
CHAT: Final = {
    "vendor": "wechat", "name": "龙田街道", "app_id": "wx1", "host": "http://127.0.0.1:9",
    "secrets": {"secret": "app-secret-1", "token": "our-token"},
}  # fmt: skip


def furnished(admin: Outside) -> dict[str, Any]:
    """The ends of addresses, and what stands at them."""
    return {
        "/systems/{code}": _made(admin, "exchange/systems", SYSTEM)["code"],
        "/letters/{way}": "in",
        "/chat-accounts/{number}": _made(admin, "chat-accounts", CHAT)["id"],
    }


def _made(by: Outside, path: str, body: Any) -> Any:
    answer = by.post(path, body)
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()
