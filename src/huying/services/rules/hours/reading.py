"""Hours as people write them: 周一至周五 09:00-12:00 14:00-17:30；周六 09:00-12:00；节假日 休息.

Parts are divided by ；, each names days and then times; a later part overrides an earlier one. A time that ends before
it begins ends on the next day. Days that are not named are closed; 节假日 not named is like any other day.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

Span = tuple[int, int]
"""Minutes after midnight, from and to; beyond 1440 on the next day."""

DAY: Final = 24 * 60
LONGEST: Final = 300
_NAMES: Final = "一二三四五六日"
_DAY_WORDS: Final = {name: place for place, name in enumerate(_NAMES)} | {"天": 6}
_EVERY: Final = ("每天", "每日", "全周")
_HOLIDAY: Final = ("法定节假日", "节假日", "法定假日")
_CLOSED: Final = ("休息", "关闭", "不开放", "闭馆", "停业")
_WHOLE: Final = ("全天", "24小时", "24 小时", "二十四小时")
_TIME: Final = re.compile(r"^(\d{1,2})[:：](\d{2})\s*[-–—~～至到]\s*(\d{1,2})[:：](\d{2})$")
_PART: Final = re.compile(r"[；;\n]+")
_BETWEEN: Final = re.compile(r"[\s、,，]+")
_RANGE: Final = re.compile(
    r"^(?:周|星期)([一二三四五六日天])(?:至|到|-|–|—|~)(?:周|星期)?([一二三四五六日天])$"
)
_ONE: Final = re.compile(r"^(?:周|星期)([一二三四五六日天]+)$")


@dataclass(frozen=True, slots=True)
class Week:
    """The times of each weekday, Monday first; ``holiday``: those of a statutory holiday, None: as the weekday's."""

    days: tuple[tuple[Span, ...], ...]
    holiday: tuple[Span, ...] | None = None

    @property
    def usual(self) -> tuple[Span, ...]:
        """What holds on most of the days from Monday to Friday: also on a Saturday that is worked instead."""
        work = self.days[:5]
        return max(work, key=lambda spans: (work.count(spans), bool(spans)))


@lru_cache(4096)
def read_hours(text: str) -> Week | None:
    """The week of a text; None for an empty one: nobody knows. Raises Invalid with what cannot be read."""
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise Invalid(said("开放时间最多 %(most)s 字。", most=LONGEST))
    days: list[tuple[Span, ...]] = [()] * 7
    holiday: tuple[Span, ...] | None = None
    for part in filter(None, map(str.strip, _PART.split(text.strip()))):
        named, spans = _part(part)
        if named is None:
            holiday = spans
            continue
        for day in named:
            days[day] = spans
    return Week(tuple(days), holiday)


def read_spans(text: str) -> tuple[Span, ...]:
    """The times of one day: 09:00-12:00 14:00-17:00, 全天, or 休息 and nothing for a day that is closed.

    Raises Invalid.
    """
    return _spans([word for word in _BETWEEN.split(_joined(text)) if word])


def _part(part: str) -> tuple[list[int] | None, tuple[Span, ...]]:
    words = [word for word in _BETWEEN.split(_joined(part)) if word]
    days: list[int] = []
    is_holiday = False
    while words and (found := _days(words[0])) is not None:
        word = words.pop(0)
        if word in _HOLIDAY:
            is_holiday = True
        days += found
    if not days and not is_holiday:
        # Times alone hold every day.
        days = list(range(7))
    if is_holiday and days:
        raise Invalid(said("“%(part)s”：节假日请另写一段。", part=part[:30]))
    return (None if is_holiday else days), _spans(words)


def _joined(text: str) -> str:
    """Blanks within one time or one range of days taken out, so that words stand apart by them."""
    text = re.sub(r"\s*([-–—~～])\s*", r"\1", text.strip())
    return text.replace("24 小时", "24小时")


def _days(word: str) -> list[int] | None:
    """The weekdays a word names; empty for holidays, None for no such word."""
    if word in _HOLIDAY:
        return []
    if word in _EVERY:
        return list(range(7))
    if word == "工作日":
        return list(range(5))
    if word == "周末":
        return [5, 6]
    if ranged := _RANGE.match(word):
        first, last = (_DAY_WORDS[name] for name in ranged.groups())
        return [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    if one := _ONE.match(word):
        return [_DAY_WORDS[name] for name in one.group(1)]
    return None


def _spans(words: Sequence[str]) -> tuple[Span, ...]:
    if not words or (len(words) == 1 and words[0] in _CLOSED):
        return ()
    if len(words) == 1 and words[0] in _WHOLE:
        return ((0, DAY),)
    spans = sorted(_span(word) for word in words)
    for (_begins, ends), (begins, _ends) in pairwise(spans):
        if begins < ends:
            raise Invalid("一天里的几段时间重叠了。")
    return tuple(spans)


def _span(word: str) -> Span:
    found = _TIME.match(word)
    if found is None:
        raise Invalid(said("“%(word)s”读不出时间，请写成 09:00-17:30。", word=word[:20]))
    hours = [int(number) for number in found.groups()]
    begins, ends = 60 * hours[0] + hours[1], 60 * hours[2] + hours[3]
    if hours[1] > 59 or hours[3] > 59 or begins >= DAY or ends > DAY or begins == ends:
        raise Invalid(said("“%(word)s”不是一段时间。", word=word[:20]))
    return begins, ends if ends > begins else ends + DAY


def words_of(week: Week | None) -> str:
    """The week as it is kept and read out; reading it again gives the same."""
    if week is None:
        return ""
    if len(set(week.days)) == 1:
        parts = [f"每天 {words_of_spans(week.days[0])}"]
    else:
        parts = [f"{_run(run)} {words_of_spans(spans)}" for run, spans in _runs(week.days) if spans]
        parts = parts or ["每天 休息"]
    if week.holiday is not None:
        parts.append(f"节假日 {words_of_spans(week.holiday)}")
    return "；".join(parts)


def words_of_spans(spans: Iterable[Span]) -> str:
    """The times of one day; 休息 for none."""
    told = [f"{_clock(begins)}-{_clock(ends if ends <= DAY else ends - DAY)}" for begins, ends in spans]
    if told == ["00:00-24:00"]:
        return "全天"
    return " ".join(told) or "休息"


def _runs(days: Sequence[tuple[Span, ...]]) -> list[tuple[list[int], tuple[Span, ...]]]:
    return [
        ([day for day, _ in run], spans) for spans, run in groupby(enumerate(days), key=lambda one: one[1])
    ]


def _run(days: Sequence[int]) -> str:
    first, last = f"周{_NAMES[days[0]]}", f"周{_NAMES[days[-1]]}"
    return first if len(days) == 1 else f"{first}至{last}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
