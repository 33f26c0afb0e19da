from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huying.web.components import Chart, Column, MapPoint, MapView, Tone, left_words, span_words

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_a_span_is_said_in_its_two_largest_units() -> None:
    assert span_words(timedelta(days=1, hours=3, minutes=59)) == "1 天 3 小时"
    assert span_words(timedelta(hours=2, minutes=12, seconds=40)) == "2 小时 12 分"
    assert span_words(timedelta(minutes=36)) == "36 分钟"
    assert span_words(timedelta(seconds=59)) == "不到 1 分钟"


def test_time_is_left_up_to_the_very_moment_it_is_due() -> None:
    assert left_words(NOW, NOW) == "还剩 不到 1 分钟"
    assert left_words(NOW, NOW + timedelta(minutes=1)) == "超时 1 分钟"


@given(st.integers(min_value=1, max_value=400 * 24 * 60))
def test_the_words_of_a_span_say_less_than_it_by_under_an_hour(minutes: int) -> None:
    words = span_words(timedelta(minutes=minutes)).split()
    units = {"天": 1440, "小时": 60, "分": 1, "分钟": 1}
    said = sum(int(number) * units[unit] for number, unit in zip(words[::2], words[1::2], strict=True))
    assert 0 <= minutes - said < (60 if minutes >= 1440 else 1)


def test_a_chart_without_links_still_has_all_its_rows() -> None:
    chart = Chart("k", "标题", "line", ("一", "二"), (Column("甲", (1, None)), Column("乙", (3, 4))))
    assert chart.rows == [("一", "", [1, 3]), ("二", "", [None, 4])]
    assert chart.data["series"][0]["values"] == [1, None]


def test_a_map_gives_its_points_to_the_script_as_plain_values() -> None:
    view = MapView("m", "地图", points=(MapPoint(113.9, 22.5, "井盖", "/x", Tone.RED),))
    assert view.data["points"] == [{"lon": 113.9, "lat": 22.5, "label": "井盖", "href": "/x", "tone": "red"}]
