"""Reading addresses of a made district, told in two ways that share no words and no slips."""

import pytest

from huying.simulate.land import Size
from huying.site.commands.bench.place import measured


@pytest.fixture(scope="module")
def report():
    return measured(2, Size(streets=1), 300)


@pytest.mark.parametrize("way", ["as_told", "otherwise"])
def test_most_points_are_put_into_their_community_and_the_sure_ones_are_right(report, way):
    found = report[way]
    assert found["community"] > 0.88
    assert found["grid"] > 0.84
    assert found["sure"] > 0.8
    assert found["sure_right"] > 0.97


def test_nobody_is_sure_of_a_spot_on_a_road_of_which_only_the_name_is_told(report):
    for way in ("as_told", "otherwise"):
        assert report[way]["roads"]["sure"] < 0.1


def test_the_same_district_is_told_in_the_same_words(report):
    again = measured(2, Size(streets=1), 300)
    assert {**again["otherwise"], "texts_per_second": 0} == {**report["otherwise"], "texts_per_second": 0}
