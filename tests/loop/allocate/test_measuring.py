from pathlib import Path

import pytest

from huying.kernel.errors import Invalid
from huying.loop.allocate.rules.history.suggester import Suggester
from huying.loop.allocate.rules.measuring import (
    Outcome,
    expected_calibration_error,
    macro_f1,
    ranking,
    replay,
)
from huying.loop.allocate.rules.order_files import read_map, read_orders

ROOT = Path(__file__).parents[3]
PINGSHAN = ROOT.parent / "shared/data/workorders/pingshan_2018.csv"
MAP = """
[orders]
empty = ["-"]
[orders.columns]
created = "time"
body = "unit"
street = "street"
"""


def files(tmp_path: Path, rows: str) -> tuple[Path, Path]:
    (tmp_path / "map.toml").write_text(MAP, "utf-8")
    (tmp_path / "orders.csv").write_text("time,unit,street\n" + rows, "utf-8")
    return tmp_path / "orders.csv", tmp_path / "map.toml"


def test_orders_come_in_order_of_arrival_and_without_unit_are_left_out(tmp_path: Path) -> None:
    orders, map_file = files(
        tmp_path, "2018-02-02 10:00:00,乙,-\n2018-02-01 10:00:00,甲,东街道\n2018-02-03 10:00:00,-,\n"
    )
    read = read_orders(orders, read_map(map_file))
    assert [order.unit for order in read] == ["甲", "乙"]
    assert [order.features.street for order in read] == ["东街道", ""]
    assert read[0].features.at.isoformat() == "2018-02-01T10:00:00+08:00"


def test_a_bad_time_is_told_with_its_line(tmp_path: Path) -> None:
    orders, map_file = files(tmp_path, "2018-02-02 10:00:00,乙,-\n昨天,甲,东街道\n")
    with pytest.raises(Invalid, match="第 3 行"):
        read_orders(orders, read_map(map_file))


def test_nothing_is_foretold_from_itself(tmp_path: Path) -> None:
    orders, map_file = files(tmp_path, "".join(f"2018-02-0{n} 10:00:00,单位{n},\n" for n in range(1, 8)))
    outcomes = replay(read_orders(orders, read_map(map_file)), Suggester())
    assert ranking(outcomes)["top3"] == 0.0


def test_ranking_counts_first_three_and_surest() -> None:
    outcomes = [Outcome("甲", ("甲", "乙"), 0.9), Outcome("甲", ("乙", "甲"), 0.2)]
    assert ranking(outcomes) == {"n": 2, "top1": 0.5, "top3": 1.0, "surest_half": 1.0}


def test_macro_f1_by_hand() -> None:
    assert macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx((2 / 3 + 2 / 3) / 2)


def test_calibration_error_by_hand() -> None:
    assert expected_calibration_error([0.9, 0.9], [True, False]) == pytest.approx(0.4)
    assert expected_calibration_error([1.0, 0.0], [True, False]) == pytest.approx(0.0)


@pytest.mark.realdata
@pytest.mark.slow
def test_real_orders_beat_the_floor() -> None:
    if not PINGSHAN.exists():
        pytest.skip("the public work orders are not beside the checkout")
    orders = read_orders(PINGSHAN, read_map(ROOT / "examples/pingshan_2018.toml"))
    measured = ranking(replay(orders, Suggester()))
    assert measured["top1"] > 0.67
    assert measured["top3"] > 0.80
