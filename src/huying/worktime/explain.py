"""Why a due time is what it is: one line for each thing that happened on the way, in Chinese or English."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from huying.worktime import phrases
from huying.worktime.arithmetic import Pause, due, merged, opens, span, worked
from huying.worktime.calendar import Calendar, Day, DayKind
from huying.worktime.table import closing_minutes, minutes
from huying.worktime.units import Limit, Unit

_ONE_DAY = timedelta(days=1)
_UNTOLD = Day(DayKind.HOLIDAY, "")


def explain(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    extensions: int = 0,
    lang: str = "zh",
) -> list[str]:
    """How :func:`huying.worktime.due` reached its result, line by line; times on the district's wall clock.

    The order is: what the limit means; where counting starts; what was skipped, counted or paused, by date;
    what is not yet published; extensions; and last the due time. ``lang`` is a language tag; what is not
    English is Chinese.

    Raises:
        Invalid: as :func:`huying.worktime.due`.
    """
    lang = phrases.language(lang)
    end = due(start, limit, calendar, pauses, extensions)
    lines = [_meaning(limit, calendar, lang), _beginning(start, limit.unit, calendar, lang)]
    told = _pauses(start, end, limit.unit, calendar, pauses, lang)
    if limit.unit.is_working:
        seen = _days_seen(start, end, calendar, pauses)
        told += (
            _runs(seen, calendar, lang) + _weekends(seen, calendar, lang) + _make_ups(seen, calendar, lang)
        )
    lines += [text for _, text in sorted(told)]
    if limit.unit.is_working:
        lines += _unpublished(start, end, calendar, lang)
    lines += _extensions(start, limit, calendar, pauses, extensions, lang)
    return [*lines, phrases.line("due", lang, due=phrases.moment(end, calendar.zone, lang))]


def _meaning(limit: Limit, calendar: Calendar, lang: str) -> str:
    text = limit.en if lang == "en" else limit.zh
    if not limit.unit.is_working:
        return phrases.line("around_the_clock", lang, limit=text)
    sessions = phrases.listed([f"{begin:%H:%M}–{_closing(end)}" for begin, end in calendar.sessions], lang)
    if limit.unit is Unit.WORK_HOUR:
        return phrases.line("working_time", lang, limit=text, sessions=sessions)
    hours = phrases.working_duration(span(limit, calendar), lang)
    return phrases.line("whole_days", lang, limit=text, span=hours, sessions=sessions)


def _closing(end: time) -> str:
    return f"{end:%H:%M}" if minutes(end) else "24:00"


def _beginning(start: datetime, unit: Unit, calendar: Calendar, lang: str) -> str:
    shown = phrases.moment(start, calendar.zone, lang)
    opening = opens(start, calendar) if unit.is_working else start
    if opening == start:
        return phrases.line("starts", lang, start=shown)
    opening_text = phrases.moment(opening, calendar.zone, lang)
    return phrases.line(
        "starts_later", lang, start=shown, reason=_reason(start, calendar, lang), opens=opening_text
    )


def _reason(at: datetime, calendar: Calendar, lang: str) -> str:
    local = at.astimezone(calendar.zone)
    if not calendar.is_working(local.date()):
        special = calendar.days.get(local.date())
        return phrases.reason("holiday" if special else "weekend", lang, _name(special or _UNTOLD, lang))
    minute = minutes(local.time())
    if minute < minutes(calendar.sessions[0][0]):
        return phrases.reason("before", lang)
    over = minute >= closing_minutes(calendar.sessions[-1][1])
    return phrases.reason("after" if over else "break", lang)


def _pauses(
    start: datetime, end: datetime, unit: Unit, calendar: Calendar, pauses: Sequence[Pause], lang: str
) -> list[tuple[date, str]]:
    words = phrases.working_duration if unit.is_working else phrases.duration
    told = []
    for begin, stop in merged(pauses):
        if begin < end and stop > start:
            lost = worked(max(begin, start), stop, unit, calendar)
            shown = [phrases.moment(at, calendar.zone, lang) for at in (begin, stop)]
            text = phrases.line("pauses", lang, begin=shown[0], end=shown[1], span=words(lost, lang))
            told.append((calendar.local_day(begin), text))
    return told


def _days_seen(start: datetime, end: datetime, calendar: Calendar, pauses: Sequence[Pause]) -> list[date]:
    """The dates from start to end, without those that lie wholly inside a pause."""
    paused = {day for begin, stop in merged(pauses) for day in _inner_days(begin, stop, calendar)}
    first, last = calendar.local_day(start), calendar.local_day(end)
    return [day for day in _dates(first, last) if day not in paused]


def _inner_days(begin: datetime, stop: datetime, calendar: Calendar) -> Iterator[date]:
    return _dates(calendar.local_day(begin) + _ONE_DAY, calendar.local_day(stop) - _ONE_DAY)


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _runs(seen: list[date], calendar: Calendar, lang: str) -> list[tuple[date, str]]:
    """Runs of days off with a holiday in them, each with the names it has."""
    told = []
    for run in _days_off(seen, calendar):
        names = [_name(calendar.days[day], lang) for day in run if day in calendar.days]
        if names:
            text = phrases.line(
                "skips",
                lang,
                days=phrases.days(run[0], run[-1], lang),
                names=phrases.listed(list(dict.fromkeys(names)), lang),
                count=len(run),
            )
            told.append((run[0], text))
    return told


def _weekends(seen: list[date], calendar: Calendar, lang: str) -> list[tuple[date, str]]:
    """All plain weekends as one line, since a limit of weeks passes many."""
    plain = [run for run in _days_off(seen, calendar) if not any(day in calendar.days for day in run)]
    if not plain:
        return []
    listed = phrases.listed([phrases.weekend(run[0], run[-1], lang) for run in plain], lang)
    return [(plain[0][0], phrases.line("skips_weekends", lang, days=listed))]


def _days_off(seen: list[date], calendar: Calendar) -> Iterator[list[date]]:
    off = [day for day in seen if not calendar.is_working(day)]
    for _, run in groupby(enumerate(off), lambda pair: pair[1].toordinal() - pair[0]):
        yield [day for _, day in run]


def _make_ups(seen: list[date], calendar: Calendar, lang: str) -> list[tuple[date, str]]:
    told = []
    for day in seen:
        special = calendar.days.get(day, _UNTOLD)
        if special.kind is DayKind.MAKE_UP:
            shown = phrases.day(day, lang)
            told.append((day, phrases.line("makes_up", lang, day=shown, name=_name(special, lang))))
    return told


def _unpublished(start: datetime, end: datetime, calendar: Calendar, lang: str) -> list[str]:
    dates = list(_dates(calendar.local_day(start), calendar.local_day(end)))
    unknown = {day.year for day in dates if not calendar.is_published(day)}
    loose = {day.year for day in dates} & calendar.provisional
    return [
        phrases.line("unpublished" if year in unknown else "provisional", lang, year=year)
        for year in sorted(unknown | loose)
    ]


def _extensions(
    start: datetime, limit: Limit, calendar: Calendar, pauses: Sequence[Pause], extensions: int, lang: str
) -> list[str]:
    if not extensions:
        return []
    steps = [
        phrases.moment(due(start, limit, calendar, pauses, number), calendar.zone, lang)
        for number in range(extensions + 1)
    ]
    text = limit.en if lang == "en" else limit.zh
    return [phrases.line("first_due", lang, due=steps[0])] + [
        phrases.line("extends", lang, number=number, limit=text, due=steps[number])
        for number in range(1, extensions + 1)
    ]


def _name(day: Day, lang: str) -> str:
    return day.name_en if lang == "en" and day.name_en else day.name
