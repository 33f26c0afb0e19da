"""Daily and hourly duties, done for every district."""

from collections.abc import Callable
from datetime import datetime

from huying.places.queries import districts

OfDistrict = Callable[[int, datetime], object]


def everywhere(duty: OfDistrict) -> Callable[[datetime], None]:
    """The duty of one district, done for all of them."""

    def all_districts(now: datetime) -> None:
        for district in districts():
            duty(district.code, now)

    return all_districts
