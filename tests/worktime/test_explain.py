"""Each explanation says what happened, and never anything that did not."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.worktime import Calendar, Limit, Unit, due, duration, explain, mainland, phrases, working_duration

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def test_a_start_after_closing_before_the_national_holiday() -> None:
    assert explain(at("2026-09-30 20:00"), Limit.parse("3天"), mainland()) == [
        "时限 3个工作日，合 24 小时工作时间（08:00–12:00、14:00–18:00）。",
        "2026-09-30（周三）20:00 已经下班，从 2026-10-08（周四）08:00 起算。",
        "跳过 10-01（周四）至 10-07（周三）：国庆节，共 7 天。",
        "10-10（周六）因国庆节调休上班，计入。",
        "到期时间：2026-10-10（周六）18:00。",
    ]


def test_the_page_on_time_shows_what_the_code_says() -> None:
    page = (Path(__file__).parents[2] / "docs" / "time.md").read_text()
    assert "\n".join(explain(at("2026-09-30 20:00"), Limit.parse("3天"), mainland())) in page


def test_the_same_in_english() -> None:
    assert explain(at("2026-09-30 20:00"), Limit.parse("3天"), mainland(), lang="en-gb") == [
        "Limit 3 working days, which is 24 h of working time (08:00–12:00, 14:00–18:00).",
        "Wed 2026-09-30 20:00 is after closing; counts from Thu 2026-10-08 08:00.",
        "Skipped Thu 10-01 to Wed 10-07: National Day, 7 in all.",
        "Sat 10-10 is a make-up workday for National Day: counted.",
        "Due Sat 2026-10-10 18:00.",
    ]


def test_pauses_weekends_and_extensions() -> None:
    pause = (at("2026-11-24 10:00"), at("2026-12-01 09:00"))
    assert explain(at("2026-11-23 10:00"), Limit.parse("3天"), mainland(), [pause], extensions=1) == [
        "时限 3个工作日，合 24 小时工作时间（08:00–12:00、14:00–18:00）。",
        "2026-11-23（周一）10:00 起算。",
        "2026-11-24（周二）10:00 至 2026-12-01（周二）09:00 暂停，其间 39 小时不计时。",
        "跳过周末：12-05 至 12-06。",
        "原定 2026-12-03（周四）09:00 到期。",
        "第 1 次延期，再加 3个工作日，顺延至 2026-12-08（周二）09:00。",
        "到期时间：2026-12-08（周二）09:00。",
    ]


def test_an_urgent_limit_skips_nothing() -> None:
    pause = (at("2026-10-02 14:00"), at("2026-10-03 15:00"))
    assert explain(at("2026-10-02 13:00"), Limit.parse("2紧急工作时"), mainland(), [pause]) == [
        "时限 2紧急工作时，连续计时，夜间、周末和节假日都算。",
        "2026-10-02（周五）13:00 起算。",
        "2026-10-02（周五）14:00 至 2026-10-03（周六）15:00 暂停，其间 1 天 1 小时不计时。",
        "到期时间：2026-10-03（周六）16:00。",
    ]


@pytest.mark.parametrize(
    ("start", "zh", "en"),
    [
        ("2026-11-23 07:59", "还没上班", "before opening"),
        ("2026-11-23 12:00", "正值午休", "in the break"),
        ("2026-11-23 18:00", "已经下班", "after closing"),
        ("2026-11-21 10:00", "是周末", "on a weekend"),
        ("2026-10-02 10:00", "是国庆节假期", "in the holiday of National Day"),
    ],
)
def test_why_a_start_is_put_off(start: str, zh: str, en: str) -> None:
    assert "（08:00–12:00、14:00–18:00）" in explain(at(start), Limit.parse("1小时"), mainland())[0]
    assert zh in explain(at(start), Limit.parse("1小时"), mainland())[1]
    assert en in explain(at(start), Limit.parse("1小时"), mainland(), lang="en")[1]


def test_years_not_yet_published_are_said() -> None:
    lines = explain(at("2027-12-28 09:00"), Limit.parse("5天"), mainland())
    assert "2027 年调休安排尚未载入，先按法定节假日和周末推算，公布后可能调整。" in lines
    assert "2028 年安排未公布，按周末推算。" in lines
    assert "2026 年安排未公布，按周末推算。" in explain(
        at("2026-11-23 09:00"), Limit.parse("5天"), Calendar()
    )
    for limit in ("5天", "5紧急工作日"):
        year = "2026-11-23 09:00" if limit == "5天" else "2028-02-01 09:00"
        assert not any("推算" in line for line in explain(at(year), Limit.parse(limit), mainland()))


MOMENTS = st.datetimes(at("2024-01-01").replace(tzinfo=None), at("2027-12-31").replace(tzinfo=None)).map(
    lambda naive: naive.replace(tzinfo=SHANGHAI)
)


@settings(max_examples=60, deadline=None)
@given(
    MOMENTS, st.integers(1, 40), st.sampled_from(list(Unit)), st.integers(0, 2), st.sampled_from(["zh", "en"])
)
def test_the_last_line_is_the_due_time_and_both_languages_say_as_much(
    start: datetime, amount: int, unit: Unit, extensions: int, lang: str
) -> None:
    limit, calendar = Limit(amount, unit), mainland()
    lines = explain(start, limit, calendar, extensions=extensions, lang=lang)
    end = due(start, limit, calendar, extensions=extensions)
    assert f"{end.astimezone(SHANGHAI):%H:%M}" in lines[-1]
    assert phrases.moment(end, SHANGHAI, lang) in lines[-1]
    other = explain(start, limit, calendar, extensions=extensions, lang="en" if lang == "zh" else "zh")
    assert len(lines) == len(other)
    assert len(set(lines)) == len(lines)


def test_durations_in_words() -> None:
    assert duration(timedelta(days=2, hours=4), "zh") == "2 天 4 小时"
    assert duration(timedelta(hours=-3, minutes=-20), "zh") == "3 小时 20 分"
    assert working_duration(timedelta(hours=39), "zh") == "39 小时"
    assert working_duration(timedelta(hours=39, minutes=5), "en") == "39 h 5 min"
    assert duration(timedelta(seconds=20), "zh") == "不到 1 分"
