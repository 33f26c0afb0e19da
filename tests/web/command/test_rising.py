"""What rises is more than on an average day before, and not by chance; what is most frequent stands behind it."""

from huying.web.command.rising import trends


def test_the_largest_surplus_comes_first_and_chance_is_no_rise() -> None:
    found = trends({"07": 9, "08": 5, "09": 2, "10": 4}, {"07": 14, "08": 7, "10": 28}, 7, 5)
    assert [(one.key, one.rises) for one in found] == [
        ("07", True),
        ("08", True),
        ("10", False),
        ("09", False),
    ]
    assert (found[0].today, found[0].average) == (9, 2.0)


def test_what_never_came_before_rises_and_the_list_is_short() -> None:
    assert [one.key for one in trends({"a": 3, "b": 4, "c": 5, "d": 0}, {}, 7, 2)] == ["c", "b"]


def test_without_days_before_nothing_rises() -> None:
    [one] = trends({"07": 9}, {}, 0, 5)
    assert (one.rises, one.average) == (False, None)
