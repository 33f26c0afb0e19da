"""Which numbers want no notices by short message. For carriers, never for a page of staff."""

from collections.abc import Collection
from typing import Final

from huying.chat.models import SmsStop
from huying.people.queries.sealed import mark_of

_STOP: Final = "chat.stop"


def mark(district: int, number: str) -> bytes:
    """By what a number is known here: it is found again, and not read."""
    return mark_of(district, _STOP, number)


def stopped(district: int, numbers: Collection[str]) -> set[str]:
    """Those of the numbers, in normal form, to which no notices go; one query."""
    marks = {mark(district, number): number for number in numbers}
    held = SmsStop.objects.filter(district=district, number__in=list(marks), until=None)
    return {marks[bytes(one)] for one in held.values_list("number", flat=True)} if marks else set()


def stopped_before(district: int, number: str) -> bool:
    """Whether the number was ever stopped, as far as that is still kept."""
    return SmsStop.objects.filter(district=district, number=mark(district, number)).exists()
