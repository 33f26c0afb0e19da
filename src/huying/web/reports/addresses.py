"""What the address of a number's page asks."""

from datetime import date
from typing import Final

from django.http import QueryDict

from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.kernel.errors import Invalid, NotFound

_LONGEST: Final = 20


def period_asked(query: QueryDict) -> Period:
    """The days an address asks for. Raises NotFound where it asks for none."""
    try:
        return Period(date.fromisoformat(query.get("since", "")), date.fromisoformat(query.get("until", "")))
    except (ValueError, Invalid) as error:
        raise NotFound from error


def measures_asked(query: QueryDict) -> list[Measure]:
    """What is counted in the number. Raises NotFound for what is not counted."""
    names = query.get("measure", "").split(",")
    if not set(names) <= {one.value for one in Measure}:
        raise NotFound
    return [Measure(name) for name in names]


def digits(text: str) -> str:
    """A code of an area, "" for what is none."""
    return text if text.isascii() and text.isdigit() and len(text) <= _LONGEST else ""


def numbers_asked(query: QueryDict, name: str) -> list[int]:
    """The cases named one by one."""
    return [int(text) for text in query.get(name, "").split(",")[:100] if digits(text) and len(text) <= 18]
