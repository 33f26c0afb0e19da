"""The words in which due times are explained, Chinese and English side by side."""

from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_WEEKDAYS: Final = {"zh": "一二三四五六日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}

_LINES: Final[dict[str, tuple[str, str]]] = {
    "whole_days": (
        "时限 {limit}，合 {span}工作时间（{sessions}）。",
        "Limit {limit}, which is {span} of working time ({sessions}).",
    ),
    "working_time": (
        "时限 {limit}，只计工作时间（{sessions}）。",
        "Limit {limit}; only working time counts ({sessions}).",
    ),
    "around_the_clock": (
        "时限 {limit}，连续计时，夜间、周末和节假日都算。",
        "Limit {limit}, counted without a break: nights, weekends and holidays included.",
    ),
    "starts": ("{start} 起算。", "Counts from {start}."),
    "starts_later": (
        "{start} {reason}，从 {opens} 起算。",
        "{start} is {reason}; counts from {opens}.",
    ),
    "skips": ("跳过 {days}：{names}，共 {count} 天。", "Skipped {days}: {names}, {count} in all."),
    "skips_weekends": ("跳过周末：{days}。", "Skipped weekends: {days}."),
    "makes_up": ("{day}因{name}调休上班，计入。", "{day} is a make-up workday for {name}: counted."),
    "pauses": (
        "{begin} 至 {end} 暂停，其间 {span}不计时。",
        "Paused from {begin} to {end}: {span} not counted.",
    ),
    "provisional": (
        "{year} 年调休安排尚未载入，先按法定节假日和周末推算，公布后可能调整。",
        "The make-up days of {year} are not loaded yet: by statutory holidays and weekends, may change.",
    ),
    "unpublished": (
        "{year} 年安排未公布，按周末推算。",
        "The holidays of {year} are not published: reckoned by weekends.",
    ),
    "first_due": ("原定 {due} 到期。", "First due {due}."),
    "extends": (
        "第 {number} 次延期，再加 {limit}，顺延至 {due}。",
        "Extension {number} adds {limit}: due {due}.",
    ),
    "due": ("到期时间：{due}。", "Due {due}."),
}

_REASONS: Final[dict[str, tuple[str, str]]] = {
    "before": ("还没上班", "before opening"),
    "break": ("正值午休", "in the break"),
    "after": ("已经下班", "after closing"),
    "weekend": ("是周末", "on a weekend"),
    "holiday": ("是{name}假期", "in the holiday of {name}"),
}


def language(lang: str) -> str:
    """``en`` for any English tag, else ``zh``."""
    return "en" if lang.lower().startswith("en") else "zh"


def line(key: str, lang: str, **facts: object) -> str:
    """One line of an explanation."""
    return _LINES[key][lang == "en"].format(**facts)


def reason(key: str, lang: str, name: str = "") -> str:
    """Why a moment lies outside working time."""
    return _REASONS[key][lang == "en"].format(name=name)


def moment(at: datetime, zone: ZoneInfo, lang: str) -> str:
    """``2026-09-30（周三）17:00`` or ``Wed 2026-09-30 17:00``, on the wall clock of ``zone``."""
    local = at.astimezone(zone)
    if lang == "en":
        return f"{_WEEKDAYS['en'][local.weekday()]} {local:%Y-%m-%d %H:%M}"
    return f"{local:%Y-%m-%d}（周{_WEEKDAYS['zh'][local.weekday()]}）{local:%H:%M}"


def day(at: date, lang: str) -> str:
    """``10-01（周四）`` or ``Thu 10-01``."""
    weekday = _WEEKDAYS[lang][at.weekday()]
    return f"{weekday} {at:%m-%d}" if lang == "en" else f"{at:%m-%d}（周{weekday}）"


def days(first: date, last: date, lang: str) -> str:
    """One day, or the first and the last of several."""
    if first == last:
        return day(first, lang)
    return f"{day(first, lang)}{' to ' if lang == 'en' else '至 '}{day(last, lang)}"


def weekend(first: date, last: date, lang: str) -> str:
    """As :func:`days` without weekdays, which everybody knows of a weekend."""
    if first == last:
        return f"{first:%m-%d}"
    return f"{first:%m-%d}{' to ' if lang == 'en' else ' 至 '}{last:%m-%d}"


def listed(texts: list[str], lang: str) -> str:
    """The texts in a row."""
    return (", " if lang == "en" else "、").join(texts)


def duration(span: timedelta, lang: str) -> str:
    """``16 小时``, ``3 小时 20 分``, ``2 天 4 小时``; below a minute ``不到 1 分``. The sign is left out.

    A day here is 24 hours; for working time see :func:`working_duration`.
    """
    total = abs(span) // timedelta(minutes=1)
    return _joined(
        [(total // 1440, "天", "d"), (total // 60 % 24, "小时", "h"), (total % 60, "分", "min")], lang
    )


def working_duration(span: timedelta, lang: str) -> str:
    """As :func:`duration` but in hours and minutes alone, since a day of working time is not 24 hours."""
    total = abs(span) // timedelta(minutes=1)
    return _joined([(total // 60, "小时", "h"), (total % 60, "分", "min")], lang)


def _joined(parts: list[tuple[int, str, str]], lang: str) -> str:
    words = [f"{number} {en if lang == 'en' else zh}" for number, zh, en in parts if number]
    return " ".join(words) or ("under 1 min" if lang == "en" else "不到 1 分")
