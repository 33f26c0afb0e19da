"""When a promise is due (R303): a day, a season, or a condition with a last day. Times are the district's own."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.terms import Term

LONGEST: Final = timedelta(days=3 * 366)
CONTEST_DAYS: Final = timedelta(days=15)
_LAST_MINUTE: Final = time(23, 59)


class Season(Term):
    """A season as the calendar counts it: spring is March to May, winter December to February."""

    SPRING = "spring", "春季"
    SUMMER = "summer", "夏季"
    AUTUMN = "autumn", "秋季"
    WINTER = "winter", "冬季"


_LAST_MONTH: Final = {Season.SPRING: 5, Season.SUMMER: 8, Season.AUTUMN: 11, Season.WINTER: 2}


def season_ends(code: str) -> date:
    """The last day of a season such as ``2027-spring``; a winter is named by the year in which it begins.

    Raises Invalid for what names no season.
    """
    year, _, name = code.partition("-")
    if name not in set(Season) or not (year.isascii() and year.isdigit() and 2000 <= int(year) < 2200):
        raise Invalid(fields={"season": "没有这个季节。"})
    season = Season(name)
    month = _LAST_MONTH[season] + 1
    after = int(year) + (1 if season is Season.WINTER else 0)
    return (date(after + 1, 1, 1) if month > 12 else date(after, month, 1)) - timedelta(days=1)


def seasons_ahead(today: date, count: int = 8) -> Iterator[str]:
    """The codes of this season and those after it, as many as asked."""
    order = list(Season)
    place = (today.month % 12) // 3  # 0 is winter
    season = order[place - 1]
    year = today.year - 1 if season is Season.WINTER and today.month < 3 else today.year
    for _ in range(count):
        yield f"{year}-{season.value}"
        season = order[(order.index(season) + 1) % 4]
        year += season is Season.SPRING


def promised_until(
    until: datetime | None, season: str, proviso: str, now: datetime, zone: tzinfo
) -> datetime:
    """By when a promise is to be kept (aware): the moment named, else the last minute of the season.

    Raises Invalid where nothing says when, where a condition has no last day, or where it is past or too far.
    """
    if until is None and not season:
        if proviso:
            raise Invalid(fields={"promise_until": "附条件的承诺，也要写明最迟哪天兑现。"})
        raise Invalid(fields={"promise_until": "请写明哪天或哪个季节兑现。"})
    due = until or datetime.combine(season_ends(season), _LAST_MINUTE, zone)
    if due <= now:
        raise Invalid(fields={"season" if until is None else "promise_until": "兑现期限要在现在之后。"})
    if due > now + LONGEST:
        raise Invalid(fields={"season" if until is None else "promise_until": "兑现期限最长三年。"})
    return due
