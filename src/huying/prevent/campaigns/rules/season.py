"""The season's calendar: what comes round every year, by the sun or by the moon, and when to begin.

A season by the sun names its first and last day as month-day; one by the moon its festival and how many days around it.
Festivals are a table of dates: they follow the new moon at 120° east, which a formula of a few lines gets wrong by a day
when it falls near midnight. Beyond the table a season by the moon proposes nothing.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term
from huying.prevent.campaigns.rules.kinds import MOST_NAME, MOST_TEXT

_FOLDER: Final = files("huying.prevent.campaigns.rules")
MOST_WEEKS: Final = 12


class Festival(Term):
    """Feasts by the moon."""

    SPRING = "spring", "春节"
    GHOST = "ghost", "中元节"
    AUTUMN = "autumn", "中秋节"


@dataclass(frozen=True, slots=True)
class Season:
    """One line. ``first`` and ``last``: "06-01" by the sun, "-7" days from the festival by the moon; ``items`` are the
    beginnings of codes, ``areas`` codes, none meaning the whole district."""

    code: str
    name: str
    festival: Festival | None
    first: str
    last: str
    weeks_before: int
    items: tuple[str, ...]
    areas: tuple[str, ...]
    lead: str
    task: str


@dataclass(frozen=True, slots=True)
class Coming:
    """A season as it falls in a year, both days counted in, and from when it is proposed."""

    season: Season
    first: date
    last: date
    proposed: date


def coming(seasons: Sequence[Season], today: date) -> list[Coming]:
    """What is to be begun now: proposed and not yet over, the soonest first."""
    found = [falls for season in seasons for year in (today.year - 1, today.year, today.year + 1)
             for falls in _falls(season, year) if falls.proposed <= today <= falls.last]  # fmt: skip
    return sorted(found, key=lambda one: one.first)


def next_of(season: Season, today: date) -> Coming | None:
    """The season as it falls next, or now; None beyond the table."""
    years = range(today.year - 1, today.year + 2)
    return next((one for year in years for one in _falls(season, year) if one.last >= today), None)


def checked(season: Season) -> Season:
    """The line as it is kept. Raises Invalid, by field."""
    wrong: dict[str, str] = {}
    if not 0 < len(season.name) <= MOST_NAME:
        wrong["name"] = said("请写名称，最多 60 字。")
    if not 0 < len(season.task) <= MOST_TEXT:
        wrong["task"] = said("请写网格要做什么，最多 1000 字。")
    if not 0 <= season.weeks_before <= MOST_WEEKS:
        wrong["weeks_before"] = said("提前几周请填 0 到 12。")
    try:
        _days(season, 2026)
    except ValueError:
        wrong["first"] = said("起止请写月-日（如 06-01）；按农历节日的写前后几天（如 -7、2）。")
    if wrong:
        raise Invalid(fields=wrong)
    return season


def starter() -> list[Season]:
    """The lines that come with the platform."""
    with (_FOLDER / "seasons.csv").open(encoding="utf-8") as file:
        return [_read(row) for row in csv.DictReader(file)]


def _read(row: dict[str, str]) -> Season:
    festival = Festival(row["festival"]) if row["festival"] else None
    return Season(
        row["code"], row["name"], festival, row["first"], row["last"], int(row["weeks_before"]),
        tuple(row["items"].split()), (), row["lead"], row["task"],
    )  # fmt: skip


def _falls(season: Season, year: int) -> list[Coming]:
    days = _days(season, year)
    return [Coming(season, *days, days[0] - timedelta(weeks=season.weeks_before))] if days else []


def _days(season: Season, year: int) -> tuple[date, date] | None:
    if season.festival is not None:
        first, last = int(season.first), int(season.last)
        if not -60 <= first <= last <= 60:
            raise ValueError
        day = festivals().get((season.festival, year))
        return (day + timedelta(days=first), day + timedelta(days=last)) if day else None
    first_day = _day(year, season.first)
    last_day = _day(year, season.last)
    return first_day, last_day if last_day >= first_day else _day(year + 1, season.last)


def _day(year: int, text: str) -> date:
    if len(text) != 5 or text[2] != "-":
        raise ValueError
    # In a year without one, the last of February.
    return date(year, 2, 28) if text == "02-29" else date.fromisoformat(f"{year}-{text}")


@cache
def festivals() -> dict[tuple[Festival, int], date]:
    """Each festival of each year that the table knows."""
    with (_FOLDER / "festivals.csv").open(encoding="utf-8") as file:
        days = [(Festival(row["festival"]), date.fromisoformat(row["day"])) for row in csv.DictReader(file)]
    return {(festival, day.year): day for festival, day in days}
