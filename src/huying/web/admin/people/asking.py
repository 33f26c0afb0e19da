"""What the list of people is asked for by its address."""

from datetime import datetime
from typing import Any

from django.http import QueryDict

from huying.access.roles import Role


def accounts_asked(query: QueryDict, now: datetime) -> dict[str, Any]:
    """What narrows it, as ``people.queries.accounts_for`` takes it; what is not understood does not narrow."""
    role, state = query.get("role", ""), query.get("state", "")
    return {
        "text": query.get("q", "").strip()[:40],
        "role": Role(role) if role in set(Role) else None,
        "active": {"active": True, "stopped": False}.get(state),
        "now": now,
    }
