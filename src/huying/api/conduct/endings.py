"""Operations that will end: told in every answer (RFC 9745, RFC 8594) and in the description."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.http import http_date

POLICY: Final = "/api/v1/docs"
_ZONE: Final = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Ending:
    """From which day an operation should no longer be used, on which it ends, and what does the same then."""

    since: date
    until: date
    instead: str


# By operation id. One that ends stays at least a year from ``since``; see docs/api.md.
ENDINGS: Final[Mapping[str, Ending]] = {}


def ending_headers(ending: Ending) -> dict[str, str]:
    """What an answer of the operation says of its end."""
    return {
        "Deprecation": f"@{int(_midnight(ending.since).timestamp())}",
        "Sunset": http_date(_midnight(ending.until).timestamp()),
        "Link": f'<{POLICY}>; rel="deprecation", <{ending.instead}>; rel="successor-version"',
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), _ZONE)
