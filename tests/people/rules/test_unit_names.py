import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people.rules.unit_names import reconciled

PLACES = {"龙田", "六联", "坪山", "马峦", "坑梓"}


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("六联社区（坪山街道办事处）", "六联社区"),
        ("六联社区", "六联社区"),
        ("马峦办事处综合执法队", "马峦街道综合执法队"),
        ("马峦办事处综合执法队（马峦街道办事处）", "马峦街道综合执法队"),
        ("城建办（龙田街道办事处）", "城建办(龙田街道)"),
        ("城建办公室 〔龙田街道办事处〕", "城建办(龙田街道)"),
        ("坑梓自来水公司（坑梓辖区）", "坑梓自来水公司"),
        ("坪山区教育局", "教育局"),
        ("区指挥中心处置", "区指挥中心"),
    ],
)
def test_spellings_of_one_unit_meet(written: str, unit: str) -> None:
    assert reconciled(written, places=PLACES, district="坪山区") == unit


def test_offices_of_different_streets_stay_apart() -> None:
    one, other = (reconciled(f"城建办（{street}街道办事处）", places=PLACES) for street in ("龙田", "马峦"))
    assert one != other


def test_an_alias_of_the_district_speaks_last() -> None:
    assert reconciled("市规划国土委管理局", aliases={"市规土委管理局": "规划局"}) == "规划局"


@given(st.text(alphabet="坪山区龙田街道办事处公室处置（）() 局社区", max_size=24))
def test_reconciling_twice_changes_nothing(name: str) -> None:
    once = reconciled(name, places=PLACES, district="坪山区")
    assert reconciled(once, places=PLACES, district="坪山区") == once
