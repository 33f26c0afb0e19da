"""Where a page of a list ends: the place after which the next one begins, as an opaque text for addresses."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import orjson

from huying.cases.queries.lists.lines import CaseLine
from huying.kernel.errors import Invalid

# Stands for "no time set": such cases come after all that are due.
FAR: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """The last line shown. ``at``: when it is due, or of a list of closed cases when it was opened; aware."""

    urgency: int
    at: datetime
    id: int


def cursor_of(line: CaseLine, *, closed: bool) -> str:
    """The cursor of the page that follows this line."""
    at = line.opened_at if closed else line.due_at or FAR
    packed = orjson.dumps([line.urgency, at.isoformat(), line.id])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(cursor: str) -> Place | None:
    """The place a cursor names; None at the beginning. Raises Invalid for a text that is no cursor."""
    if not cursor:
        return None
    try:
        urgency, at, number = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return Place(int(urgency), datetime.fromisoformat(at), int(number))
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
