"""The months in which readings are kept apart. A month begins at midnight UTC, so that it is one for every district."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month in UTC."""

    year: int
    number: int

    @property
    def name(self) -> str:
        """How its table is called."""
        return f"devices_reading_{self.year:04d}{self.number:02d}"

    @property
    def begins(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    def plus(self, months: int) -> "Month":
        """The month so many later."""
        count = self.year * 12 + self.number - 1 + months
        return Month(count // 12, count % 12 + 1)


def month_of(at: datetime) -> Month:
    """The month a moment lies in."""
    there = at.astimezone(UTC)
    return Month(there.year, there.month)


def month_named(name: str) -> Month | None:
    """The month of a table's name; None for another table."""
    digits = name.removeprefix("devices_reading_")
    if len(digits) != 6 or not digits.isdigit() or not 1 <= int(digits[4:]) <= 12:
        return None
    return Month(int(digits[:4]), int(digits[4:]))


def wanted(now: datetime, ahead: int) -> Iterator[Month]:
    """Last month, for what comes late, this one, and so many after it."""
    first = month_of(now)
    return (first.plus(number) for number in range(-1, ahead + 1))
